// A set of enumerators, for the tables.
#pragma once

#include <cstdint>

namespace pop3 {

// E has fewer than 32 enumerators, from 0 on.
template <typename E>
class Set {
 public:
  constexpr Set() = default;
  constexpr Set(E one) : bits_(bit(one)) {}  // NOLINT(google-explicit-constructor): a set of one
  constexpr static Set all() { return Set(~std::uint32_t{0}); }

  friend constexpr Set operator|(Set a, Set b) { return Set(a.bits_ | b.bits_); }
  [[nodiscard]] constexpr bool has(E one) const { return (bits_ & bit(one)) != 0; }

 private:
  constexpr explicit Set(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit(E one) { return std::uint32_t{1} << static_cast<unsigned>(one); }

  std::uint32_t bits_ = 0;
};

}  // namespace pop3
