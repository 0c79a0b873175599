#include <algorithm>
#include <memory>

#include "core/nearest.h"
#include "mockserver/scenario/octets.h"
#include "mockserver/scenario/placeholders.h"
#include "mockserver/scenario/reading.h"
#include "mockserver/scenario/template.h"

namespace scenario {
namespace {

bool is_id(std::string_view text) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), allowed);
}

// YYYY, YYYY-MM or YYYY-MM-DD.
bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  return true;
}

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
}

std::vector<std::string_view> placeholders_for(const Reading& reading, const InPlace& in_place) {
  std::vector<std::string_view> names = names_of(reply_placeholders(*reading.draft.scenario.protocol));
  names.insert(names.end(), in_place.placeholders.begin(), in_place.placeholders.end());
  return names;
}

// "{code}" at the start of the line, when that is a placeholder of its rule; empty otherwise.
std::string_view code_placeholder(std::string_view line, const InPlace& in_place) {
  for (const std::string& name : in_place.placeholders) {
    if (line.starts_with("{" + name + "}")) return line.substr(0, name.size() + 2);
  }
  return {};
}

struct ReadCode {
  Code code;
  bool comes_late = false;
};

// Of an entry whose code is not known, or wrong.
ReadCode any_code(const Reading& reading, bool comes_late) {
  return {{std::string(reading.draft.scenario.protocol->done_code()), protocol::Outcome::kOk}, comes_late};
}

// The code of lines that are one reply; reports what keeps them from being one.
std::optional<ReadCode> check_lines(const Reading& reading, const std::vector<const document::Node*>& nodes,
                                    const InPlace& in_place) {
  const protocol::Protocol& protocol = *reading.draft.scenario.protocol;
  std::vector<std::string> lines;
  bool whole = !nodes.empty();
  bool comes_late = false;
  for (const document::Node* const node : nodes) {
    check_template(reading, *node, placeholders_for(reading, in_place));
    if (has_control(node->text)) {
      reading.problems.add(node->where,
                           {"a line of a reply holds no line end and no control character", "回复的一行里不能有换行和控制字符"},
                           {"write one string for each line, without its end", "每一行写成一个文本，不带行结尾"});
      whole = false;
    }
    const std::string_view late = code_placeholder(node->text, in_place);
    comes_late = comes_late || !late.empty();
    lines.push_back(late.empty() ? node->text : std::string(protocol.done_code()) + node->text.substr(late.size()));
  }
  if (!whole) return std::nullopt;
  const auto reply = protocol.answer_from_lines(lines);
  if (reply) return ReadCode{{reply->code, reply->outcome}, comes_late};
  reading.problems.add(nodes.front()->where, core::phrase("this is no reply: {0}", "这不是回复：{0}", {reply.error().text}),
                       reply.error().hint);
  return std::nullopt;
}

ReplyEntry entry_from(const std::vector<const document::Node*>& nodes, std::string id, std::string_view stage,
                      const ReadCode& code) {
  ReplyEntry entry;
  entry.id = std::move(id);
  entry.stage = stage;
  entry.code = code.code;
  entry.code_comes_late = code.comes_late;
  for (const document::Node* const node : nodes) entry.lines.push_back(node->text);
  return entry;
}

std::shared_ptr<const dialogue::Explanation> explanation_from(const Reading& reading, const document::Node& table,
                                                              const std::string& id) {
  dialogue::Explanation explanation;
  explanation.id = reading.origin + "#" + id;
  explanation.because = text_in(table, "because").value_or(core::Text());
  explanation.fix = text_in(table, "fix").value_or(core::Text());
  for (const document::Node* const source : strings_of(table.find("source"))) explanation.source.push_back(source->text);
  explanation.seen = string_in(table, "seen").value_or("");
  return std::make_shared<const dialogue::Explanation>(std::move(explanation));
}

void check_id_and_date(const Reading& reading, const document::Node& table) {
  const document::Node* const id = table.find("id", document::NodeType::kText);
  const document::Node* const seen = table.find("seen", document::NodeType::kText);
  if (id != nullptr && !is_id(id->text)) {
    reading.problems.add(
        id->where, core::phrase("'{0}' is no id", "'{0}' 不能作 id", {id->text}),
        {"small letters, digits and hyphens: \"auth-required\"", "用小写字母、数字和连字符：\"auth-required\""});
  }
  if (seen != nullptr && !is_date(seen->text)) {
    reading.problems.add(
        seen->where, core::phrase("'{0}' is no date", "'{0}' 不是日期", {seen->text}),
        {"YYYY, YYYY-MM or YYYY-MM-DD; leave it out if unknown", "写成 YYYY、YYYY-MM 或 YYYY-MM-DD；不知道就不写"});
  }
}

void read_reply(const Reading& reading, const document::Node& table) {
  check_id_and_date(reading, table);
  const document::Node* const id = table.find("id", document::NodeType::kText);
  const document::Node* const lines = table.find("lines", document::NodeType::kList);
  const auto code = lines == nullptr ? std::nullopt : check_lines(reading, strings_of(lines), {});
  if (id == nullptr) return;
  Draft& draft = reading.draft;
  if (draft.vocabulary.contains(id->text)) {
    reading.problems.add(id->where, core::phrase("there is a reply '{0}' already", "已经有回复 '{0}'", {id->text}),
                         {"ids are unique in a provider and its scenarios", "在一个服务商和它的场景里，id 不能重复"});
    return;
  }
  // Even a reply with broken lines is known by its id: rules that point at it are not to blame.
  ReplyEntry entry = entry_from(strings_of(lines), id->text, string_in(table, "stage").value_or("any"),
                                code.value_or(any_code(reading, false)));
  entry.explanation = explanation_from(reading, table, id->text);
  entry.reported = string_in(table, "verified") == "reported";
  draft.vocabulary.emplace(id->text, draft.scenario.replies.size());
  draft.scenario.replies.push_back(std::move(entry));
}

std::optional<std::size_t> find_reply(const Reading& reading, const document::Node& node) {
  const std::string_view id = std::string_view(node.text).substr(1);
  const auto& vocabulary = reading.draft.vocabulary;
  if (const auto hit = vocabulary.find(id); hit != vocabulary.end()) return hit->second;
  std::vector<std::string_view> known;
  for (const auto& entry : vocabulary) known.push_back(entry.first);
  reading.problems.add(
      node.where, core::phrase("unknown reply '{0}'", "没有回复 '{0}'", {id}),
      known.empty() ? core::Text{"add a [[reply]] with this id", "加一个用这个 id 的 [[reply]]"} : core::proposal(id, known));
  return std::nullopt;
}

}  // namespace

void read_replies(const Reading& reading) {
  for (const document::Node* const table : tables_in(reading.document.root, "reply")) read_reply(reading, *table);
}

std::optional<std::size_t> use_reply(const Reading& reading, const document::Node& node, const InPlace& in_place) {
  if (node.type == document::NodeType::kText && node.text.starts_with('@')) return find_reply(reading, node);
  const std::vector<const document::Node*> lines = strings_of(&node);
  if (lines.empty()) return std::nullopt;
  const auto code = check_lines(reading, lines, in_place);
  if (!code) return std::nullopt;
  std::vector<ReplyEntry>& replies = reading.draft.scenario.replies;
  replies.push_back(entry_from(lines, in_place.id, in_place.stage, *code));
  return replies.size() - 1;
}

std::optional<std::size_t> use_raw(const Reading& reading, const document::Node& node, const InPlace& in_place) {
  const auto octets = expand_octets(node.text);
  const auto checked =
      octets ? check(*octets, placeholders_for(reading, in_place)) : core::Result<void>(core::Failure(octets.error()));
  if (!checked) {
    reading.problems.add(node.where, checked.error().text, checked.error().hint);
    return std::nullopt;
  }
  ReplyEntry entry = entry_from({}, in_place.id, in_place.stage, any_code(reading, true));
  entry.raw = *octets;
  std::vector<ReplyEntry>& replies = reading.draft.scenario.replies;
  replies.push_back(std::move(entry));
  return replies.size() - 1;
}

}  // namespace scenario
