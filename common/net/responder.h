// A UDP socket that answers every datagram by itself.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/loop.h"

namespace net {

class Responder {
 public:
  using Answer = std::function<std::optional<std::string>(std::string_view datagram)>;

  // On a socket that somebody else has bound; owned from here on, also after an error. `answer` runs inside the loop; nothing
  // is sent where it gives nothing, nor where the network does not take it at once.
  static core::Result<std::unique_ptr<Responder>> adopt(Loop& loop, int socket, Answer answer);
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

 private:
  struct Handle;
  explicit Responder(Handle* handle) : handle_(handle) {}
  Handle* handle_;
};

}  // namespace net
