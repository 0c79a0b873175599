// Which scenarios no walk in memory can follow: tests/lines and tests/client play them against the mock.
#pragma once

#include <algorithm>

#include "mockserver/scenario/scenario.h"

namespace scenario_test {

// What it shows only a connection can, or chance decides.
inline bool is_beyond_a_session(const scenario::Scenario& scenario) {
  return !scenario.failure.empty() || std::any_of(scenario.rules.begin(), scenario.rules.end(), [](const scenario::Rule& rule) {
    return rule.when.chance.has_value() || rule.on == scenario::On::kMidway;
  });
}

}  // namespace scenario_test
