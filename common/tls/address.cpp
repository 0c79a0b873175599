#include "tls/address.h"

#include <array>

#include <arpa/inet.h>

#include "tls/reading.h"

namespace tls {

std::string address_octets(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return {};
  std::array<char, sizeof(in6_addr)> octets{};
  if (inet_pton(AF_INET, copy.c_str(), octets.data()) == 1) return {octets.data(), sizeof(in_addr)};
  if (inet_pton(AF_INET6, copy.c_str(), octets.data()) == 1) return {octets.data(), sizeof(in6_addr)};
  return {};
}

std::string address_text(std::string_view octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = octets.size() == sizeof(in_addr) ? AF_INET : AF_INET6;
  if (octets.size() != sizeof(in_addr) && octets.size() != sizeof(in6_addr)) return hex_text(octets);
  return inet_ntop(family, octets.data(), text.data(), static_cast<socklen_t>(text.size()));
}

}  // namespace tls
