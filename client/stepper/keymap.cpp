#include "client/stepper/keymap.h"

#include <algorithm>

namespace stepper {

std::optional<Act> act_of(const screen::Key& key, bool all_panes_shown) {
  if (all_panes_shown && key.name == screen::KeyName::kTab) return Act::kAnotherStep;
  const auto* const hit = std::find_if(kKeymap.begin(), kKeymap.end(), [&](const KeyRow& row) {
    return row.name == key.name && (row.name != screen::KeyName::kText || row.text == key.text);
  });
  if (hit == kKeymap.end()) return std::nullopt;
  return hit->act;
}

std::optional<std::string_view> shown_key(const KeyRow& row, bool all_panes_shown) {
  if (!all_panes_shown) return row.shown;
  if (row.act == Act::kNextPane) return std::nullopt;
  return row.act == Act::kAnotherStep ? "Tab" : row.shown;
}

}  // namespace stepper
