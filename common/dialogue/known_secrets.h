// The passwords of one dialogue. Where they were said they are hidden by whoever parsed them; wherever the same octets appear
// again, in a reply that repeats the line, in a later command, in a note, they are hidden here.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "protocol/protocol.h"

namespace dialogue {

class KnownSecrets {
 public:
  // How many are kept, the newest: a client that guesses passwords must not make every event cost more.
  static constexpr std::size_t kMost = 24;
  // Octets below which a text is no password that can be told from other words.
  static constexpr std::size_t kShortest = 4;

  explicit KnownSecrets(const protocol::Protocol& what) : protocol_(&what) {}

  // What is said from here on is said in that protocol.
  void speaks(const protocol::Protocol& what) { protocol_ = &what; }

  // A password that is known before anybody says it: of the configuration, of an account.
  void learn(std::string_view password);

  // Those that the event hides.
  void learn(const Event& event);

  // Whether one of the passwords stands in what a client says.
  [[nodiscard]] bool stands_in(std::string_view octets) const { return !found_in(octets, false).empty(); }

  // Learns what the event hides, and hides in it what is known: in its octets by spans, which leave the line ends alone, in
  // the lines of its reply, its note and its decoded text by the mask itself.
  void apply(Event& event);
  // Hides in a text that somebody else has printed what is known.
  void hide(std::string& text) const;

 private:
  struct Known {
    std::string octets;
    bool is_password;  // sure to be one, hidden everywhere; otherwise only where something is repeated
  };

  void remember(std::string_view octets, bool is_password);
  [[nodiscard]] std::vector<core::Span> found_in(std::string_view octets, bool repeats) const;
  void hide_logins_in_message(Event& event);

  const protocol::Protocol* protocol_;
  std::deque<Known> known_;
  bool in_login_ = false;  // the part of a message that comes next stands behind an AUTH in it
};

}  // namespace dialogue
