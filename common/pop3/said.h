// One thing the client said: a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/command.h"
#include "protocol/said.h"

namespace pop3 {

using protocol::LineEnd;

struct Said {
  Input input = Input::kUnknown;  // the verb; kAuthResponse
  std::string bytes;              // as on the wire, line end included; at most the limit
  // What it is of the wire: all octets since what was said before, those beyond a limit included. Whoever keeps a log has kept
  // them; `bytes` are the first of them.
  std::size_t octets = 0;
  LineEnd line_end = LineEnd::kCrlf;
  bool is_unread = false;             // of a client: how it will be read is known only after an answer
  std::optional<Command> command;     // when it is a well-formed command
  std::optional<CommandError> fault;  // when it is a malformed one
  std::vector<Part> parts;
  std::vector<Remark> remarks;
  std::vector<core::Span> secrets;  // in bytes

  // The line without its end.
  [[nodiscard]] std::string_view line() const {
    return std::string_view(bytes).substr(0, bytes.size() - (line_end == LineEnd::kCrlf ? 2
                                                             : line_end == LineEnd::kLf ? 1
                                                                                        : 0));
  }
};

}  // namespace pop3
