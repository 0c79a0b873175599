// The append-only log of one dialogue: of a connection, or of several that follow one another, each begun by kConnected.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape.h"
#include "dialogue/event.h"
#include "dialogue/known_secrets.h"

namespace dialogue {

// Numbers events and keeps them. Events are never removed; a reference stays valid as long as the log. What one event hides is
// hidden in those that follow as well.
class Log {
 public:
  // Octets that are kept of all events. Past it the longest of the oldest lose theirs, and tell how many these were.
  static constexpr std::size_t kMostKept = std::size_t{16} << 20U;
  // An event of fewer octets keeps them.
  static constexpr std::size_t kShort = 1024;

  // what: in which it is led, unless a connection says otherwise.
  explicit Log(const protocol::Protocol& what) : spoken_{{0, &what}}, secrets_(what) {}

  const Event& append(Event event);
  // Lets go of the octets of an event that is told and written down: a long message does not stay in memory. Only their number
  // is left (Event::dropped). index: in events().
  void forget_octets(std::size_t index);

  // A password that may be said: hidden wherever it appears.
  void learn(std::string_view password) { secrets_.learn(password); }
  // Whether a password that is known stands in these octets of a client.
  [[nodiscard]] bool knows(std::string_view octets) const { return secrets_.stands_in(octets); }

  [[nodiscard]] const std::deque<Event>& events() const { return events_; }
  [[nodiscard]] bool empty() const { return events_.empty(); }
  // What is spoken now.
  [[nodiscard]] const protocol::Protocol& spoken() const { return *spoken_.back().what; }
  // What is spoken on the connection of this event. REQUIRES: it stands in this log.
  [[nodiscard]] const protocol::Protocol& protocol_of(const Event& event) const;

 private:
  std::deque<Event> events_;
  std::size_t kept_ = 0;       // octets of events_
  std::size_t kept_from_ = 0;  // no long one before this index has its octets
  struct Spoken {
    std::uint64_t from = 0;  // number of an event
    const protocol::Protocol* what = nullptr;
  };
  std::vector<Spoken> spoken_;  // never empty
  KnownSecrets secrets_;
};

// Octets of a client; the event happened when the last of them came. input: as far as it is known.
Event client_octets(core::Octets wire, std::optional<protocol::Input> input = std::nullopt);

// What a client said. wire: the last Said::octets octets of it that came; those before them, of a long message that is told in
// parts, stand in events before.
Event from_said(const protocol::Said& said, core::Octets wire);

// What a server said. The caller adds the pieces, and the time.
Event from_answer(const protocol::Answer& answer, std::string bytes, protocol::Input answers,
                  const std::optional<protocol::StateChange>& change);

}  // namespace dialogue
