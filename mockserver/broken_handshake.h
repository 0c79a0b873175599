// A TLS handshake that goes wrong on purpose (scenario key tls.handshake). No I/O: the client's octets in, what to do out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mockserver/scenario/scenario.h"

namespace mockserver {

class BrokenHandshake {
 public:
  // What kAlert says (RFC 5246 §7.2).
  enum class Alert : std::uint8_t { kHandshakeFailure = 40, kProtocolVersion = 70 };

  // REQUIRES: `how` is not kComplete.
  explicit BrokenHandshake(scenario::Handshake how, Alert alert = Alert::kHandshakeFailure) : how_(how), alert_(alert) {}

  struct Blow {
    std::string bytes;  // to be sent in clear; may be empty
    bool close = false;
    std::string_view note;  // in English, for the log
  };

  // Takes octets of the client; gives what the server does when the first TLS record, the ClientHello, is complete or when
  // they turn out to be no TLS. Once.
  std::optional<Blow> receive(std::string_view octets);

 private:
  scenario::Handshake how_;
  Alert alert_;
  std::string header_;  // of the first record
  std::size_t come_ = 0;
  bool done_ = false;
};

}  // namespace mockserver
