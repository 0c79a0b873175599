// What is given to a program, in the place of {names}.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "client/labs/lab.h"

namespace lab {

// Each {name} that is given is replaced; other braces stay. told: gets the names that stood there; may be null.
[[nodiscard]] std::string filled(std::string_view text, const Given& given, std::set<std::string>* told = nullptr);

// The lab's, with what the trial gives instead.
[[nodiscard]] Given given_in(const Lab& lab, const Trial& trial);

}  // namespace lab
