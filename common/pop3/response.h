// The remarks about a client's response in a SASL exchange (RFC 5034 §4).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "pop3/remark.h"
#include "sasl/response_line.h"

namespace pop3 {

// What is odd about a response. `offset` is where it starts in its line; plain: it is the one response of mechanism PLAIN.
void remark_response(std::string_view base64, sasl::ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks);

}  // namespace pop3
