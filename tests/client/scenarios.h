// Scenarios for the tests of conversations, and what is found in their logs.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "dialogue/log.h"
#include "mockserver/scenario/catalogue.h"

namespace test {

inline scenario::Scenario load(std::string_view id) {
  auto scenario = scenario::Catalogue::embedded().load(id);
  REQUIRE_MESSAGE(scenario, core::describe(scenario.error(), core::Language::kEnglish));
  return std::move(*scenario);
}

inline const dialogue::Event* find(const dialogue::Log& log, dialogue::Kind kind, std::string_view beginning = {}) {
  const auto& events = log.events();
  const auto hit = std::find_if(events.begin(), events.end(), [&](const dialogue::Event& event) {
    return event.kind == kind && event.bytes.starts_with(beginning);
  });
  return hit == events.end() ? nullptr : &*hit;
}

inline std::size_t count(const dialogue::Log& log, dialogue::Kind kind) {
  return static_cast<std::size_t>(std::count_if(log.events().begin(), log.events().end(),
                                                [&](const dialogue::Event& event) { return event.kind == kind; }));
}

}  // namespace test
