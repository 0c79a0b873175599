// A listening TCP socket.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.h"
#include "net/loop.h"
#include "net/stream.h"

namespace net {

class Listener {
 public:
  // Listens on address (numeric, IPv4 or IPv6) and port (0: any free one). `accepted` gets each new connection.
  // Errors (Blame::kSystem) name address and port: in use, not allowed below 1024, not an address of this machine; a
  // text that is no numeric address is Blame::kInput. A connection that cannot be accepted (no file descriptor left) is
  // dropped, and listening goes on. `accepted` may destroy the listener; without one the port is only taken, and whoever
  // connects to it is refused.
  static core::Result<std::unique_ptr<Listener>> open(Loop& loop, const std::string& address, std::uint16_t port,
                                                      std::function<void(std::unique_ptr<Stream>)> accepted);
  // The same on a socket that somebody else has bound, in another network perhaps; owned from here on, also after an error.
  static core::Result<std::unique_ptr<Listener>> adopt(Loop& loop, int socket,
                                                       std::function<void(std::unique_ptr<Stream>)> accepted);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Handle;
  explicit Listener(Handle* handle) : handle_(handle) {}
  [[nodiscard]] static std::unique_ptr<Listener> make(Loop& loop, std::function<void(std::unique_ptr<Stream>)> accepted);
  [[nodiscard]] int begin();  // 0, or libuv's error
  Handle* handle_;
};

}  // namespace net
