// What the operating system says of an error, in both languages.
#pragma once

#include "core/text.h"

namespace core {

// error: a value of errno. The few that people meet have Chinese words; of the others the number stands before the system's
// own.
[[nodiscard]] Text system_text(int error);

}  // namespace core
