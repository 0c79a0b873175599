// One command as a client has sent it, read whole: its tag, its verb and its arguments as values that cannot be illegal (RFC
// 9051 §6, §9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/span.h"
#include "imap/fetch_item.h"
#include "imap/input.h"
#include "imap/remark.h"
#include "imap/search_key.h"
#include "imap/sequence_set.h"
#include "mailbox/flags.h"

namespace imap {

struct IdFields {  // empty: NIL, or ()
  std::vector<std::pair<std::string, std::optional<std::string>>> fields;
};

struct Authenticate {
  std::string mechanism;                        // upper case
  std::optional<std::string> initial_response;  // still base64
};

struct LoginWords {
  std::string user;
  std::string password;
};

struct Enable {
  std::vector<std::string> capabilities;  // upper case
};

// Names of mailboxes as they were sent: modified UTF-7, or UTF-8 (mailbox/folder_name.h says whether they can be).
struct OneMailbox {
  std::string name;
};

struct SelectWords {
  std::string name;
  bool condstore = false;
};

struct TwoMailboxes {
  std::string from;
  std::string to;
};

enum class StatusItem : std::uint8_t {
  kMessages,
  kRecent,
  kUidNext,
  kUidValidity,
  kUnseen,
  kDeleted,
  kSize,
  kModSequence,
  kMailboxId
};

// LIST with everything of RFC 5258, 5819, 6154; LSUB fills in the first two.
struct ListWords {
  std::string reference;
  std::vector<std::string> patterns;  // at least one
  bool only_subscribed = false;
  bool recursive_match = false;
  bool only_special_use = false;
  bool return_subscribed = false;
  bool return_children = false;
  bool return_special_use = false;
  std::vector<StatusItem> return_status = {};
};

struct StatusWords {
  std::string name;
  std::vector<StatusItem> items;  // at least one
};

struct AppendWords {
  std::string name;
  mailbox::Flags flags;
  std::optional<std::int64_t> received;  // seconds since 1970
  core::Span message;                    // in the octets of the command
};

struct Messages {
  SequenceSet set;
};

// What an ESEARCH answer has (RFC 4731, RFC 5182).
struct SearchReturn {
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
};
struct SearchWords {
  std::optional<SearchReturn> wanted;  // nothing: the old answer
  SearchProgram program;
  bool takes_saved = false;      // "$" stands in it
  bool by_mod_sequence = false;  // MODSEQ stands in it
};

struct FetchWords {
  SequenceSet set;
  std::vector<FetchItem> items;                // at least one, none twice
  std::optional<std::uint64_t> changed_since;  // only what has a greater mod-sequence
};

struct StoreWords {
  SequenceSet set;
  mailbox::Change change = mailbox::Change::kReplace;
  bool silent = false;
  mailbox::Flags flags;
  std::optional<std::uint64_t> unchanged_since;  // only what has no greater mod-sequence
};

struct CopyWords {
  SequenceSet set;
  std::string to;
};

using Arguments =
    std::variant<std::monostate, IdFields, Authenticate, LoginWords, Enable, OneMailbox, SelectWords, TwoMailboxes, ListWords,
                 StatusWords, AppendWords, Messages, SearchWords, FetchWords, StoreWords, CopyWords>;

struct Command {
  std::string tag;
  Input verb = Input::kNoop;
  bool by_uid = false;  // UID stood before the verb
  Arguments arguments;  // the alternative that belongs to the verb

  template <typename Words>
  [[nodiscard]] const Words& words() const {
    return std::get<Words>(arguments);
  }
};

// The numbers that it names; null: none.
[[nodiscard]] const SequenceSet* set_of(const Command& command);

struct ParsedCommand {
  std::string tag;                                                  // empty: there is none that could be one
  Input verb = Input::kUnknown;                                     // known also where only the arguments are wrong
  bool by_uid = false;                                              // likewise
  std::optional<Command> command;                                   // when it fits its grammar
  std::optional<core::Error> fault;                                 // why it does not
  std::vector<Remark> remarks;                                      // spans count from the start of the command
  std::vector<core::Span> secrets;                                  // a password, or what may be one
  std::vector<std::pair<std::string_view, core::Span>> parts = {};  // "tag", the verb, "arguments"
};

// Reads a command with its literals and without its line end. Never fails outright.
ParsedCommand parse_command(std::string_view octets);

// An APPEND up to the mark of its message, whose octets are still to come: what is known of it, as if they were none. Nothing
// for another command, or where the octets to come are something else.
std::optional<ParsedCommand> parse_begun_append(std::string_view octets);

}  // namespace imap
