// The man page of a program, from its table.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"
#include "usage/table.h"

namespace usage {

// Section 1, as source for man(7) macros, in UTF-8. `version`: as --version
// prints it; the page's foot has what stands before its brackets.
[[nodiscard]] std::string manual(const Program& program, std::string_view version, core::Language language);

}  // namespace usage
