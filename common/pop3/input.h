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
  std::string_view name;        // lower case, for logs and scenario files: "retr", "auth-response"
  std::string_view verb;        // upper case; empty for what is no command
  std::string_view grammar;     // the ABNF of the whole command without CRLF; empty likewise
  std::string_view rule;        // the RFC section that defines it
  std::string_view offered_by;  // the capability that announces it; empty: every server has it, or the greeting says so
  Argument argument = Argument::kNone;
  AnswerForm form = AnswerForm::kOneLine;
  bool begins_login = false;     // what follows it may be a password
  bool ends_group = false;       // the client waits for the answer, even where PIPELINING is offered
  std::string_view stage = {};   // what an answer to it is filed under in a vocabulary
  std::string_view sample = {};  // an argument to try it with
};

// In the order of Input, so that row(input) is an index.
inline constexpr std::array kInputs{
    InputRow{Input::kUser, "user", "USER", "\"USER\" SP name", "RFC 1939 §7", "USER", Argument::kText, AnswerForm::kOneLine,
             true},
    InputRow{Input::kPass, "pass", "PASS", "\"PASS\" SP string", "RFC 1939 §7", "USER", Argument::kText, AnswerForm::kOneLine,
             true},
    InputRow{Input::kApop, "apop", "APOP", "\"APOP\" SP name SP digest", "RFC 1939 §7", "", Argument::kNameAndDigest,
             AnswerForm::kOneLine, true},
    InputRow{Input::kAuth, "auth", "AUTH", "\"AUTH\" SP sasl-mech [ SP ( base64 / \"=\" ) ]", "RFC 5034 §4", "SASL",
             Argument::kMechanism, AnswerForm::kOneLine, true, true},
    InputRow{Input::kCapa, "capa", "CAPA", "\"CAPA\"", "RFC 2449 §5", "", Argument::kNone, AnswerForm::kManyLines},
    InputRow{Input::kStls, "stls", "STLS", "\"STLS\"", "RFC 2595 §4", "STLS", Argument::kNone, AnswerForm::kOneLine, false,
             true},
    InputRow{Input::kUtf8, "utf8", "UTF8", "\"UTF8\"", "RFC 6856 §2.1", "UTF8", Argument::kNone, AnswerForm::kOneLine, false,
             true},
    InputRow{Input::kStat, "stat", "STAT", "\"STAT\"", "RFC 1939 §5", ""},
    InputRow{Input::kList, "list", "LIST", "\"LIST\" [ SP msg ]", "RFC 1939 §5", "", Argument::kMessageOrNone,
             AnswerForm::kManyLinesWithoutArgument},
    InputRow{Input::kRetr, "retr", "RETR", "\"RETR\" SP msg", "RFC 1939 §5", "", Argument::kMessage, AnswerForm::kManyLines},
    InputRow{Input::kDele, "dele", "DELE", "\"DELE\" SP msg", "RFC 1939 §5", "", Argument::kMessage},
    InputRow{Input::kNoop, "noop", "NOOP", "\"NOOP\"", "RFC 1939 §5", ""},
    InputRow{Input::kRset, "rset", "RSET", "\"RSET\"", "RFC 1939 §5", ""},
    InputRow{Input::kTop, "top", "TOP", "\"TOP\" SP msg SP n", "RFC 1939 §7", "TOP", Argument::kMessageAndLines,
             AnswerForm::kManyLines},
    InputRow{Input::kUidl, "uidl", "UIDL", "\"UIDL\" [ SP msg ]", "RFC 1939 §7", "UIDL", Argument::kMessageOrNone,
             AnswerForm::kManyLinesWithoutArgument},
    InputRow{Input::kQuit, "quit", "QUIT", "\"QUIT\"", "RFC 1939 §6", "", Argument::kNone, AnswerForm::kOneLine, false, true},
    InputRow{Input::kUnknown, "unknown", "", "", "RFC 1939 §3", ""},
    InputRow{Input::kConnect, "connect", "", "", "RFC 1939 §4", ""},
    InputRow{Input::kAuthResponse, "auth-response", "", "[ base64 ] / \"*\"", "RFC 5034 §4", "", Argument::kText,
             AnswerForm::kOneLine, true, true},
};
inline constexpr std::size_t kInputCount = kInputs.size();

constexpr const InputRow& row(Input input) { return kInputs[static_cast<std::size_t>(input)]; }

// What everybody sees of a row that does not know the protocol.
constexpr protocol::Role role_of(Input input) {
  switch (input) {
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
