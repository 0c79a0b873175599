// Addresses as certificates hold them: octets (RFC 5280 §4.2.1.6). Internal to tls/.
#pragma once

#include <string>
#include <string_view>

namespace tls {

// The kinds of GeneralName that name a server (RFC 5280 §4.2.1.6).
inline constexpr int kDnsName = 2;
inline constexpr int kIpAddress = 7;

// 4 or 16 octets in network order; empty when the text is no numeric address. IPv6 may stand in brackets.
[[nodiscard]] std::string address_octets(std::string_view text);

// The inverse; of other lengths their octets in hexadecimal.
[[nodiscard]] std::string address_text(std::string_view octets);

}  // namespace tls
