#include "protocol/known.h"

#include <algorithm>

namespace protocol {

const Protocol* find(std::string_view name) {
  const std::span<const Protocol* const> all = known();
  const auto hit = std::find_if(all.begin(), all.end(), [&](const Protocol* one) { return one->name() == name; });
  return hit == all.end() ? nullptr : *hit;
}

}  // namespace protocol
