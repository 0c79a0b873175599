// Where a reply of a provider is known from, as a person reads it.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"

namespace client {

// An address as it is; the few sources that have words instead ("public source code", "course report D") in that language.
// Safe to print.
[[nodiscard]] std::string source_text(std::string_view source, core::Language language);

}  // namespace client
