// One command line: its verb, its argument, and what was odd about it (RFC 5321 §4.1.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/result.h"
#include "core/secret.h"
#include "core/span.h"
#include "smtp/address.h"
#include "smtp/input.h"
#include "smtp/remark.h"

namespace smtp {

// esmtp-keyword [ "=" esmtp-value ] behind MAIL or RCPT.
struct Parameter {
  std::string keyword;  // as written
  std::optional<std::string> value;
  bool operator==(const Parameter&) const = default;
};

// The first parameter with this keyword, in any letter case; null when there is none.
[[nodiscard]] const Parameter* find_parameter(const std::vector<Parameter>& parameters, std::string_view keyword);
// There is one, and this is its value, in any letter case.
[[nodiscard]] bool declares(const std::vector<Parameter>& parameters, std::string_view keyword, std::string_view value);

// A command that fits its grammar. Members a verb does not use stay empty.
struct Command {
  Input verb = Input::kUnknown;
  std::string argument;                         // everything behind the verb and its space, as written
  Path path;                                    // MAIL, RCPT
  std::vector<Parameter> parameters;            // MAIL, RCPT; VRFY and EXPN: SMTPUTF8 (RFC 6531 §3.7.4.2)
  std::string mechanism;                        // AUTH, upper case
  std::optional<std::string> initial_response;  // AUTH, still base64
  std::uint64_t chunk_size = 0;                 // BDAT: octets behind the line
  bool is_last = false;                         // BDAT … LAST

  bool operator==(const Command&) const = default;
};

// Why a line is no command, as the class of reply a server gives (RFC 5321 §4.2.4, §4.3.2).
enum class CommandFault : std::uint8_t {
  kUnknownVerb,  // 500
  kSyntax,       // 501
  kTooLong,      // 500
};

struct CommandError {
  CommandFault fault = CommandFault::kUnknownVerb;
  Input verb = Input::kUnknown;  // known when only the argument is wrong
  core::Error error;
  bool in_path = false;    // it is the address that is wrong …
  bool not_ascii = false;  // … by letters outside ASCII where they may not stand
};

// Deviations from the grammar that a server may choose to take (scenario key server.quirks).
struct CommandLeniency {
  bool no_colon = false;           // MAIL FROM <a@b>
  bool no_angle_brackets = false;  // MAIL FROM:a@b
  bool helo_no_argument = false;   // HELO
  bool allow_utf8 = false;         // UTF-8 in paths; whether SMTPUTF8 was said is judged elsewhere (RFC 6531)
};

struct ParsedCommand {
  tl::expected<Command, CommandError> command;
  std::vector<Remark> remarks;      // spans count from the start of the line
  std::vector<core::Span> secrets;  // an initial response that carries a password, and what may be one (credentials.h)
  bool begins_login = false;        // AUTH, or what looks like the login of another protocol
};

// Reads a line without its line end. Never fails outright: a line that is no command gives a CommandError.
ParsedCommand parse_command(std::string_view line, CommandLeniency leniency);

// The command that a malformed line of MAIL or RCPT is for a server that takes it: its path as written, no parameters.
// Nothing for other verbs.
[[nodiscard]] std::optional<Command> taken_as_written(std::string_view line, Input verb);

// The line a client sends for `command`, with CRLF. parse_command of it gives the same command.
std::string serialise(const Command& command);

}  // namespace smtp
