// A dialogue of our own client, gathered as it goes on.
#pragma once

#include <cstdint>
#include <memory>

#include "client/conversation/conversation.h"
#include "client/labs/hand/gathering.h"
#include "client/labs/hand/record.h"

namespace hand {

class Following {
 public:
  // REQUIRES: both outlive it.
  Following(const lab::Lab& lab, const scenario::Scenario& scenario);

  // Takes what the dialogue has more than it had. A log that has less is another one: all is gathered anew. Gives the
  // connection on which something happened; 0: nothing did.
  std::uint64_t follow(const client::Conversation& conversation);

  [[nodiscard]] const Gathering& gathering() const { return *gathering_; }
  // All that was ever taken; connections of a log that was left before those of the next.
  [[nodiscard]] const std::vector<Happened>& happened() const { return happened_; }

 private:
  void begin();

  const lab::Lab& lab_;
  const scenario::Scenario& scenario_;
  std::unique_ptr<Gathering> gathering_;
  std::vector<Happened> happened_;
  std::uint64_t left_ = 0;  // connections of logs that were left
  std::uint64_t connection_ = 0;
  std::size_t events_ = 0;
  std::size_t verdicts_ = 0;
  const mockserver::StoredMessage* kept_ = nullptr;  // the last one; to be compared alone
};

}  // namespace hand
