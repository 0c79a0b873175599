// What to write instead, where a file is no TOML.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"
#include "document/document.h"

namespace document {

// For the place where the TOML library gave up (which may lie behind the end of its line), and what it said. Empty when nothing
// can be proposed. text: the whole file.
[[nodiscard]] core::Text toml_hint(std::string_view text, Position where, std::string_view said);

}  // namespace document
