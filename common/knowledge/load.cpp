#include "knowledge/load.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace knowledge {
namespace {

// A verb, or the core's own name of what is no command.
std::optional<protocol::Input> input_of(const protocol::Protocol& what, std::string_view verb) {
  for (const protocol::InputRow& row : what.inputs()) {
    if (verb == (row.verb.empty() ? row.name : row.verb)) return row;
  }
  return std::nullopt;
}

// "error", "warning", "advice": in the order of Severity.
constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "advice"};

std::vector<GrammarPart> load_parts(Fields& command, Problems& problems) {
  std::vector<GrammarPart> parts;
  for (const document::Node* const table : command.tables("grammar_parts")) {
    Fields fields(*table, "[[command.grammar_parts]]", problems);
    GrammarPart part{fields.string("part"), fields.text("meaning")};
    fields.finish();
    parts.push_back(std::move(part));
  }
  return parts;
}

// Adds an entry under its code.
void add(Named<CodeEntry>& codes, Fields& fields, CodeEntry entry) {
  fields.finish();
  const std::string code = entry.code;
  if (!codes.emplace(code, std::move(entry)).second) fields.refuse("'" + code + "' stands here twice");
}

void load_digits(Fields& file, Problems& problems, Named<CodeEntry>& codes) {
  for (const document::Node* const table : file.tables("digit")) {
    Fields fields(*table, "[[digit]]", problems);
    const bool is_first = fields.integer("position", 1, 2) == 1;
    const std::string digit = std::to_string(fields.integer("digit", is_first ? 2 : 0, 5));
    CodeEntry entry;
    entry.code = is_first ? digit + "xx" : "x" + digit + "x";
    entry.meaning = fields.text("meaning");
    entry.fix = fields.text("fix");
    entry.rfc = fields.string("rfc");
    add(codes, fields, std::move(entry));
  }
}

void load_basic_codes(Fields& file, Problems& problems, Named<CodeEntry>& codes) {
  for (const document::Node* const table : file.tables("code")) {
    Fields fields(*table, "[[code]]", problems);
    CodeEntry entry;
    entry.code = std::to_string(fields.integer("code", 200, 599));
    entry.text = fields.string("text");
    entry.meaning = fields.text("meaning");
    entry.fix = fields.text("fix");
    entry.rfc = fields.string("rfc");
    add(codes, fields, std::move(entry));
  }
}

// [[class]] and [[subject]]: one number of an enhanced code, the others left open.
void load_numbers(Fields& file, Problems& problems, std::string_view kind, Named<CodeEntry>& codes) {
  const bool is_class = kind == "class";
  for (const document::Node* const table : file.tables(kind)) {
    Fields fields(*table, "[[" + std::string(kind) + "]]", problems);
    CodeEntry entry;
    const std::string number = std::to_string(is_class ? fields.integer(kind, 2, 5) : fields.integer(kind, 0, 999));
    entry.code = is_class ? number + ".X.X" : "X." + number + ".X";
    entry.meaning = fields.text("meaning");
    entry.rfc = fields.string("rfc");
    add(codes, fields, std::move(entry));
  }
}

void load_enhanced(Fields& file, Problems& problems, Named<CodeEntry>& codes) {
  for (const document::Node* const table : file.tables("enhanced")) {
    Fields fields(*table, "[[enhanced]]", problems);
    CodeEntry entry;
    entry.code = fields.string("code");
    const bool has_form = entry.code.starts_with("X.");
    if (!has_form || protocol::Answer{{}, "5", {"5" + entry.code.substr(1)}}.detail().empty()) {
      fields.refuse("'" + entry.code + "' is no enhanced code: \"X.7.8\"");
    }
    entry.text = fields.string("text");
    entry.meaning = fields.text("meaning");
    entry.basic = fields.integers("basic", 200, 599);
    entry.rfc = fields.string("rfc");
    add(codes, fields, std::move(entry));
  }
}

}  // namespace

namespace {

Named<CommandEntry> load_commands_of(Fields& file, const protocol::Protocol& what, Problems& problems) {
  Named<CommandEntry> commands;
  for (const document::Node* const table : file.tables("command")) {
    Fields fields(*table, "[[command]]", problems);
    const std::string verb = fields.string("verb");
    CommandEntry entry;
    entry.purpose = fields.text("purpose");
    entry.changes = fields.text("changes");
    entry.example = fields.string("example");
    entry.rfc = fields.string("rfc");
    entry.parts = load_parts(fields, problems);
    fields.finish();
    const auto input = input_of(what, verb);
    if (!input) {
      fields.refuse("'" + verb + "' is no command");
    } else if (!commands.emplace(input->name(), std::move(entry)).second) {
      fields.refuse("'" + verb + "' stands here twice");
    }
  }
  return commands;
}

Named<StateEntry> load_states_of(Fields& file, const protocol::Protocol& what, Problems& problems) {
  Named<StateEntry> states;
  for (const document::Node* const table : file.tables("state")) {
    Fields fields(*table, "[[state]]", problems);
    const std::string name = fields.string("state");
    StateEntry entry{fields.text("meaning"), fields.text("next"), fields.string("rfc")};
    fields.finish();
    const auto rows = what.states();
    const bool is_one =
        std::any_of(rows.begin(), rows.end(), [&](const protocol::StateRow& row) { return row.name.en == name; });
    if (!is_one) {
      fields.refuse("'" + name + "' is no state");
    } else if (!states.emplace(name, std::move(entry)).second) {
      fields.refuse("'" + name + "' stands here twice");
    }
  }
  return states;
}

// kind: "keyword", "login_method", "term"; key: of the word itself.
Named<KeywordEntry> load_keywords_of(Fields& file, const std::string& kind, Problems& problems,
                                     std::string_view key = "keyword") {
  Named<KeywordEntry> keywords;
  for (const document::Node* const table : file.tables(kind)) {
    Fields fields(*table, "[[" + kind + "]]", problems);
    const std::string keyword = fields.string(key);
    KeywordEntry entry{fields.text("meaning"), fields.string("rfc")};
    fields.finish();
    // Looked up in any letter case, so two that differ in it only are the same.
    const bool twice = std::any_of(keywords.begin(), keywords.end(),
                                   [&](const auto& other) { return core::equals_ignoring_case(other.first, keyword); });
    if (twice) fields.refuse("'" + keyword + "' stands here twice");
    keywords.emplace(keyword, std::move(entry));
  }
  return keywords;
}

Named<CodeEntry> load_answers_of(Fields& file, Problems& problems) {
  Named<CodeEntry> answers;
  for (const document::Node* const table : file.tables("answer")) {
    Fields fields(*table, "[[answer]]", problems);
    CodeEntry entry;
    entry.code = fields.string("code");
    entry.meaning = fields.text("meaning");
    entry.fix = fields.text("fix");
    entry.rfc = fields.string("rfc");
    add(answers, fields, std::move(entry));
  }
  return answers;
}

}  // namespace

Named<CommandEntry> load_commands(const document::Node& root, const protocol::Protocol& what, Problems& problems) {
  Fields file(root, "the file", problems);
  Named<CommandEntry> commands = load_commands_of(file, what, problems);
  file.finish();
  return commands;
}

Named<StateEntry> load_states(const document::Node& root, const protocol::Protocol& what, Problems& problems) {
  Fields file(root, "the file", problems);
  Named<StateEntry> states = load_states_of(file, what, problems);
  file.finish();
  return states;
}

ProtocolTables load_protocol(const document::Node& root, const protocol::Protocol& what, Problems& problems) {
  Fields file(root, "the file", problems);
  ProtocolTables tables{load_commands_of(file, what, problems), load_states_of(file, what, problems),
                        load_keywords_of(file, "keyword", problems), load_answers_of(file, problems)};
  file.finish();
  return tables;
}

Named<CodeEntry> load_codes(const document::Node& root, Problems& problems) {
  Named<CodeEntry> codes;
  Fields file(root, "the file", problems);
  load_digits(file, problems, codes);
  load_basic_codes(file, problems, codes);
  load_numbers(file, problems, "class", codes);
  load_numbers(file, problems, "subject", codes);
  load_enhanced(file, problems, codes);
  file.finish();
  return codes;
}

Keywords load_keywords(const document::Node& root, Problems& problems) {
  Fields file(root, "the file", problems);
  Keywords keywords{load_keywords_of(file, "keyword", problems), load_keywords_of(file, "login_method", problems)};
  file.finish();
  return keywords;
}

Named<KeywordEntry> load_terms(const document::Node& root, Problems& problems) {
  Fields file(root, "the file", problems);
  Named<KeywordEntry> terms = load_keywords_of(file, "term", problems, "term");
  file.finish();
  return terms;
}

Named<MistakeEntry> load_mistakes(const document::Node& root, Problems& problems) {
  Named<MistakeEntry> mistakes;
  Fields file(root, "the file", problems);
  for (const document::Node* const table : file.tables("mistake")) {
    Fields fields(*table, "[[mistake]]", problems);
    MistakeEntry entry;
    entry.id = fields.string("id");
    const std::string severity = fields.string("severity");
    entry.title = fields.text("title");
    entry.explain = fields.text("explain");
    entry.fix = fields.text("fix");
    entry.rfc = fields.string("rfc");
    fields.finish();
    const auto* const hit = std::find(kSeverities.begin(), kSeverities.end(), severity);
    if (hit == kSeverities.end()) {
      fields.refuse("severity must be error, warning or advice, not '" + severity + "'");
    } else {
      entry.severity = static_cast<Severity>(hit - kSeverities.begin());
    }
    const std::string id = entry.id;
    if (!mistakes.emplace(id, std::move(entry)).second) fields.refuse("'" + id + "' stands here twice");
  }
  file.finish();
  return mistakes;
}

namespace {

// Failures and causes have the same keys.
Named<FailureEntry> load_reasons(const document::Node& root, const std::string& kind, Problems& problems) {
  Named<FailureEntry> failures;
  Fields file(root, "the file", problems);
  for (const document::Node* const table : file.tables(kind)) {
    Fields fields(*table, "[[" + kind + "]]", problems);
    FailureEntry entry;
    entry.id = fields.string("id");
    entry.what = fields.text("what");
    entry.why = fields.text("why");
    entry.fix = fields.text("fix");
    entry.rfc = fields.string("rfc");
    fields.finish();
    const std::string id = entry.id;
    if (!failures.emplace(id, std::move(entry)).second) fields.refuse("'" + id + "' stands here twice");
  }
  file.finish();
  return failures;
}

}  // namespace

Named<FailureEntry> load_failures(const document::Node& root, Problems& problems) {
  return load_reasons(root, "failure", problems);
}

Named<FailureEntry> load_causes(const document::Node& root, Problems& problems) {
  return load_reasons(root, "cause", problems);
}

}  // namespace knowledge
