// A list of JSON in a file, read element by element: nothing but one of them is in memory.
#pragma once

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <unordered_map>

#include "client/fetch/output.h"
#include "core/result.h"

namespace fetch {

// Whether the file holds one, be it edited by hand.
[[nodiscard]] bool is_list(const std::string& path);

// What stands in the first object of such a file, a text for each key; nothing when there is none.
[[nodiscard]] std::optional<std::unordered_map<std::string, std::string>> first_mail(const std::string& path);

// REQUIRES: is_list().
class ListFile {
 public:
  explicit ListFile(const std::string& path);

  // Another element stands there.
  [[nodiscard]] bool has_next() const { return has_next_; }
  // Its octets, without what stands around it. REQUIRES: has_next().
  [[nodiscard]] std::string next();
  // All that is left of the file, from the next element on. Gives how many octets that were. REQUIRES: has_next().
  core::Result<std::size_t> copy_rest(Output& to);

 private:
  void go_to_next();

  std::ifstream file_;
  bool has_next_ = false;
};

}  // namespace fetch
