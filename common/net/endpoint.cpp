#include "net/endpoint.h"

#include <array>
#include <cstdint>

#include <uv.h>

namespace net {

std::string address_text(const sockaddr& address) {
  if (address.sa_family == AF_INET6) {
    std::array<char, 64> text{};
    uv_ip6_name(reinterpret_cast<const sockaddr_in6*>(&address), text.data(), text.size());
    return text.data();
  }
  // Without snprintf, which would cost more than all else that is done for a new connection.
  const std::uint32_t octets = ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr);
  std::string text;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    text += std::to_string(octets >> shift & 0xFFU);
    if (shift > 0) text += '.';
  }
  return text;
}

std::string endpoint_text(const sockaddr& address) {
  if (address.sa_family == AF_INET6) {
    const auto port = ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return "[" + address_text(address) + "]:" + std::to_string(port);
  }
  return address_text(address) + ":" + std::to_string(ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port));
}

}  // namespace net
