// A function in a Python file as a program: `--python FILE:FUNCTION`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/labs/lab.h"
#include "core/result.h"

namespace lab {

// The command that imports the file, which is not `__main__` then, and calls the function with what is given for those of its
// parameters whose names say what they are (port, mailserver, sender, to …); the others keep their defaults. Errors
// (Blame::kInput): the form, the file, no such function in it, a parameter without a default that nobody knows.
[[nodiscard]] core::Result<std::vector<std::string>> python_call(const std::string& said, const Lab& lab);

}  // namespace lab
