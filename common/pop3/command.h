// One command line: its verb, its argument, and what was odd about it (RFC 1939 §3, RFC 2449 §4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/result.h"
#include "core/span.h"
#include "pop3/input.h"
#include "pop3/remark.h"

namespace pop3 {

// A command that fits its grammar. Members a verb does not use stay as they are.
struct Command {
  Input verb = Input::kUnknown;
  std::string argument;          // everything behind the verb and its blank, as written; of PASS the password, blanks and all
  std::uint32_t message = 0;     // LIST, RETR, DELE, TOP, UIDL: its number; 0 is written too, and names no message
  std::uint32_t body_lines = 0;  // TOP
  std::string user;              // USER, APOP
  std::string digest;            // APOP
  std::string mechanism;         // AUTH, upper case
  std::optional<std::string> initial_response = {};  // AUTH, still base64

  [[nodiscard]] bool has_many_lines() const { return pop3::has_many_lines(verb, !argument.empty()); }
  bool operator==(const Command&) const = default;
};

// Why a line is no command.
enum class CommandFault : std::uint8_t { kUnknownVerb, kSyntax, kTooLong };

struct CommandError {
  CommandFault fault = CommandFault::kUnknownVerb;
  Input verb = Input::kUnknown;  // known when only the argument is wrong
  core::Error error;
};

// A piece of a line, by its name: verb user password digest mechanism initial-response message lines argument.
struct Part {
  std::string_view name;
  core::Span where;
  bool is_secret = false;
  bool operator==(const Part&) const = default;
};

struct ParsedCommand {
  tl::expected<Command, CommandError> command;
  std::vector<Remark> remarks;      // spans count from the start of the line
  std::vector<Part> parts;          // of a command whose verb is known
  std::vector<core::Span> secrets;  // a password, and what may be one
  bool begins_login = false;        // USER, PASS, APOP, AUTH, or what looks like the login of another protocol
};

// Reads a line without its line end. Never fails outright: a line that is no command gives a CommandError.
// Blanks: one or more part the words of a command, TABs too; PASS alone takes what stands behind the first one as it is
// (RFC 1939 §7: "may treat spaces in the argument as part of the password").
ParsedCommand parse_command(std::string_view line);

// The line a client sends for `command`, with CRLF. parse_command of it gives the same command.
std::string serialise(const Command& command);

// A login does not end where the server refuses it: clients go on with its lines, which are no commands then. Behind such a
// line one that starts with no known verb counts as a password until a command comes that is known.
// Whether `line`, without its end, is such a one, when it stands there.
[[nodiscard]] bool is_login_line(const ParsedCommand& parsed, std::string_view line);
// Whether the line behind it stands there too. after_login: whether it does itself.
[[nodiscard]] bool login_goes_on(const ParsedCommand& parsed, bool after_login);

// Where a password may stand in lines that nobody has read yet, line ends included. after_login: they stand behind a login.
[[nodiscard]] std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login);

}  // namespace pop3
