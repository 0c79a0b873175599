// The options of smtplab-mock.
#pragma once

#include "usage/table.h"

namespace mockserver {

[[nodiscard]] const usage::Program& command_table();

}  // namespace mockserver
