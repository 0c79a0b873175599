// The base64 of a SASL exchange as a client sends it, and the remarks about it (RFC 4954 §4).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sasl/response_line.h"
#include "smtp/remark.h"

namespace smtp {

using sasl::decode_response;
using sasl::ResponsePlace;

// What is odd about a response: no base64 at all, no padding, a Python literal b'…', a line end inside what it decodes
// to. `offset` is where it starts in its line; `plain`: it is the one response of mechanism PLAIN.
void remark_response(std::string_view base64, ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks);

}  // namespace smtp
