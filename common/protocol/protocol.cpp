#include "protocol/protocol.h"

#include <algorithm>

#include "core/text.h"

namespace protocol {

Input Protocol::input(Role role) const {
  const std::span<const InputRow> rows = inputs();
  return *std::find_if(rows.begin(), rows.end(), [&](const InputRow& row) { return row.role == role; });
}

std::optional<Input> Protocol::find_input(std::string_view name) const {
  const std::span<const InputRow> rows = inputs();
  const auto hit = std::find_if(rows.begin(), rows.end(), [&](const InputRow& row) { return row.name == name; });
  return hit == rows.end() ? std::nullopt : std::optional(Input(*hit));
}

std::optional<Input> Protocol::find_command(std::string_view verb) const {
  const std::span<const InputRow> rows = inputs();
  const auto hit = std::find_if(rows.begin(), rows.end(), [&](const InputRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, verb);
  });
  return hit == rows.end() ? std::nullopt : std::optional(Input(*hit));
}

}  // namespace protocol
