#include "mockserver/scenario/rule.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace scenario {

const Asked* When::find(std::string_view key) const {
  assert(find_condition(key) != nullptr);
  const auto hit =
      std::find_if(conditions.begin(), conditions.end(), [&](const Condition& one) { return one.row->key == key; });
  return hit == conditions.end() ? nullptr : &hit->asked;
}

void When::ask(std::string_view key, Asked value) {
  const ConditionRow* const row = find_condition(key);
  assert(row != nullptr);
  const auto behind = std::find_if(conditions.begin(), conditions.end(), [&](const Condition& one) { return one.row >= row; });
  if (behind != conditions.end() && behind->row == row) {
    behind->asked = std::move(value);
  } else {
    conditions.insert(behind, {row, std::move(value)});
  }
}

}  // namespace scenario
