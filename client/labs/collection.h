// The labs that are built in, and those of a teacher.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/labs/lab.h"
#include "core/result.h"

namespace lab {

// All that are built in, by number. Errors: as read_lab; in what is built in there are none.
[[nodiscard]] core::Result<std::vector<Lab>> built_in();

// By its id ("textbook-client"), its number ("5"), or as a file (anything with a slash, or that ends in .toml). Errors
// (Blame::kInput): there is none, with what is near; what is wrong with the file.
[[nodiscard]] core::Result<Lab> find(std::string_view name);

}  // namespace lab
