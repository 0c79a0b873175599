// One thing that a client said and what it heard, as IMAP sees it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape.h"
#include "imap/answer.h"
#include "imap/command.h"
#include "protocol/said.h"

namespace imap_judge {

using std::chrono::microseconds;

// A command, a line up to where it announces a literal (Input::kLiteral), a line of a login, what is to end IDLE, or the
// connection itself (Input::kConnect), which has no octets.
struct Line {
  imap::Input input = imap::Input::kConnect;
  std::string bytes;        // of the wire, literals and line end included
  std::uint64_t begin = 0;  // its place among all octets of the client
  protocol::LineEnd line_end = protocol::LineEnd::kCrlf;
  imap::ParsedCommand parsed;  // of a command, and of what there is of one
  bool is_too_long = false;    // only its beginning is here

  // Of `bytes`, those before this one were told before: up to a literal.
  std::size_t fresh = 0;
  microseconds first{};    // when the first of the others came
  bool is_joined = false;  // … together with the last octet before it
  // How many answers to what came before were still to come then, and of the next one in order how many octets had left. Only
  // where that is sure.
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
  [[nodiscard]] bool is_connection() const { return input == imap::Input::kConnect; }
  // It has a tag and a verb, or should have them, and is whole.
  [[nodiscard]] bool is_command() const {
    using imap::Input;
    return input != Input::kConnect && input != Input::kAuthResponse && input != Input::kDone && input != Input::kLiteral;
  }
  // The command, where it fits its grammar.
  [[nodiscard]] const imap::Command* command() const { return is_command() && parsed.command ? &*parsed.command : nullptr; }
  [[nodiscard]] bool is(imap::Input verb) const { return is_command() && parsed.verb == verb; }
  // The messages that it names, by number or UID (parsed.by_uid); null: none.
  [[nodiscard]] const imap::SequenceSet* messages() const;
};

// An answer, whole: untagged data, and the line that ends it; and the times at which its octets left.
struct Heard {
  static constexpr std::size_t kMostKept = std::size_t{1} << 20;  // octets of one answer

  imap::Condition condition = imap::Condition::kOk;  // kBye: it ends the session in place of an answer
  std::string tag;
  std::string code;          // response code without its brackets
  std::string text;          // behind both; of "+" the challenge
  std::size_t data = 0;      // responses before the last
  std::size_t fetched = 0;   // … of which so many are of FETCH
  bool says_ok = false;      // one of them is an untagged OK
  std::string bytes;         // of the wire; only the first kMostKept
  std::uint64_t event = 0;   // that holds its first octet
  std::uint64_t octets = 0;  // of the wire
  std::vector<core::Piece> pieces;
  microseconds first{};
  microseconds last{};

  [[nodiscard]] bool is_ok() const { return condition == imap::Condition::kOk || condition == imap::Condition::kPreauth; }
  [[nodiscard]] bool is_more() const { return condition == imap::Condition::kMore; }
  [[nodiscard]] bool is_refusal() const { return !is_ok() && !is_more(); }
  // Code and text, in small letters.
  [[nodiscard]] std::string words() const;
};

struct Turn {
  Line line;
  std::optional<Heard> heard;
  std::uint64_t event = 0;  // kConnect: the one that says so
};

}  // namespace imap_judge
