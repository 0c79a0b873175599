// The script of --script.
#pragma once

#include <string>

#include "core/result.h"

namespace lines {

// The file of this name, "-" is standard input, octet for octet. Errors (Blame::kInput, "file-unreadable") name it.
core::Result<std::string> read_script(const std::string& name);

}  // namespace lines
