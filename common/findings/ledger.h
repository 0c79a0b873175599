// The findings of one connection, in the order in which they became sure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.h"

namespace findings {

// Whoever does something wrong does it again in the next line: an id is told once. It is told anew only when it was a
// consequence before and now is a first cause.
class Ledger {
 public:
  // Gives the number under which it is known.
  std::uint64_t tell(Finding finding);
  // The number of what was told under this id.
  [[nodiscard]] std::optional<std::uint64_t> number_of(std::string_view id) const;
  [[nodiscard]] bool has(std::string_view id) const { return number_of(id).has_value(); }
  // Those that were told since the last call.
  [[nodiscard]] std::vector<Finding> take();

 private:
  struct Told {
    std::uint64_t number = 0;
    bool is_first_cause = false;
  };

  std::uint64_t last_ = 0;
  std::map<std::string, Told, std::less<>> told_;
  std::vector<Finding> news_;
};

}  // namespace findings
