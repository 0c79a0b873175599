#include "client/stepper/keymap.h"

#include <algorithm>

namespace stepper {

std::optional<Act> act_of(const screen::Key& key, bool all_panes_shown) {
  if (all_panes_shown && key.name == screen::KeyName::kTab) return Act::kAnotherStep;
  const std::span<const KeyRow> rows = keymap();
  const auto hit = std::find_if(rows.begin(), rows.end(), [&](const KeyRow& row) {
    return row.name == key.name && (row.name != screen::KeyName::kText || row.text == key.text);
  });
  if (hit == rows.end()) return std::nullopt;
  return hit->act;
}

const KeyRow& key_row(Act act) {
  const std::span<const KeyRow> rows = keymap();
  return *std::find_if(rows.begin(), rows.end(), [&](const KeyRow& row) { return row.act == act; });
}

std::optional<std::string_view> shown_key(const KeyRow& row, bool all_panes_shown) {
  if (!all_panes_shown) return row.shown;
  if (row.act == Act::kNextPane) return std::nullopt;
  return row.act == Act::kAnotherStep ? "Tab" : row.shown;
}

}  // namespace stepper
