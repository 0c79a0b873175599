#include "core/secret.h"

namespace core {

bool Secret::equals(std::string_view other) const {
  if (other.size() != octets_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < other.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(octets_[i]) ^ static_cast<unsigned char>(other[i]));
  }
  return difference == 0;
}

}  // namespace core
