// A scenario's rules as a person would say them.
#pragma once

#include <string>

#include "core/text.h"
#include "mockserver/scenario/scenario.h"

namespace commands {

// When the rule applies: "MAIL, not logged in".
[[nodiscard]] std::string situation_of(const scenario::Rule& rule, core::Language language);

// What happens then: "553 authentication is required,… (auth-required), then closes". REQUIRES: a rule of this scenario.
[[nodiscard]] std::string answer_of(const scenario::Rule& rule, const scenario::Scenario& scenario, core::Language language);

}  // namespace commands
