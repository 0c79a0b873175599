// The base64 of a SASL exchange as a client sends it, and what beginners do to it (RFC 4954 §4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "smtp/remark.h"

namespace smtp {

// Where a response stands: "=" is the empty one behind the mechanism, later an empty line is (RFC 4954 §4).
enum class ResponsePlace : std::uint8_t { kInitial, kLater };

// Decodes a response. The error says what is wrong with the base64.
[[nodiscard]] core::Result<std::string> decode_response(std::string_view base64, ResponsePlace place = ResponsePlace::kInitial);

// What is odd about a response: no base64 at all, no padding, a Python literal b'…', a line end inside what it decodes
// to. `offset` is where it starts in its line; `plain`: it is the one response of mechanism PLAIN.
void remark_response(std::string_view base64, ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks);

}  // namespace smtp
