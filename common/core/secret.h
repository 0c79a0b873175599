// A password, kept apart from ordinary strings so that it cannot be printed by accident.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace core {

// What is shown instead of a secret. Always the same length, so that it tells nothing.
inline constexpr std::string_view kMask = "********";

// Owns a secret. There is no conversion to string: whoever needs the octets says reveal(), and can be found by that word.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string octets) : octets_(std::move(octets)) {}

  [[nodiscard]] const std::string& reveal() const { return octets_; }
  [[nodiscard]] bool empty() const { return octets_.empty(); }

  // Whether it is `other`, in time that depends on the lengths alone.
  [[nodiscard]] bool equals(std::string_view other) const;

 private:
  std::string octets_;
};

}  // namespace core
