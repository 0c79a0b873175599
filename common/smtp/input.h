// Everything that can move an SMTP session: the client's commands and the four moments that are no command.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

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
  kUnknown,       // a line that starts with no verb we know
  kConnect,       // the connection itself; the server's greeting answers it
  kAuthResponse,  // a line of a SASL exchange (RFC 4954 §4)
  kMessage,       // the end of the mail data: CRLF.CRLF, or the last octet of BDAT … LAST
};

// One command, as everything that speaks of commands sees it: parser, HELP, completion and explanations.
struct CommandRow {
  Input input;
  std::string_view verb;     // upper case, as in the RFC; empty for what is no command
  std::string_view grammar;  // the ABNF of the whole command without CRLF; empty likewise
  std::string_view rule;     // the RFC section that defines it
};

// In the order of Input, so that row(input) is an index.
inline constexpr std::array kCommands{
    CommandRow{Input::kHelo, "HELO", "\"HELO\" SP Domain", "RFC 5321 §4.1.1.1"},
    CommandRow{Input::kEhlo, "EHLO", "\"EHLO\" SP ( Domain / address-literal )", "RFC 5321 §4.1.1.1"},
    CommandRow{Input::kMail, "MAIL", "\"MAIL FROM:\" Reverse-path [SP Mail-parameters]", "RFC 5321 §4.1.1.2"},
    CommandRow{Input::kRcpt, "RCPT", "\"RCPT TO:\" ( \"<Postmaster>\" / Forward-path ) [SP Rcpt-parameters]",
               "RFC 5321 §4.1.1.3"},
    CommandRow{Input::kData, "DATA", "\"DATA\"", "RFC 5321 §4.1.1.4"},
    CommandRow{Input::kBdat, "BDAT", "\"BDAT\" SP chunk-size [ SP \"LAST\" ]", "RFC 3030 §2"},
    CommandRow{Input::kRset, "RSET", "\"RSET\"", "RFC 5321 §4.1.1.5"},
    CommandRow{Input::kVrfy, "VRFY", "\"VRFY\" SP String", "RFC 5321 §4.1.1.6"},
    CommandRow{Input::kExpn, "EXPN", "\"EXPN\" SP String", "RFC 5321 §4.1.1.7"},
    CommandRow{Input::kHelp, "HELP", "\"HELP\" [ SP String ]", "RFC 5321 §4.1.1.8"},
    CommandRow{Input::kNoop, "NOOP", "\"NOOP\" [ SP String ]", "RFC 5321 §4.1.1.9"},
    CommandRow{Input::kQuit, "QUIT", "\"QUIT\"", "RFC 5321 §4.1.1.10"},
    CommandRow{Input::kAuth, "AUTH", "\"AUTH\" SP sasl-mech [SP initial-response]", "RFC 4954 §4"},
    CommandRow{Input::kStarttls, "STARTTLS", "\"STARTTLS\"", "RFC 3207 §4"},
    CommandRow{Input::kUnknown, "", "", "RFC 5321 §4.2.4"},
    CommandRow{Input::kConnect, "", "", "RFC 5321 §3.1"},
    CommandRow{Input::kAuthResponse, "", "[ base64 ] / \"*\"", "RFC 4954 §4"},
    CommandRow{Input::kMessage, "", "", "RFC 5321 §4.1.1.4"},
};

constexpr const CommandRow& row(Input input) { return kCommands[static_cast<std::size_t>(input)]; }

// The command that `verb` names in any letter case, or nothing.
std::optional<Input> find_command(std::string_view verb);

// Whether the client has to wait for the answer before it sends more, even where PIPELINING is offered (RFC 2920 §3.1: "can
// only appear as the last command in a group"; what begins or carries a login, TLS or the dialogue itself as well).
bool ends_pipeline(Input input);

// A short lower-case name for every input ("mail", "connect", "auth-response"): used in logs and scenario files.
std::string_view name(Input input);

}  // namespace smtp
