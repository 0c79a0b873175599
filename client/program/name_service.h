// The name server of a closed network, for whoever asks it over TCP: each message behind its length (RFC 1035 §4.2.2).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "client/program/names.h"
#include "net/stream.h"

namespace program {

// The first whole message of what has come, taken out of it; empty: there is none yet.
[[nodiscard]] std::string take_message(std::string& received);
// A message as it goes out.
[[nodiscard]] std::string with_length(std::string_view message);

class NameService {
 public:
  // Of more clients at once the others are let go.
  static constexpr std::size_t kMostClients = 50;

  // names outlives it.
  explicit NameService(Names& names) : names_(names) {}

  void accept(std::unique_ptr<net::Stream> client);

 private:
  struct Client {
    std::unique_ptr<net::Stream> stream;
    std::string received;
  };

  void hear(std::size_t id, std::string_view octets);

  Names& names_;
  std::unordered_map<std::size_t, Client> clients_;
  std::size_t last_ = 0;
};

}  // namespace program
