// What commands, replies, keywords, mistakes, failures and login methods mean: the data of scenarios/knowledge, looked up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "protocol/input.h"
#include "sasl/parts.h"

namespace knowledge {

// One named part of a command's grammar: what a student sees beside the piece of the line it stands for.
struct GrammarPart {
  std::string part;  // as in the grammar: "Reverse-path"
  core::Text meaning;
};

struct CommandEntry {
  core::Text purpose;  // what it does for the sender
  core::Text changes;  // what the server remembers after it
  std::string example;
  std::vector<GrammarPart> parts;
  std::string rfc;
};

struct CodeEntry {
  // "535", "-ERR", "X.7.8", "[AUTH]", a first digit "5xx", a second "x3x", a class "5.X.X", a subject "X.7.X"
  std::string code;
  std::string text;  // the words the standard gives as an example or name; empty for digits, classes, subjects
  core::Text meaning;
  core::Text fix;          // empty for enhanced codes
  std::vector<int> basic;  // of an enhanced code: the codes it usually comes with
  std::string rfc;
};

struct KeywordEntry {
  core::Text meaning;
  std::string rfc;
};

// Where a session stands: protocol::StateRow.
struct StateEntry {
  core::Text meaning;
  core::Text next;  // what a client can do there
  std::string rfc;
};

enum class Severity : std::uint8_t { kError, kWarning, kAdvice };

struct MistakeEntry {
  std::string id;
  Severity severity = Severity::kWarning;
  core::Text title;
  core::Text explain;
  core::Text fix;
  std::string rfc;
};

// Why a connection came to nothing, or came to an end: network, TLS, silence. Under the ids of core::Error::id.
struct FailureEntry {
  std::string id;
  core::Text what;  // what happened
  core::Text why;   // the usual reasons
  core::Text fix;   // what to do next
  std::string rfc;
};

// How one message of a login method is made. round: as in sasl/parts.h.
struct SaslMessage {
  sasl::Speaker speaker = sasl::Speaker::kClient;
  std::size_t round = 0;
  core::Text made;
};

struct SaslEntry {
  std::string name;     // "SCRAM-SHA-256"
  core::Text what;      // what it is
  core::Text password;  // where the password or the token goes
  core::Text remember;  // what to keep in mind
  std::vector<SaslMessage> messages;
  std::string rfc;

  // Null when the mechanism has no such message.
  [[nodiscard]] const SaslMessage* message(sasl::Speaker speaker, std::size_t round) const;
};

// Words that programs, libraries and systems print when mail fails, or that servers use whatever their make.
struct PhraseEntry {
  std::vector<std::string> words;  // any of them; letter case and what stands between the words count for nothing
  std::string from;                // whose words they are: "OpenSSL"; "server" when a server says so
  int weight = 1;                  // 3 names the cause; 2 leaves a choice; 1 only says that it failed
  std::vector<int> codes;          // of a server's words: the codes they come with; empty for any
  std::vector<std::string> means;  // ids of failures, mistakes and causes, the likeliest first
};

// Signs by which a program or a provider is known in a text.
struct MarkEntry {
  std::string name;                // of a program as people call it; of a provider the name of its folder
  bool is_software = false;        // of a provider: a mail server that anybody may run
  std::vector<std::string> marks;  // as PhraseEntry::words
};

class Knowledge {
 public:
  // From the files under `knowledge/` of the embedded data, read once. Errors name file and line: a key that is missing or
  // unknown, a text that lacks a language.
  static const core::Result<Knowledge>& embedded();
  // From other files: the path as it stands in errors, and the text. The name behind the last "/" says what a file holds.
  static core::Result<Knowledge> from_files(const std::map<std::string, std::string, std::less<>>& files);

  // Each null when nothing is known.
  [[nodiscard]] const CommandEntry* command(protocol::Input input) const;
  // By the English name of the row.
  [[nodiscard]] const StateEntry* state(std::string_view protocol, std::string_view name) const;
  // "535", "-ERR".
  [[nodiscard]] const CodeEntry* code(std::string_view code) const;
  // Of protocol::Answer::detail(): "5.7.8", by subject and detail, which mean the same in every class (RFC 3463 §2); "AUTH", up
  // to its first blank.
  [[nodiscard]] const CodeEntry* detail(std::string_view detail) const;
  [[nodiscard]] const CodeEntry* enhanced_class(int status) const;
  [[nodiscard]] const CodeEntry* enhanced_subject(int subject) const;
  [[nodiscard]] const CodeEntry* first_digit(int digit) const;
  [[nodiscard]] const CodeEntry* second_digit(int digit) const;
  // Something that a server of that protocol offers; the login methods are the same in all.
  [[nodiscard]] const KeywordEntry* keyword(std::string_view protocol, std::string_view keyword) const;
  // A word of what is said in that protocol, in any letter case: of its data, of its arguments ("EXISTS", "BODY.PEEK[]"), or of
  // what everybody means by it ("tag").
  [[nodiscard]] const KeywordEntry* term(std::string_view protocol, std::string_view word) const;
  [[nodiscard]] const std::map<std::string, KeywordEntry, std::less<>>& terms(std::string_view protocol) const;
  [[nodiscard]] const MistakeEntry* mistake(std::string_view id) const;
  [[nodiscard]] const FailureEntry* failure(std::string_view id) const;
  // What a refusal means in general, where no failure and no mistake says it.
  [[nodiscard]] const FailureEntry* cause(std::string_view id) const;
  [[nodiscard]] const SaslEntry* sasl(std::string_view mechanism) const;   // upper case
  [[nodiscard]] const core::Text* sasl_part(std::string_view name) const;  // one of sasl::part_names()

  [[nodiscard]] const std::map<std::string, MistakeEntry, std::less<>>& mistakes() const { return mistakes_; }
  [[nodiscard]] const std::map<std::string, FailureEntry, std::less<>>& failures() const { return failures_; }
  [[nodiscard]] const std::map<std::string, KeywordEntry, std::less<>>& keywords(std::string_view protocol) const;
  [[nodiscard]] const std::map<std::string, CodeEntry, std::less<>>& codes() const { return codes_; }
  [[nodiscard]] const std::map<std::string, FailureEntry, std::less<>>& causes() const { return causes_; }
  // In the order of the file: where two fit equally, the first one holds.
  [[nodiscard]] const std::vector<PhraseEntry>& phrases() const { return phrases_; }
  [[nodiscard]] const std::vector<MarkEntry>& programs() const { return programs_; }
  // Those that our users meet most often come first.
  [[nodiscard]] const std::vector<MarkEntry>& providers() const { return providers_; }

 private:
  // Of each protocol, by its name.
  std::map<std::string, std::map<std::string, CommandEntry, std::less<>>, std::less<>> commands_;
  std::map<std::string, std::map<std::string, StateEntry, std::less<>>, std::less<>> states_;
  std::map<std::string, CodeEntry, std::less<>> codes_;
  std::map<std::string, std::map<std::string, KeywordEntry, std::less<>>, std::less<>> keywords_;
  std::map<std::string, std::map<std::string, KeywordEntry, std::less<>>, std::less<>> terms_;
  std::map<std::string, KeywordEntry, std::less<>> login_methods_;
  std::map<std::string, MistakeEntry, std::less<>> mistakes_;
  std::map<std::string, FailureEntry, std::less<>> failures_;
  std::map<std::string, FailureEntry, std::less<>> causes_;
  std::vector<PhraseEntry> phrases_;
  std::vector<MarkEntry> programs_;
  std::vector<MarkEntry> providers_;
  std::map<std::string, SaslEntry, std::less<>> sasl_;
  std::map<std::string, core::Text, std::less<>> sasl_parts_;
};

}  // namespace knowledge
