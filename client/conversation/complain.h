// Errors for the person who reads them.
#pragma once

#include <ostream>
#include <string>

#include "core/result.h"
#include "core/text.h"

namespace client {

// What went wrong and what to do. Errors speak English; in Chinese one whose id is explained is told by that.
[[nodiscard]] std::string told(const core::Error& error, core::Language language);

// The same as a line of `out`, "smtplab: " in front.
void complain(const core::Error& error, core::Language language, std::ostream& out);

}  // namespace client
