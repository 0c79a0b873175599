#include "mockserver/broken_handshake.h"

#include <algorithm>

namespace mockserver {
namespace {

using Blow = BrokenHandshake::Blow;

// RFC 5246 §6.2.1: type, version (two octets), length (two octets).
constexpr std::size_t kRecordHeader = 5;
constexpr char kHandshakeRecord = 22;

// RFC 5246 §7.2: a record of type alert, TLS 1.2, two octets long: fatal, and the alert behind it.
constexpr std::string_view kFatal("\x15\x03\x03\x00\x02\x02", 6);

// What a program says that knows nothing of TLS. No record type is an 'H', so every client sees at the first octet that it is
// none.
constexpr std::string_view kGarbage = "Hello? This is not TLS.\r\n";

Blow blow_of(scenario::Handshake how, BrokenHandshake::Alert alert) {
  switch (how) {
    case scenario::Handshake::kAlert:
      return {std::string(kFatal) + static_cast<char>(alert), true,
              alert == BrokenHandshake::Alert::kProtocolVersion
                  ? "the handshake is refused on purpose, with the alert protocol_version"
                  : "the handshake is refused on purpose, with the alert handshake_failure"};
    case scenario::Handshake::kGarbage:
      return {std::string(kGarbage), false, "the handshake is answered on purpose with octets that are no TLS"};
    case scenario::Handshake::kClose: return {{}, true, "the connection is closed on purpose in the middle of the handshake"};
    case scenario::Handshake::kStall: return {{}, false, "the handshake is left unanswered on purpose"};
    case scenario::Handshake::kComplete: break;
  }
  return {};
}

}  // namespace

std::optional<Blow> BrokenHandshake::receive(std::string_view octets) {
  if (done_) return std::nullopt;
  header_.append(octets.substr(0, kRecordHeader - std::min(kRecordHeader, header_.size())));
  come_ += octets.size();
  if (header_.empty() || (header_.front() == kHandshakeRecord && header_.size() < kRecordHeader)) return std::nullopt;
  if (header_.front() == kHandshakeRecord) {
    const auto octet = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(header_[at])); };
    if (come_ < kRecordHeader + (octet(3) << 8U | octet(4))) return std::nullopt;
  }
  done_ = true;
  return blow_of(how_, alert_);
}

}  // namespace mockserver
