// Asks the person for a secret on the terminal, without showing it.
#pragma once

#include <string_view>

#include "core/result.h"
#include "core/secret.h"

namespace send {

// Prints `question` and reads a line from the terminal of this program without echo. Backspace and Ctrl-U mend it. Errors
// (Blame::kInput): standard input is no terminal; Ctrl-C or Ctrl-D.
core::Result<core::Secret> ask_secret(std::string_view question);

}  // namespace send
