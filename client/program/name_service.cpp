#include "client/program/name_service.h"

#include <cstdint>
#include <utility>

namespace program {

std::string take_message(std::string& received) {
  if (received.size() < 2) return {};
  const std::size_t length =
      static_cast<std::size_t>(static_cast<std::uint8_t>(received[0])) << 8U | static_cast<std::uint8_t>(received[1]);
  if (received.size() < 2 + length) return {};
  std::string message = received.substr(2, length);
  received.erase(0, 2 + length);
  return message;
}

std::string with_length(std::string_view message) {
  std::string octets{static_cast<char>(message.size() >> 8U & 0xFFU), static_cast<char>(message.size() & 0xFFU)};
  return octets.append(message);
}

void NameService::accept(std::unique_ptr<net::Stream> client) {
  if (clients_.size() >= kMostClients) return;
  const std::size_t id = ++last_;
  net::Stream& stream = *(clients_[id].stream = std::move(client));
  stream.start({.on_bytes = [this, id](std::string_view octets) { hear(id, octets); },
                .on_end = [this, id] { clients_.erase(id); },
                .on_error = [this, id](const core::Error&) { clients_.erase(id); }});
}

void NameService::hear(std::size_t id, std::string_view octets) {
  Client& client = clients_.at(id);
  client.received += octets;
  for (std::string query; !(query = take_message(client.received)).empty();) {
    const auto answer = names_.answer(query);
    if (!answer) {
      clients_.erase(id);
      return;
    }
    client.stream->write(with_length(*answer));
  }
}

}  // namespace program
