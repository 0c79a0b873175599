#include "net/endpoint.h"

#include <array>

#include <uv.h>

namespace net {

std::string address_text(const sockaddr& address) {
  std::array<char, 64> text{};
  if (address.sa_family == AF_INET6) {
    uv_ip6_name(reinterpret_cast<const sockaddr_in6*>(&address), text.data(), text.size());
  } else {
    uv_ip4_name(reinterpret_cast<const sockaddr_in*>(&address), text.data(), text.size());
  }
  return text.data();
}

std::string endpoint_text(const sockaddr& address) {
  if (address.sa_family == AF_INET6) {
    const auto port = ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return "[" + address_text(address) + "]:" + std::to_string(port);
  }
  return address_text(address) + ":" + std::to_string(ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port));
}

}  // namespace net
