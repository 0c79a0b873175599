// Where a program wanted to go: read from the packets that open connections in its network.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "client/program/memory_file.h"
#include "client/program/plan.h"
#include "net/loop.h"
#include "net/readable.h"

namespace program {

// Where a packet goes to that opens a connection or is a datagram; nothing: it is an answer of the name server, or no such
// packet. packet: at least the headers of IPv4 and TCP or UDP.
[[nodiscard]] std::optional<Place> destination_of(std::string_view packet);

class Wanted {
 public:
  // Of more places than these the others are not remembered.
  static constexpr std::size_t kMost = 100;

  // packets: as of watch_packets(); this owns it.
  Wanted(net::Loop& loop, int packets);

  // Takes what is there to be taken.
  void look();
  [[nodiscard]] const std::set<Place>& places() const { return places_; }

 private:
  [[nodiscard]] bool take();

  Descriptor packets_;
  net::Readable readable_;
  std::set<Place> places_;
};

}  // namespace program
