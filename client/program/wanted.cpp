#include "client/program/wanted.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace program {
namespace {

constexpr std::size_t kShortestHeader = 20;  // octets, of IPv4 (RFC 791 §3.1)
constexpr std::uint16_t kNames = 53;

std::uint8_t octet(std::string_view packet, std::size_t at) { return static_cast<std::uint8_t>(packet[at]); }

std::uint16_t number(std::string_view packet, std::size_t at) {
  return static_cast<std::uint16_t>(octet(packet, at) << 8U | octet(packet, at + 1));
}

}  // namespace

std::optional<Place> destination_of(std::string_view packet) {
  if (packet.size() < kShortestHeader || octet(packet, 0) >> 4U != 4) return std::nullopt;
  const std::size_t header = std::size_t{4} * (octet(packet, 0) & 0xFU);
  if (header < kShortestHeader || packet.size() < header + 4) return std::nullopt;
  const std::uint8_t protocol = octet(packet, 9);
  const bool is_udp = protocol == IPPROTO_UDP;
  if (!is_udp && protocol != IPPROTO_TCP) return std::nullopt;
  const std::uint16_t from = number(packet, header);
  const std::uint16_t to = number(packet, header + 2);
  if (is_udp && (from == kNames || to == kNames)) return std::nullopt;
  std::array<char, INET_ADDRSTRLEN> address{};
  inet_ntop(AF_INET, packet.data() + 16, address.data(), address.size());
  return Place{address.data(), to, is_udp};
}

Wanted::Wanted(net::Loop& loop, int packets)
    : packets_(packets), readable_(loop, packets, [this] {
        if (!take()) readable_.pause();  // it is broken
      }) {}

bool Wanted::take() {
  std::array<char, 128> packet{};
  const ssize_t got = recv(packets_.number(), packet.data(), packet.size(), 0);
  if (got <= 0) return false;
  if (const auto place = destination_of({packet.data(), static_cast<std::size_t>(got)}); place && places_.size() < kMost)
    places_.insert(*place);
  return true;
}

void Wanted::look() {
  while (take()) continue;
}

}  // namespace program
