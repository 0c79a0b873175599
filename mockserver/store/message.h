// A message with its envelope, as a store keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace store {

// A message the server answers 250 for.
struct Message {
  std::string reverse_path;                // without brackets; empty: the null path
  std::vector<std::string> forward_paths;  // without brackets
  std::string user;                        // who had logged in; may be empty
  std::string client;                      // what it called itself in HELO or EHLO; may be empty
  std::string client_address;              // "127.0.0.1:40125"
  std::int64_t received = 0;               // seconds since 1970
  std::string content;                     // octet for octet what was sent, unstuffed

  // Octets of memory that keeping it takes, about.
  [[nodiscard]] std::size_t size() const;
};

}  // namespace store
