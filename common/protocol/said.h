// One thing a client said: a line, or a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/span.h"
#include "protocol/input.h"
#include "protocol/remark.h"

namespace protocol {

// How a line ended.
enum class LineEnd : std::uint8_t { kCrlf, kLf, kNone };

// A piece of a line, by the name that the grammar of its command gives it.
struct Part {
  std::string_view name;
  core::Span where;

  bool operator==(const Part&) const = default;
};

// Of a line that begins a login, and of one that goes on with it.
struct LoginPart {
  std::string mechanism;                    // upper case; empty in a line that goes on
  std::optional<core::Span> response = {};  // the base64, in the line
  std::string decoded = {};                 // what it says; empty where it is no base64

  bool operator==(const LoginPart&) const = default;
};

struct Said {
  Input input;
  std::string bytes;  // of a line, line end included; at most the limit; empty for a message that is no command's own octets
  // What it is of the wire: all octets since what was said before, those beyond a limit included. Whoever keeps a log has kept
  // them (core/tape.h); `bytes` are the first of them.
  std::size_t octets = 0;
  LineEnd line_end = LineEnd::kCrlf;
  std::string tag = {};                   // by which its answer is known, in a protocol that has such names
  bool is_command = false;                // it is a command that fits its grammar
  bool is_unread = false;                 // of a client: how it will be read is known only after an answer
  std::optional<core::Error> fault = {};  // what is wrong with it, when it does not
  bool is_too_long = false;               // … and that is its length
  std::optional<LoginPart> login = {};
  std::string message = {};  // of Role::kContent, and of a chunk: the octets, dots unstuffed, up to the limit
  bool has_chunk = false;    // a part of a message came with the command
  bool too_large = false;    // there was more of the message, which was dropped
  std::vector<Remark> remarks = {};
  std::vector<core::Span> secrets = {};  // in bytes

  // The line without its end; where octets of a length that was said before stand among it (RFC 9051 §4.3), with them.
  [[nodiscard]] std::string_view line() const {
    const std::size_t end = line_end == LineEnd::kCrlf ? 2 : line_end == LineEnd::kLf ? 1 : 0;
    return std::string_view(bytes).substr(0, bytes.size() - end);
  }
};

}  // namespace protocol
