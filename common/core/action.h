// What a session wishes to be done: the only way in which the protocol core touches the world.
#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace core {

// Put these octets on the wire, after all earlier ones.
struct Send {
  std::string bytes;
  bool operator==(const Send&) const = default;
};

// Let this time pass before the next action of the list.
struct Pause {
  std::chrono::milliseconds time{};
  bool operator==(const Pause&) const = default;
};

// Close in order: what was sent before is delivered first.
struct Close {
  bool operator==(const Close&) const = default;
};

// Break the connection off: the peer sees a reset, and what it had not read yet may be lost.
struct Reset {
  bool operator==(const Reset&) const = default;
};

// What follows on this connection, in both directions, is inside TLS; what was sent before goes out first, in clear.
struct StartTls {
  bool operator==(const StartTls&) const = default;
};

// Carried out in order by net::Driver.
using Action = std::variant<Send, Pause, Close, Reset, StartTls>;
using Actions = std::vector<Action>;

}  // namespace core
