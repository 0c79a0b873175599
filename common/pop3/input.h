// Everything that can move a POP3 session: the client's commands and the two moments that are no command.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/input.h"

namespace pop3 {

enum class Input : std::uint8_t {
  kUser,
  kPass,
  kApop,
  kAuth,
  kCapa,
  kStls,
  kUtf8,
  kStat,
  kList,
  kRetr,
  kDele,
  kNoop,
  kRset,
  kTop,
  kUidl,
  kQuit,
  kUnknown,       // a line that starts with no verb we know
  kConnect,       // the connection itself; the server's greeting answers it
  kAuthResponse,  // a line of a SASL exchange (RFC 5034 §4)
};

// What stands behind the verb.
enum class Argument : std::uint8_t {
  kNone,
  kText,             // all of it, as one
  kNameAndDigest,    // APOP
  kMechanism,        // AUTH
  kMessage,          // a message number
  kMessageOrNone,    // LIST, UIDL
  kMessageAndLines,  // TOP
};

// Whether a positive answer goes on behind its first line, up to a line of one dot (RFC 1939 §3).
enum class AnswerForm : std::uint8_t { kOneLine, kManyLines, kManyLinesWithoutArgument };

// One command, as everything that speaks of commands sees it: parser, table of states, both sessions, explanations.
struct InputRow {
  Input input;
  std::string_view name;             // lower case, for logs and scenario files: "retr", "auth-response"
  std::string_view verb = {};        // upper case; empty for what is no command
  std::string_view grammar = {};     // the ABNF of the whole command without CRLF; empty likewise
  std::string_view rule;             // the RFC section that defines it
  std::string_view offered_by = {};  // the capability that announces it; empty: every server has it, or the greeting says so
  Argument argument = Argument::kNone;
  AnswerForm form = AnswerForm::kOneLine;
  bool begins_login = false;     // what follows it may be a password
  bool ends_group = false;       // the client waits for the answer, even where PIPELINING is offered
  std::string_view stage = {};   // what an answer to it is filed under in a vocabulary
  std::string_view sample = {};  // an argument to try it with
};

// In the order of Input, so that row(input) is an index.
inline constexpr std::array kInputs{
    InputRow{.input = Input::kUser,
             .name = "user",
             .verb = "USER",
             .grammar = "\"USER\" SP name",
             .rule = "RFC 1939 §7",
             .offered_by = "USER",
             .argument = Argument::kText,
             .begins_login = true,
             .stage = "auth",
             .sample = "alice"},
    InputRow{.input = Input::kPass,
             .name = "pass",
             .verb = "PASS",
             .grammar = "\"PASS\" SP string",
             .rule = "RFC 1939 §7",
             .offered_by = "USER",
             .argument = Argument::kText,
             .begins_login = true,
             .stage = "auth"},
    InputRow{.input = Input::kApop,
             .name = "apop",
             .verb = "APOP",
             .grammar = "\"APOP\" SP name SP digest",
             .rule = "RFC 1939 §7",
             .argument = Argument::kNameAndDigest,
             .begins_login = true,
             .stage = "auth"},
    InputRow{.input = Input::kAuth,
             .name = "auth",
             .verb = "AUTH",
             .grammar = "\"AUTH\" SP sasl-mech [ SP ( base64 / \"=\" ) ]",
             .rule = "RFC 5034 §4",
             .offered_by = "SASL",
             .argument = Argument::kMechanism,
             .begins_login = true,
             .ends_group = true,
             .stage = "auth",
             .sample = "PLAIN"},
    InputRow{.input = Input::kCapa,
             .name = "capa",
             .verb = "CAPA",
             .grammar = "\"CAPA\"",
             .rule = "RFC 2449 §5",
             .form = AnswerForm::kManyLines,
             .stage = "any"},
    InputRow{.input = Input::kStls,
             .name = "stls",
             .verb = "STLS",
             .grammar = "\"STLS\"",
             .rule = "RFC 2595 §4",
             .offered_by = "STLS",
             .ends_group = true,
             .stage = "starttls"},
    InputRow{.input = Input::kUtf8,
             .name = "utf8",
             .verb = "UTF8",
             .grammar = "\"UTF8\"",
             .rule = "RFC 6856 §2.1",
             .offered_by = "UTF8",
             .ends_group = true,
             .stage = "any"},
    InputRow{.input = Input::kStat,
             .name = "stat",
             .verb = "STAT",
             .grammar = "\"STAT\"",
             .rule = "RFC 1939 §5",
             .stage = "maildrop"},
    InputRow{.input = Input::kList,
             .name = "list",
             .verb = "LIST",
             .grammar = "\"LIST\" [ SP msg ]",
             .rule = "RFC 1939 §5",
             .argument = Argument::kMessageOrNone,
             .form = AnswerForm::kManyLinesWithoutArgument,
             .stage = "maildrop"},
    InputRow{.input = Input::kRetr,
             .name = "retr",
             .verb = "RETR",
             .grammar = "\"RETR\" SP msg",
             .rule = "RFC 1939 §5",
             .argument = Argument::kMessage,
             .form = AnswerForm::kManyLines,
             .stage = "retr",
             .sample = "1"},
    InputRow{.input = Input::kDele,
             .name = "dele",
             .verb = "DELE",
             .grammar = "\"DELE\" SP msg",
             .rule = "RFC 1939 §5",
             .argument = Argument::kMessage,
             .stage = "dele",
             .sample = "1"},
    InputRow{
        .input = Input::kNoop, .name = "noop", .verb = "NOOP", .grammar = "\"NOOP\"", .rule = "RFC 1939 §5", .stage = "any"},
    InputRow{
        .input = Input::kRset, .name = "rset", .verb = "RSET", .grammar = "\"RSET\"", .rule = "RFC 1939 §5", .stage = "any"},
    InputRow{.input = Input::kTop,
             .name = "top",
             .verb = "TOP",
             .grammar = "\"TOP\" SP msg SP n",
             .rule = "RFC 1939 §7",
             .offered_by = "TOP",
             .argument = Argument::kMessageAndLines,
             .form = AnswerForm::kManyLines,
             .stage = "retr",
             .sample = "1 0"},
    InputRow{.input = Input::kUidl,
             .name = "uidl",
             .verb = "UIDL",
             .grammar = "\"UIDL\" [ SP msg ]",
             .rule = "RFC 1939 §7",
             .offered_by = "UIDL",
             .argument = Argument::kMessageOrNone,
             .form = AnswerForm::kManyLinesWithoutArgument,
             .stage = "maildrop"},
    InputRow{.input = Input::kQuit,
             .name = "quit",
             .verb = "QUIT",
             .grammar = "\"QUIT\"",
             .rule = "RFC 1939 §6",
             .ends_group = true,
             .stage = "quit"},
    InputRow{.input = Input::kUnknown, .name = "unknown", .rule = "RFC 1939 §3"},
    InputRow{.input = Input::kConnect, .name = "connect", .rule = "RFC 1939 §4", .stage = "connect"},
    InputRow{.input = Input::kAuthResponse,
             .name = "auth-response",
             .grammar = "[ base64 ] / \"*\"",
             .rule = "RFC 5034 §4",
             .argument = Argument::kText,
             .begins_login = true,
             .ends_group = true,
             .stage = "auth"},
};
inline constexpr std::size_t kInputCount = kInputs.size();

constexpr const InputRow& row(Input input) { return kInputs[static_cast<std::size_t>(input)]; }

// What everybody sees of a row that does not know the protocol.
constexpr protocol::Role role_of(Input input) {
  switch (input) {
    case Input::kPass:
    case Input::kApop: return protocol::Role::kPassword;
    case Input::kStls: return protocol::Role::kStartTls;
    case Input::kAuth: return protocol::Role::kLogin;
    case Input::kAuthResponse: return protocol::Role::kLoginLine;
    case Input::kConnect: return protocol::Role::kConnect;
    case Input::kUnknown: return protocol::Role::kUnknown;
    case Input::kQuit: return protocol::Role::kQuit;
    default: return protocol::Role::kOther;
  }
}

// In the order of Input.
inline constexpr auto kInputRows = [] {
  std::array<protocol::InputRow, kInputCount> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const InputRow& from = kInputs[i];
    rows[i] = {.protocol = "pop3",
               .name = from.name,
               .verb = from.verb,
               .grammar = from.grammar,
               .rule = from.rule,
               .stage = from.stage,
               .argument = from.sample,
               .role = role_of(from.input),
               .is_aside = from.input == Input::kNoop || from.input == Input::kCapa,
               .lists_offers = from.input == Input::kCapa};
  }
  return rows;
}();

// protocol::Input is made from it.
constexpr const protocol::InputRow& input_row(Input input) { return kInputRows[static_cast<std::size_t>(input)]; }
// And back. REQUIRES: it is one of these.
constexpr Input input_of(protocol::Input input) { return static_cast<Input>(&input.row() - kInputRows.data()); }

// The command that `verb` names in any letter case, or nothing.
std::optional<Input> find_command(std::string_view verb);

// Whether +OK to this is followed by lines.
bool has_many_lines(Input input, bool with_argument);

}  // namespace pop3
