#include "mockserver/handshake.h"

#include <utility>

namespace mockserver {

std::optional<core::Error> Handshake::begin(net::Stream& stream, scenario::Handshake how, const MakeEngine& make_engine) {
  if (how != scenario::Handshake::kComplete) {
    broken_ = std::make_unique<BrokenHandshake>(how);
    return std::nullopt;
  }
  auto engine = make_engine();
  if (engine) {
    stream.start_tls(std::move(*engine));
    return std::nullopt;
  }
  broken_ = std::make_unique<BrokenHandshake>(scenario::Handshake::kAlert, BrokenHandshake::Alert::kProtocolVersion);
  return std::move(engine.error());
}

bool Handshake::is_heard(const net::Stream& stream) const {
  return is_broken() || (stream.tls() != nullptr && stream.tls()->has_heard());
}

}  // namespace mockserver
