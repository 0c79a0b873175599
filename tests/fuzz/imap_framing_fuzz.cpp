// Invariant: any octets give frames whose octets are all of the wire, each once and in order; a frame of a command holds no
// more than its limit; what is cut out is the same whole and byte by byte; whoever sends more than a client gets is given up;
// never a crash.
//
// The first octet of the input chooses the limits and whether literals are asked for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "imap/client_stream.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

std::string frames(std::string_view octets, std::size_t piece, const imap::StreamLimits& limits, std::uint8_t bits) {
  imap::ClientStream stream(limits);
  stream.set_logged_in((bits & 1U) != 0);
  std::string told;
  std::size_t taken = 0;
  for (std::size_t at = 0; at < octets.size() && !stream.gave_up(); at += piece) {
    stream.receive(octets.substr(at, piece));
    while (auto frame = stream.next()) {
      taken += frame->octets;
      demand(frame->bytes.size() <= limits.command + limits.message);
      demand(frame->kind != imap::Frame::Kind::kCommand || frame->bytes.ends_with('\n'));
      told += static_cast<char>(frame->kind);
      told += std::to_string(frame->octets) + frame->bytes;
      if (frame->kind != imap::Frame::Kind::kLiteral) continue;
      if ((bits & 2U) != 0 || frame->literal_too_long) {
        stream.refuse();
      } else {
        stream.go_ahead();
      }
    }
  }
  demand(stream.gave_up() || taken + stream.held() == octets.size());
  return stream.gave_up() ? "given up" : told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  imap::StreamLimits limits;
  limits.command = limits.before_login = 200;
  limits.message = 300;
  limits.discarded = 1U << 20U;  // more than an input has; how much is thrown away is counted in pieces
  limits.unasked = (data[0] & 4U) != 0 ? 20 : 4096;
  const std::string whole = frames(octets, octets.size() + 1, limits, data[0]);
  demand(frames(octets, 1, limits, data[0]) == whole);
  demand(frames(octets, 3, limits, data[0]) == whole);
  return 0;
}
