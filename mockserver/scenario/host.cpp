#include "mockserver/scenario/host.h"

#include <algorithm>
#include <charconv>

#include "protocol/known.h"
#include "protocol/protocol.h"

namespace scenario {
namespace {

// The next word, which is cut off; empty at the end.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

std::optional<Host::Port> parse_port(std::string_view word) {
  Host::Port port;
  port.is_tls = word.ends_with("/tls");
  if (port.is_tls) word.remove_suffix(4);
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), port.number);
  if (failed != std::errc{} || end != word.data() + word.size() || port.number == 0) return std::nullopt;
  return port;
}

}  // namespace

std::optional<Host> parse_host(std::string_view text, const protocol::Protocol& usual) {
  Host host;
  host.name = next_word(text);
  host.protocol = &usual;
  std::string_view word = next_word(text);
  if (const protocol::Protocol* const named = protocol::find(word); named != nullptr) {
    host.protocol = named;
    word = next_word(text);
  }
  for (; !word.empty(); word = next_word(text)) {
    const std::optional<Host::Port> port = parse_port(word);
    if (!port) return std::nullopt;
    host.ports.push_back(*port);
  }
  if (host.name.find('.') == std::string::npos || host.ports.empty()) return std::nullopt;
  return host;
}

}  // namespace scenario
