// Under which names a provider is reached, and what stands at each of their ports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {
class Protocol;
}

namespace scenario {

struct Host {
  struct Port {
    std::uint16_t number = 0;
    bool is_tls = false;  // from the first octet on

    bool operator==(const Port&) const = default;
  };

  std::string name;
  const protocol::Protocol* protocol = nullptr;  // that it speaks; never null
  std::vector<Port> ports;

  bool operator==(const Host&) const = default;
};

// "smtp.qq.com 25 587 465/tls", "pop.qq.com pop3 110 995/tls": a name, what it speaks where that is not `usual`, and at least
// one port. Nothing: it is none.
[[nodiscard]] std::optional<Host> parse_host(std::string_view text, const protocol::Protocol& usual);

}  // namespace scenario
