// A server as a client finds it, before a word is said.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/protocol.h"

namespace client {

struct Door {
  std::string host;  // to connect to
  std::uint16_t port = 0;
  std::string name;                                    // that its certificate has to be for
  const protocol::Protocol* protocol = nullptr;        // never null
  const protocol::ServerSettings* settings = nullptr;  // of the embedded mock; null: of a real server nobody knows them
  bool begins_with_tls = false;
  bool is_one_of_several = false;  // of a path: which one it is has to be told
};

}  // namespace client
