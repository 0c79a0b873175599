// What the states of a session are called: in the drawing, and wherever else one of them is named to a person.
#pragma once

#include <string_view>

#include "core/text.h"
#include "smtp/transitions.h"

namespace stepper {

[[nodiscard]] std::string_view state_name(smtp::State state, core::Language language);

}  // namespace stepper
