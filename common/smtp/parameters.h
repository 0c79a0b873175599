// The parameters of MAIL, RCPT, VRFY and EXPN: which are offered, and what their values may be (RFC 5321 §4.1.1.11).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "smtp/command.h"
#include "smtp/extensions.h"
#include "smtp/session_state.h"

namespace smtp {

// Why a command is refused, as a reply.
struct Refusal {
  int code = 501;
  std::string_view enhanced;  // "5.5.4"
  std::string text;
};

// What is wrong with the parameters of `command`: 555 for one that `announced` does not bring, 501 for one that comes twice or
// has a value that is none, 552 for a SIZE above `size_limit`. Nothing when they are right.
[[nodiscard]] std::optional<Refusal> refuse_parameters(const Command& command, const Extensions& announced,
                                                       std::size_t size_limit);

// The command holds an address that is not ASCII, and SMTPUTF8 was said neither with it nor, for RCPT, with the MAIL before it
// (RFC 6531 §3.1, §3.7.4.2).
[[nodiscard]] bool lacks_smtputf8(const Command& command, const Memory& memory);

}  // namespace smtp
