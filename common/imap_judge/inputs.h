// Sets of inputs; IMAP has more of them than core::EnumSet takes.
#pragma once

#include <cstdint>

#include "imap/input.h"

namespace imap_judge {

class Inputs {
 public:
  constexpr Inputs(imap::Input one)
      : bits_(std::uint64_t{1} << static_cast<unsigned>(one)) {}  // NOLINT: one value is a set of one

  [[nodiscard]] constexpr bool has(imap::Input one) const { return (bits_ & Inputs(one).bits_) != 0; }
  [[nodiscard]] friend constexpr Inputs operator|(Inputs a, Inputs b) {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  std::uint64_t bits_;
};
static_assert(imap::kInputCount <= 64);

}  // namespace imap_judge
