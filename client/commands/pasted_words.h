// What `smtplab explain` says about a pasted text, in both languages.
#pragma once

#include <cstdint>

#include "client/explain/candidates.h"
#include "core/text.h"

namespace commands {

enum class Pasted : std::uint8_t {
  kWhere,      // label: where in the text
  kLine,       // "line"
  kOfLines,    // "of"
  kSaidBy,     // label: whose words
  kPrintedBy,  // label: which program
  kInGeneral,  // label: the general meaning by its name
  kPerhaps,    // heading: one of several
  kOthersSay,  // heading: who else says so
  kAServer,    // a server, nobody knows which
  kNumbers,    // heading: numbers that do not count
  kSuccess,    // nothing was refused
  kExpected,   // "expected": before the code that did not come
  kOutOfStep,  // what follows from that
  kLeftOut,    // octets that were not looked at
  kCount,
};

// In both languages. REQUIRES: not Pasted::kCount.
[[nodiscard]] const core::Text& text(Pasted which);

// Why a number does not count. REQUIRES: not Against::kNothing.
[[nodiscard]] const core::Text& text(explain::Against why);

}  // namespace commands
