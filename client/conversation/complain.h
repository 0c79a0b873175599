// Errors for the person who reads them.
#pragma once

#include <ostream>

#include "core/result.h"
#include "core/text.h"

namespace client {

// What went wrong and what to do, as a line of `out` with "smtplab: " in front.
void complain(const core::Error& error, core::Language language, std::ostream& out);

}  // namespace client
