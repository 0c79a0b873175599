#include "knowledge/knowledge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "document/document.h"
#include "knowledge/load.h"
#include "protocol/known.h"
#include "scenarios/embedded.h"

namespace knowledge {
namespace {

constexpr std::string_view kFolder = "knowledge/";

// The protocol whose files came before there were others: its commands, states, keywords and codes have a file each.
constexpr std::string_view kFirst = "smtp";

// A file that holds all there is to one of the others: "pop3.toml".
bool is_of_protocol(std::string_view file) { return file == "pop3.toml" || file == "imap.toml"; }

// The words of one of them: "imap_terms.toml".
constexpr std::string_view kTermsOf = "_terms.toml";

template <typename Entry>
const Entry* find(const std::map<std::string, Entry, std::less<>>& entries, std::string_view key) {
  const auto hit = entries.find(key);
  return hit == entries.end() ? nullptr : &hit->second;
}

using Words = std::map<std::string, KeywordEntry, std::less<>>;

const Words& of_protocol(const std::map<std::string, Words, std::less<>>& all, std::string_view protocol) {
  static const Words kNone;
  const auto hit = all.find(protocol);
  return hit == all.end() ? kNone : hit->second;
}

// For whoever changes these files: they are built into the program, which then does not start at all.
core::Failure failed(const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& problem : problems) text += (text.empty() ? "" : "\n") + problem;
  return core::fail(core::Blame::kInput, core::same(text));
}

// A keyword that ends so stands for every word that begins so: "AUTH=", "X-".
bool is_prefix(std::string_view keyword) { return keyword.ends_with('=') || keyword.ends_with('-'); }

}  // namespace

const core::Result<Knowledge>& Knowledge::embedded() {
  static const core::Result<Knowledge> kRead = [] {
    std::map<std::string, std::string, std::less<>> files;
    for (const scenarios::EmbeddedFile& file : scenarios::embedded_files()) {
      if (file.path.starts_with(kFolder)) files.emplace("scenarios/" + std::string(file.path), file.text);
    }
    return from_files(files);
  }();
  return kRead;
}

core::Result<Knowledge> Knowledge::from_files(const std::map<std::string, std::string, std::less<>>& files) {
  Knowledge knowledge;
  std::vector<std::string> found;
  std::vector<std::string_view> missing{"commands.toml", "states.toml", "codes.toml",   "keywords.toml", "mistakes.toml",
                                        "failures.toml", "causes.toml", "phrases.toml", "marks.toml",    "sasl.toml"};
  for (const auto& [path, text] : files) {
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    Problems problems{path, {}};
    const auto document = document::parse_document(path, text);
    if (!document) {
      found.push_back(core::describe(document.error(), core::Language::kEnglish));
    } else if (name == "commands.toml") {
      if (const auto* const smtp = protocol::find(kFirst))
        knowledge.commands_.emplace(kFirst, load_commands(document->root, *smtp, problems));
    } else if (name == "states.toml") {
      if (const auto* const smtp = protocol::find(kFirst))
        knowledge.states_.emplace(kFirst, load_states(document->root, *smtp, problems));
    } else if (name == "codes.toml") {
      knowledge.codes_.merge(load_codes(document->root, problems));
    } else if (name == "keywords.toml") {
      Keywords keywords = load_keywords(document->root, problems);
      knowledge.keywords_.emplace(kFirst, std::move(keywords.words));
      knowledge.login_methods_ = std::move(keywords.login_methods);
    } else if (name == "mistakes.toml") {
      knowledge.mistakes_ = load_mistakes(document->root, problems);
    } else if (name == "failures.toml") {
      knowledge.failures_ = load_failures(document->root, problems);
    } else if (name == "causes.toml") {
      knowledge.causes_ = load_causes(document->root, problems);
    } else if (name == "phrases.toml") {
      knowledge.phrases_ = load_phrases(document->root, problems);
    } else if (name == "marks.toml") {
      Marks marks = load_marks(document->root, problems);
      knowledge.programs_ = std::move(marks.programs);
      knowledge.providers_ = std::move(marks.providers);
    } else if (name == "sasl.toml") {
      SaslTables tables = load_sasl(document->root, problems);
      knowledge.sasl_ = std::move(tables.mechanisms);
      knowledge.sasl_parts_ = std::move(tables.parts);
    } else if (name.ends_with(kTermsOf)) {
      knowledge.terms_.emplace(name.substr(0, name.size() - kTermsOf.size()), load_terms(document->root, problems));
    } else if (is_of_protocol(name)) {
      // Of one that this program does not speak nothing can be checked, and nobody asks.
      if (const auto* const what = protocol::find(name.substr(0, name.find('.')))) {
        ProtocolTables tables = load_protocol(document->root, *what, problems);
        knowledge.commands_.emplace(what->name(), std::move(tables.commands));
        knowledge.states_.emplace(what->name(), std::move(tables.states));
        knowledge.keywords_.emplace(what->name(), std::move(tables.keywords));
        knowledge.codes_.merge(std::move(tables.answers));
      }
    } else {
      problems.add(1, "nothing is known about a file of this name");
    }
    missing.erase(std::remove(missing.begin(), missing.end(), name), missing.end());
    found.insert(found.end(), problems.found.begin(), problems.found.end());
  }
  for (const std::string_view name : missing) found.push_back("knowledge: the file " + std::string(name) + " is missing");
  if (!found.empty()) return failed(found);
  return knowledge;
}

const CommandEntry* Knowledge::command(protocol::Input input) const {
  const auto all = commands_.find(input.row().protocol);
  return all == commands_.end() ? nullptr : find(all->second, input.name());
}

const StateEntry* Knowledge::state(std::string_view protocol, std::string_view name) const {
  const auto all = states_.find(protocol);
  return all == states_.end() ? nullptr : find(all->second, name);
}

const CodeEntry* Knowledge::code(std::string_view code) const { return find(codes_, code); }

const CodeEntry* Knowledge::detail(std::string_view detail) const {
  if (detail.empty()) return nullptr;
  const bool is_enhanced = detail.front() >= '2' && detail.front() <= '5';
  if (is_enhanced) return find(codes_, "X" + std::string(detail.substr(1)));
  return find(codes_, "[" + core::to_upper(detail.substr(0, detail.find(' '))) + "]");
}

const CodeEntry* Knowledge::enhanced_class(int status) const { return find(codes_, std::to_string(status) + ".X.X"); }

const CodeEntry* Knowledge::enhanced_subject(int subject) const { return find(codes_, "X." + std::to_string(subject) + ".X"); }

const CodeEntry* Knowledge::first_digit(int digit) const { return find(codes_, std::to_string(digit) + "xx"); }

const CodeEntry* Knowledge::second_digit(int digit) const { return find(codes_, "x" + std::to_string(digit) + "x"); }

const std::map<std::string, KeywordEntry, std::less<>>& Knowledge::keywords(std::string_view protocol) const {
  return of_protocol(keywords_, protocol);
}

const std::map<std::string, KeywordEntry, std::less<>>& Knowledge::terms(std::string_view protocol) const {
  return of_protocol(terms_, protocol);
}

const KeywordEntry* Knowledge::term(std::string_view protocol, std::string_view word) const {
  for (const auto& [term, entry] : terms(protocol)) {
    if (core::equals_ignoring_case(term, word)) return &entry;
  }
  return nullptr;
}

const KeywordEntry* Knowledge::keyword(std::string_view protocol, std::string_view word) const {
  for (const auto* const words : {&keywords(protocol), &login_methods_}) {
    for (const auto& [keyword, entry] : *words) {
      if (core::equals_ignoring_case(keyword, word)) return &entry;
    }
  }
  const KeywordEntry* nearest = nullptr;
  std::size_t longest = 0;
  for (const auto& [keyword, entry] : keywords(protocol)) {
    if (!is_prefix(keyword) || keyword.size() <= longest || !core::starts_with_ignoring_case(word, keyword)) continue;
    nearest = &entry;
    longest = keyword.size();
  }
  return nearest;
}

const MistakeEntry* Knowledge::mistake(std::string_view id) const { return find(mistakes_, id); }

const FailureEntry* Knowledge::failure(std::string_view id) const { return find(failures_, id); }

const FailureEntry* Knowledge::cause(std::string_view id) const { return find(causes_, id); }

const SaslEntry* Knowledge::sasl(std::string_view mechanism) const { return find(sasl_, mechanism); }

const core::Text* Knowledge::sasl_part(std::string_view name) const { return find(sasl_parts_, name); }

const SaslMessage* SaslEntry::message(sasl::Speaker speaker, std::size_t round) const {
  const auto hit = std::find_if(messages.begin(), messages.end(), [&](const SaslMessage& message) {
    return message.speaker == speaker && message.round == round;
  });
  return hit == messages.end() ? nullptr : &*hit;
}

}  // namespace knowledge
