// What the tables of every protocol have in common: rows in the order of their enumerators, and those parts of them that
// everybody sees.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/text.h"
#include "protocol/fact.h"
#include "protocol/server_settings.h"

namespace protocol {

// Whether each row stands at the place of its input.
template <typename Row, std::size_t kCount>
constexpr bool stand_in_order(const std::array<Row, kCount>& inputs) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (static_cast<std::size_t>(inputs[i].input) != i) return false;
  }
  return true;
}

// The input whose verb this is, in any letter case; nothing for none and for an empty one.
template <typename Row, std::size_t kCount>
auto find_verb(const std::array<Row, kCount>& inputs, std::string_view verb) {
  const auto hit = std::find_if(inputs.begin(), inputs.end(), [&](const Row& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, verb);
  });
  return hit == inputs.end() ? std::nullopt : std::optional(hit->input);
}

// A limit, and where its number goes.
template <typename Limits>
struct Limit {
  LimitRow row;
  void (*take)(Limits&, std::size_t);
};

template <typename Limits, std::size_t kCount>
void take_limits(const std::array<Limit<Limits>, kCount>& all, const ServerSettings& settings, Limits& limits) {
  for (const Limit<Limits>& limit : all) {
    if (const auto hit = settings.limits.find(limit.row.name); hit != settings.limits.end()) limit.take(limits, hit->second);
  }
}

// What is seen of a table whose rows hold it.
template <typename Row, typename From, std::size_t kCount>
constexpr std::array<Row, kCount> rows_of(const std::array<From, kCount>& all) {
  std::array<Row, kCount> rows{};
  for (std::size_t i = 0; i < kCount; ++i) rows[i] = all[i].row;
  return rows;
}

// Likewise of a table of facts.
template <typename From, std::size_t kCount>
constexpr std::array<FactRow, kCount> told_of(const std::array<From, kCount>& facts) {
  std::array<FactRow, kCount> rows{};
  for (std::size_t i = 0; i < kCount; ++i) rows[i] = {facts[i].name, facts[i].about, facts[i].words};
  return rows;
}

}  // namespace protocol
