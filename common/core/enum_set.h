// Some values of an enumeration: what a row of a table is about.
#pragma once

#include <cstdint>

namespace core {

// REQUIRES: the enumerators are numbers below 32. An enumeration that wants `kOne | kOther` declares that operator itself.
template <typename Enum>
class EnumSet {
 public:
  constexpr EnumSet(Enum one) : bits_(1U << static_cast<unsigned>(one)) {}  // NOLINT: one value is a set of one
  [[nodiscard]] static constexpr EnumSet all() { return EnumSet(~0U); }

  [[nodiscard]] constexpr bool has(Enum one) const { return (bits_ >> static_cast<unsigned>(one) & 1U) != 0; }
  friend constexpr EnumSet operator|(EnumSet a, EnumSet b) { return EnumSet(a.bits_ | b.bits_); }
  bool operator==(const EnumSet&) const = default;

 private:
  constexpr explicit EnumSet(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_;
};

}  // namespace core
