// Socket addresses as text. Internal to net/.
#pragma once

#include <string>

struct sockaddr;

namespace net {

// "127.0.0.1" or "::1".
[[nodiscard]] std::string address_text(const sockaddr& address);

// "127.0.0.1:25" or "[::1]:25".
[[nodiscard]] std::string endpoint_text(const sockaddr& address);

}  // namespace net
