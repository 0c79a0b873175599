// The TLS handshake of one connection, as its scenario wants it: one that can succeed, or one that breaks on purpose.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "mockserver/broken_handshake.h"
#include "mockserver/scenario/scenario.h"
#include "net/stream.h"
#include "tls/engine.h"

namespace mockserver {

class Handshake {
 public:
  // The server's side of one TLS connection.
  using MakeEngine = std::function<core::Result<std::unique_ptr<tls::Engine>>()>;

  // From here on the stream speaks TLS, or this handshake breaks. A version that our library has given up is refused as one
  // server refuses another, with the alert protocol_version; what was lacking is given.
  std::optional<core::Error> begin(net::Stream& stream, scenario::Handshake how, const MakeEngine& make_engine);

  // It was begun and will never succeed: what comes is for receive().
  [[nodiscard]] bool is_broken() const { return broken_ != nullptr; }
  // REQUIRES: is_broken().
  [[nodiscard]] std::optional<BrokenHandshake::Blow> receive(std::string_view octets) { return broken_->receive(octets); }
  // The client takes part in it, or cannot: that it says nothing else is no silence. REQUIRES: it is under way.
  [[nodiscard]] bool is_heard(const net::Stream& stream) const;

 private:
  std::unique_ptr<BrokenHandshake> broken_;  // instead of one that could succeed
};

}  // namespace mockserver
