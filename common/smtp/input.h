// Everything that can move an SMTP session: the client's commands and the four moments that are no command.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/enum_set.h"
#include "protocol/input.h"

namespace smtp {

enum class Input : std::uint8_t {
  kHelo,
  kEhlo,
  kMail,
  kRcpt,
  kData,
  kBdat,  // with the octets of its chunk; the last one of a message is kMessage
  kRset,
  kVrfy,
  kExpn,
  kHelp,
  kNoop,
  kQuit,
  kAuth,
  kStarttls,
  kEtrn,
  kUnknown,       // a line that starts with no verb we know
  kConnect,       // the connection itself; the server's greeting answers it
  kAuthResponse,  // a line of a SASL exchange (RFC 4954 §4)
  kMessage,       // the end of the mail data: CRLF.CRLF, or the last octet of BDAT … LAST
};

// What stands behind a verb.
enum class Takes : std::uint8_t {
  kOwnGrammar,  // command.cpp reads it
  kNothing,
  kMaybeText,
  kText,
  kMailbox,  // a name or an address, and perhaps SMTPUTF8 (RFC 5321 §3.5.1, RFC 6531 §3.7.4.2)
};

// What a server says that knows the RFCs only.
struct PlainAnswer {
  int code = 0;  // 0: it depends; judge.cpp knows
  std::string_view enhanced = {};
  std::string_view text = {};
};

// One input, as everything that speaks of commands sees it: parser, server, HELP, rules, completion, proposals and
// explanations. Where it may come stands in transitions.h.
struct CommandRow {
  Input input;
  std::string_view name;             // lower case: in logs
  std::string_view verb = {};        // upper case, as in the RFC; empty for what is no command, as are the next ones
  std::string_view grammar = {};     // the ABNF of the whole command without CRLF
  std::string_view rule;             // the RFC section that defines it
  std::string_view offered_by = {};  // the keyword of EHLO that brings it: without it it is 502; empty: every server has it
  bool may_be_silent = false;        // … though real servers have it without saying so
  std::string_view stage = {};       // what a reply to it is filed under in a vocabulary
  Takes takes = Takes::kOwnGrammar;
  bool ends_group = false;         // the client waits for its answer, even with PIPELINING
  bool is_aside = false;           // it leaves the mail alone that is being sent
  std::string_view argument = {};  // one to try it with
  PlainAnswer answer = {};
  protocol::Patience patience = {};  // RFC 5321 §4.5.3.2
};

// In the order of Input, so that row(input) is an index. ends_group: RFC 2920 §3.1, "can only appear as the last command in a
// group"; what begins or carries a login, TLS or the dialogue itself as well.
inline constexpr std::array kCommands{
    CommandRow{.input = Input::kHelo,
               .name = "helo",
               .verb = "HELO",
               .grammar = "\"HELO\" SP Domain",
               .rule = "RFC 5321 §4.1.1.1",
               .stage = "ehlo",
               .ends_group = true},
    CommandRow{.input = Input::kEhlo,
               .name = "ehlo",
               .verb = "EHLO",
               .grammar = "\"EHLO\" SP ( Domain / address-literal )",
               .rule = "RFC 5321 §4.1.1.1",
               .stage = "ehlo",
               .ends_group = true},
    CommandRow{.input = Input::kMail,
               .name = "mail",
               .verb = "MAIL",
               .grammar = "\"MAIL FROM:\" Reverse-path [SP Mail-parameters]",
               .rule = "RFC 5321 §4.1.1.2",
               .stage = "mail",
               .patience = {std::chrono::minutes(5), "RFC 5321 §4.5.3.2.2"}},
    CommandRow{.input = Input::kRcpt,
               .name = "rcpt",
               .verb = "RCPT",
               .grammar = "\"RCPT TO:\" ( \"<Postmaster>\" / Forward-path ) [SP Rcpt-parameters]",
               .rule = "RFC 5321 §4.1.1.3",
               .stage = "rcpt",
               .patience = {std::chrono::minutes(5), "RFC 5321 §4.5.3.2.3"}},
    CommandRow{.input = Input::kData,
               .name = "data",
               .verb = "DATA",
               .grammar = "\"DATA\"",
               .rule = "RFC 5321 §4.1.1.4",
               .stage = "data",
               .takes = Takes::kNothing,
               .ends_group = true,
               .answer = {354, "", "Start mail input; end with <CRLF>.<CRLF>"},
               .patience = {std::chrono::minutes(2), "RFC 5321 §4.5.3.2.4"}},
    CommandRow{.input = Input::kBdat,
               .name = "bdat",
               .verb = "BDAT",
               .grammar = "\"BDAT\" SP chunk-size [ SP \"LAST\" ]",
               .rule = "RFC 3030 §2",
               .offered_by = "CHUNKING",
               .stage = "message"},
    CommandRow{.input = Input::kRset,
               .name = "rset",
               .verb = "RSET",
               .grammar = "\"RSET\"",
               .rule = "RFC 5321 §4.1.1.5",
               .stage = "any",
               .takes = Takes::kNothing,
               .answer = {250, "2.0.0", "OK"}},
    CommandRow{.input = Input::kVrfy,
               .name = "vrfy",
               .verb = "VRFY",
               .grammar = "\"VRFY\" SP String",
               .rule = "RFC 5321 §4.1.1.6",
               .stage = "any",
               .takes = Takes::kMailbox,
               .ends_group = true,
               .is_aside = true,
               .argument = "alice",
               // RFC 5321 §7.3: not to tell who exists is allowed, and 252 is the honest way not to.
               .answer = {252, "2.5.2", "Cannot VRFY user, but will accept message and attempt delivery"}},
    CommandRow{.input = Input::kExpn,
               .name = "expn",
               .verb = "EXPN",
               .grammar = "\"EXPN\" SP String",
               .rule = "RFC 5321 §4.1.1.7",
               .offered_by = "EXPN",
               .may_be_silent = true,
               .stage = "any",
               .takes = Takes::kMailbox,
               .ends_group = true,
               .is_aside = true,
               .argument = "staff",
               .answer = {252, "2.5.2", "Cannot expand the list, but will accept a message to it"}},
    CommandRow{.input = Input::kHelp,
               .name = "help",
               .verb = "HELP",
               .grammar = "\"HELP\" [ SP String ]",
               .rule = "RFC 5321 §4.1.1.8",
               .stage = "any",
               .takes = Takes::kMaybeText,
               .is_aside = true},
    CommandRow{.input = Input::kNoop,
               .name = "noop",
               .verb = "NOOP",
               .grammar = "\"NOOP\" [ SP String ]",
               .rule = "RFC 5321 §4.1.1.9",
               .stage = "any",
               .takes = Takes::kMaybeText,
               .ends_group = true,
               .is_aside = true,
               .answer = {250, "2.0.0", "OK"}},
    CommandRow{.input = Input::kQuit,
               .name = "quit",
               .verb = "QUIT",
               .grammar = "\"QUIT\"",
               .rule = "RFC 5321 §4.1.1.10",
               .stage = "quit",
               .takes = Takes::kNothing,
               .ends_group = true},
    CommandRow{.input = Input::kAuth,
               .name = "auth",
               .verb = "AUTH",
               .grammar = "\"AUTH\" SP sasl-mech [SP initial-response]",
               .rule = "RFC 4954 §4",
               .offered_by = "AUTH",
               .stage = "auth",
               .ends_group = true},
    CommandRow{.input = Input::kStarttls,
               .name = "starttls",
               .verb = "STARTTLS",
               .grammar = "\"STARTTLS\"",
               .rule = "RFC 3207 §4",
               .offered_by = "STARTTLS",
               .stage = "starttls",
               .takes = Takes::kNothing,
               .ends_group = true},
    CommandRow{.input = Input::kEtrn,
               .name = "etrn",
               .verb = "ETRN",
               .grammar = "\"ETRN\" SP [ \"@\" / \"#\" ] node-name",
               .rule = "RFC 1985",
               .offered_by = "ETRN",
               .stage = "any",
               .takes = Takes::kText,
               .ends_group = true,
               .is_aside = true,
               .argument = "example.org",
               .answer = {250, "2.0.0", "OK, queuing started"}},
    CommandRow{.input = Input::kUnknown, .name = "unknown", .rule = "RFC 5321 §4.2.4"},
    CommandRow{.input = Input::kConnect,
               .name = "connect",
               .rule = "RFC 5321 §3.1",
               .stage = "connect",
               .ends_group = true,
               .patience = {std::chrono::minutes(5), "RFC 5321 §4.5.3.2.1"}},
    CommandRow{.input = Input::kAuthResponse,
               .name = "auth-response",
               .grammar = "[ base64 ] / \"*\"",
               .rule = "RFC 4954 §4",
               .stage = "auth",
               .ends_group = true},
    CommandRow{.input = Input::kMessage,
               .name = "message",
               .rule = "RFC 5321 §4.1.1.4",
               .stage = "message",
               .ends_group = true,
               .patience = {std::chrono::minutes(10), "RFC 5321 §4.5.3.2.6"}},
};

constexpr const CommandRow& row(Input input) { return kCommands[static_cast<std::size_t>(input)]; }

// What everybody sees of a row that does not know the protocol.
constexpr protocol::Role role_of(Input input) {
  switch (input) {
    case Input::kHelo:
    case Input::kEhlo: return protocol::Role::kHello;
    case Input::kStarttls: return protocol::Role::kStartTls;
    case Input::kAuth: return protocol::Role::kLogin;
    case Input::kAuthResponse: return protocol::Role::kLoginLine;
    case Input::kMessage: return protocol::Role::kContent;
    case Input::kConnect: return protocol::Role::kConnect;
    case Input::kUnknown: return protocol::Role::kUnknown;
    case Input::kQuit: return protocol::Role::kQuit;
    default: return protocol::Role::kOther;
  }
}

// In the order of Input.
inline constexpr auto kInputRows = [] {
  constexpr auto kRow = [](const CommandRow& from) {
    return protocol::InputRow{.protocol = "smtp",
                              .name = from.name,
                              .verb = from.verb,
                              .grammar = from.grammar,
                              .rule = from.rule,
                              .stage = from.stage,
                              .argument = from.argument,
                              .role = role_of(from.input),
                              .is_aside = from.is_aside,
                              .lists_offers = from.input == Input::kEhlo,
                              .asks_for_content = from.input == Input::kData,
                              .patience = from.patience};
  };
  std::array<protocol::InputRow, kCommands.size()> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = kRow(kCommands[i]);
  return rows;
}();

// protocol::Input is made from it.
constexpr const protocol::InputRow& input_row(Input input) { return kInputRows[static_cast<std::size_t>(input)]; }
// And back. REQUIRES: it is one of these.
constexpr Input input_of(protocol::Input input) { return static_cast<Input>(&input.row() - kInputRows.data()); }

// The command that `verb` names in any letter case, or nothing.
std::optional<Input> find_command(std::string_view verb);

// A short lower-case name for every input ("mail", "connect", "auth-response"): used in logs and scenario files.
constexpr std::string_view name(Input input) { return row(input).name; }

using InputSet = core::EnumSet<Input>;
static_assert(kCommands.size() <= 32);
constexpr InputSet operator|(Input a, Input b) { return InputSet(a) | InputSet(b); }

}  // namespace smtp
