// One thing that a client said and what it heard, as POP3 sees it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape.h"
#include "pop3/command.h"
#include "pop3/transitions.h"
#include "protocol/said.h"

namespace pop3_judge {

using std::chrono::microseconds;

// A command line, a line of a login, or the connection itself (Input::kConnect), which has no octets.
struct Line {
  pop3::Input input = pop3::Input::kConnect;
  std::string bytes;        // of the wire, line end included
  std::uint64_t begin = 0;  // its place among all octets of the client
  protocol::LineEnd line_end = protocol::LineEnd::kCrlf;
  pop3::ParsedCommand parsed;  // of a command line

  microseconds first{};    // when its first octet came
  bool is_joined = false;  // its first octet came together with the last one of the line before
  // How many answers to what came before were still to come when its first octet came, and of the next one in order how many
  // octets had left. Only where that is sure.
  std::size_t early = 0;
  std::size_t heard_octets = 0;  // 0 when it came before or after the answer, not inside of it
  bool unanswered = false;       // the server never answered what came before

  [[nodiscard]] std::string_view text() const {
    std::string_view line = bytes;
    line.remove_suffix(line_end == protocol::LineEnd::kCrlf ? 2 : line_end == protocol::LineEnd::kLf ? 1 : 0);
    return line;
  }
  [[nodiscard]] std::uint64_t end() const { return begin + bytes.size(); }
  [[nodiscard]] std::size_t on_the_wire(std::size_t at) const { return at; }
  [[nodiscard]] bool is_connection() const { return input == pop3::Input::kConnect; }
  [[nodiscard]] bool is_command() const { return !is_connection() && input != pop3::Input::kAuthResponse; }
  // The command, where it fits its grammar.
  [[nodiscard]] const pop3::Command* command() const { return is_command() && parsed.command ? &*parsed.command : nullptr; }
  [[nodiscard]] bool is(pop3::Input verb) const { return command() != nullptr && command()->verb == verb; }
  // The number of a message that it names.
  [[nodiscard]] std::optional<std::uint32_t> message() const;
};

// An answer, whole, and the times at which its octets left.
struct Heard {
  static constexpr std::size_t kMostKept = std::size_t{1} << 20;  // octets of one answer

  pop3::Outcome outcome = pop3::Outcome::kOk;
  std::string code;  // response code without its brackets
  std::string text;  // behind both; of "+" the challenge
  bool has_body = false;
  std::string bytes;        // of the wire; only the first kMostKept
  std::uint64_t event = 0;  // that holds its first octet
  std::uint64_t octets = 0;
  std::vector<core::Piece> pieces;
  microseconds first{};
  microseconds last{};

  [[nodiscard]] bool is_ok() const { return outcome == pop3::Outcome::kOk; }
  [[nodiscard]] bool is_refusal() const { return outcome == pop3::Outcome::kRefused; }
  // Octets of its first line.
  [[nodiscard]] std::size_t first_line() const { return bytes.find('\n') + 1; }
  // What stands between that and the end mark, as on the wire.
  [[nodiscard]] std::string_view body() const;
  // The number that the first line gives: "+OK 120 octets".
  [[nodiscard]] std::optional<std::uint64_t> announced() const;
  // Code and text, in small letters.
  [[nodiscard]] std::string words() const;
};

struct Turn {
  Line line;
  std::optional<Heard> heard;
  std::uint64_t event = 0;  // kConnect: the one that says so
};

}  // namespace pop3_judge
