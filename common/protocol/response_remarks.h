// The remarks about a client's response in a SASL exchange (RFC 4954 §4, RFC 5034 §4).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "protocol/remark.h"
#include "sasl/response_line.h"

namespace protocol {

// What is odd about a response: no base64 at all, no padding, a Python literal b'…', a line end inside what it decodes to.
// offset: where it starts in its line; plain: it is the one response of mechanism PLAIN.
void remark_response(std::string_view base64, sasl::ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks);

}  // namespace protocol
