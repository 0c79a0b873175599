// Base64 as RFC 4648 §4 writes it, strict, with an error that says what a beginner got wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace core {

// Encodes any octets; the result has padding and no line ends.
[[nodiscard]] std::string base64_encode(std::string_view octets);

// Decodes `text`. Errors (Blame::kPeer) name the first octet that does not belong, or the padding that is missing.
// Accepts exactly what base64_encode gives: no white space, padding present, unused bits zero.
[[nodiscard]] Result<std::string> base64_decode(std::string_view text);

}  // namespace core
