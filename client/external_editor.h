// $EDITOR on a piece of text.
#pragma once

#include <string>

#include "core/result.h"

namespace client {

// Writes `text` to a temporary file that only its owner can read, runs $VISUAL or $EDITOR (or vi) on it and gives what
// the file holds then. Blocks. REQUIRES: the terminal is free. Errors say which command failed.
core::Result<std::string> edit_outside(const std::string& text);

}  // namespace client
