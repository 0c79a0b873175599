// The commands and options of smtplab.
#pragma once

#include "usage/table.h"

namespace client {

[[nodiscard]] const usage::Program& command_table();

}  // namespace client
