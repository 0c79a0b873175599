// What a client calls itself in EHLO and HELO.
#pragma once

#include <string>
#include <string_view>

namespace client {

// To the mock, whose lessons tell of it.
inline constexpr std::string_view kMockName = "client.example";

// host_name: of this computer, as it knows itself; local: this end of the connection, "192.0.2.1:50012" or
// "[2001:db8::1]:50012". A name without a domain, or one that holds on this computer only, is nobody's: the address in brackets
// stands in its place (RFC 5321 §4.1.3, §4.1.4).
[[nodiscard]] std::string own_name(std::string_view host_name, std::string_view local);

// The same of this computer.
[[nodiscard]] std::string own_name(std::string_view local);

}  // namespace client
