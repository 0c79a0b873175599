// What is wrong with a message, whoever carries it: its header, its parts, its characters (RFC 5322, RFC 2045 to 2047).
#pragma once

#include <string_view>
#include <vector>

#include "findings/entity.h"
#include "findings/finding.h"

namespace findings {

// What the envelope said about the message.
struct Announced {
  bool eight_bit = false;  // BODY=8BITMIME, or none is needed
  bool utf8 = false;       // SMTPUTF8: header fields may hold UTF-8
};

// Spans in the message, of which `letter` is all but the line that a mailbox file puts in front. What follows from another one
// in the same message is left out, so is everything about line ends, which may be CRLF or LF here. Costs no more than a few
// looks at each octet.
[[nodiscard]] std::vector<Sight> letter_flaws(std::string_view message, const Entity& letter, const Announced& announced);

}  // namespace findings
