// How the fuzz targets of the server sessions hand their input over.
#pragma once

#include <cstddef>
#include <string_view>

namespace fuzz {

// Where it stands in the input, a handshake of TLS that has begun ends.
inline constexpr char kHandshakeEnds = 0x1C;

// In pieces of `chunk` octets at most, as far as the session goes on. Run: session(), receive(), end_handshake().
template <typename Run>
void hand_over(std::string_view octets, std::size_t chunk, Run& run) {
  while (!octets.empty() && !run.session().is_over()) {
    if (octets.front() == kHandshakeEnds) {
      run.end_handshake();
      octets.remove_prefix(1);
      continue;
    }
    const std::string_view segment = octets.substr(0, octets.find(kHandshakeEnds));
    for (std::size_t at = 0; at < segment.size() && !run.session().is_over(); at += chunk)
      run.receive(segment.substr(at, chunk));
    octets.remove_prefix(segment.size());
  }
}

}  // namespace fuzz
