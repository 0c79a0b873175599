// From a file's tree to a scenario, part by part; inside of loader.cpp. A file that check_shape found fault with may be
// read too: what is of the wrong type is passed over, since it has been reported.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.h"
#include "document/problems.h"
#include "mockserver/scenario/keys.h"
#include "mockserver/scenario/probe.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// The lines a server announces in one situation.
struct ExtensionList {
  std::vector<std::string> lines;             // as written; STARTTLS may be dropped at the end
  std::optional<document::Position> where{};  // nothing: in a file below, which is no longer at hand
};

// A scenario while the files that it extends, from the provider's up, and then its own are laid into it.
struct Draft {
  Scenario scenario;
  std::map<std::string, std::size_t, std::less<>> vocabulary;  // id of a [[reply]] -> index in scenario.replies
  ExtensionList extensions;                                    // that its server offers
  std::optional<ExtensionList> extensions_tls;
  std::optional<ExtensionList> extensions_auth;
  std::vector<Probe> probes;  // of the last file that has some; laid over all its rules in the end
};

// One file being read.
struct Reading {
  const document::Document& document;
  std::string origin;  // "netease" or "netease/auth-required": first half of the ids of explanations
  Draft& draft;
  document::Problems& problems;
};

// What the file says that its server speaks; where it says nothing, as the provider, and SMTP where there is none. Never null.
[[nodiscard]] const protocol::Protocol* protocol_of(const document::Node& root, const Scenario* provider);
// The same for the draft; everything else is read by its tables.
void read_protocol(const Reading& reading);
void read_server(const Reading& reading);    // [server] and [limits]
void read_tls(const Reading& reading);       // [tls]
void read_accounts(const Reading& reading);  // a file that has some replaces those before
void read_mails(const Reading& reading);     // likewise; behind the accounts, whose they are
void read_replies(const Reading& reading);   // the vocabulary
void read_steps(const Reading& reading);     // likewise, with what they show
// The rules of this file alone; their replies are those read so far.
[[nodiscard]] std::vector<Rule> read_rules(const Reading& reading);

// One of the lists of [server]: keywords and parameters, each keyword with those it cannot be without.
[[nodiscard]] ExtensionList read_extensions(const Reading& reading, const document::Node& list);
// Brings the lists of the server in line with what is announced, and checks what only the whole scenario shows. Call once,
// with the last file.
void finish_server(const Reading& reading);

// [[folder]], and how the server writes their names: keys of [server].
void read_folders(const Reading& reading);
void read_folder_names(const Reading& reading, const document::Node& server);
// Reports a name of a folder that can be none.
void check_folder(const Reading& reading, const document::Node& folder);

// What a rule's `when` says. `on` is the word of the rule.
[[nodiscard]] When read_when(const Reading& reading, const document::Node& when, std::string_view on);
// Reports conditions that can say nothing about such inputs.
void check_applicability(const Reading& reading, const document::Node& when, std::string_view on);
// Of all regular expressions in it; placeholders of the rule's reply.
[[nodiscard]] std::vector<std::string> group_names(const When& when);

// What a rule does besides its reply.
[[nodiscard]] Effects read_effects(const Reading& reading, const document::Node& table, On on);
[[nodiscard]] bool has_effect(const Effects& effects);

// Whether every input that `later` fits is taken by `earlier`, if both stand in one list.
[[nodiscard]] bool hides(const Rule& earlier, const Rule& later, const std::vector<ReplyEntry>& replies);

// What a reply that is written where it is used is known by, and the placeholders it may have besides the usual ones. It may
// begin with one of those in place of its code.
struct InPlace {
  std::string id;
  std::string_view stage;
  std::vector<std::string> placeholders = {};
};

// "@id" or lines written out, as an index into the draft's replies. Nothing when there is a problem, which is then reported.
std::optional<std::size_t> use_reply(const Reading& reading, const document::Node& node, const InPlace& in_place);
// The same of octets.
std::optional<std::size_t> use_raw(const Reading& reading, const document::Node& node, const InPlace& in_place);

// What an answer under this code, as code_in() has it, does in that protocol. Nothing when there is no such code there; that is
// reported, as a problem with the key. REQUIRES: the key is there.
std::optional<Code> check_code(const Reading& reading, const document::Node& table, std::string_view key,
                               const protocol::Protocol& protocol);

// Adds what scenario::check finds wrong with a template.
void check_template(const Reading& reading, const document::Node& node, const std::vector<std::string_view>& known);

// Whether the table that `path` leads to has a key that is none. That was reported; what seems to be missing is not, then.
[[nodiscard]] bool has_unknown_key(const document::Node& table, std::string_view path);

// Values of a table, or nothing when absent or of another type.
[[nodiscard]] std::optional<std::string> string_in(const document::Node& table, std::string_view key);
[[nodiscard]] std::optional<bool> boolean_in(const document::Node& table, std::string_view key);
[[nodiscard]] std::optional<std::int64_t> integer_in(const document::Node& table, std::string_view key);
// Of a reply: 553 as "553".
[[nodiscard]] std::optional<std::string> code_in(const document::Node& table, std::string_view key);
[[nodiscard]] std::optional<std::chrono::milliseconds> seconds_in(const document::Node& table, std::string_view key);
[[nodiscard]] std::optional<core::Text> text_in(const document::Node& table, std::string_view key);
[[nodiscard]] std::vector<const document::Node*> strings_of(const document::Node* node);  // of a list, or the one string itself
[[nodiscard]] std::vector<const document::Node*> tables_in(const document::Node& root, std::string_view key);

// The number of the word among those the table of keys allows at `path`, which are in the order of the enumerators.
template <typename Enumeration>
[[nodiscard]] std::optional<Enumeration> word_in(const document::Node& table, std::string_view parent, std::string_view key) {
  const std::optional<std::string> word = string_in(table, key);
  const KeyRow* const row = find_key(parent, key);
  if (!word || row == nullptr) return std::nullopt;
  const std::vector<std::string_view> words = words_of(row->allowed);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == *word) return static_cast<Enumeration>(i);
  }
  return std::nullopt;
}

}  // namespace scenario
