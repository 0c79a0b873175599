// The append-only log of one dialogue: of a connection, or of several that follow one another, each begun by kConnected.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string_view>

#include "dialogue/event.h"
#include "dialogue/known_secrets.h"

namespace dialogue {

// Numbers events and keeps them. Events are never removed; a reference stays valid as long as the log. What one event hides is
// hidden in those that follow as well.
class Log {
 public:
  const Event& append(Event event);
  // Lets go of the octets of an event that is told and written down: a long message does not stay in memory. Nothing else of it
  // changes. index: in events().
  void forget_octets(std::size_t index);

  // A password that may be said: hidden wherever it appears.
  void learn(std::string_view password) { secrets_.learn(password); }
  // Whether a password that is known stands in these octets of a client.
  [[nodiscard]] bool knows(std::string_view octets) const { return secrets_.stands_in(octets); }

  [[nodiscard]] const std::deque<Event>& events() const { return events_; }
  [[nodiscard]] bool empty() const { return events_.empty(); }

 private:
  std::deque<Event> events_;
  KnownSecrets secrets_;
};

// Events from what the sessions give. Time and chunks are the caller's to add.
Event from_said(const smtp::Said& said);
Event from_reply(const smtp::Reply& reply, std::string bytes, smtp::Input answers, const smtp::StateChange& change);

}  // namespace dialogue
