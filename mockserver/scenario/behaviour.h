// What a scenario answers: rules laid over the core server. No I/O; time and randomness come in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mockserver/scenario/lazy_values.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/scenario/tally.h"
#include "mockserver/scenario/template.h"
#include "protocol/server_session.h"

namespace scenario {

class Facts;
struct Moment;

struct Decision {
  protocol::Answer reply;                                         // what the server believes to have said; moves its state
  std::string bytes;                                              // what goes out for it; may be empty
  bool is_proposed = false;                                       // it is what the session proposes, word for word
  bool garbled = false;                                           // there is no reply in the bytes
  const ReplyEntry* words = nullptr;                              // of the scenario, where they are its words
  std::shared_ptr<const dialogue::Explanation> explanation = {};  // null when no rule has a word for it
  Effects effects = {};

  // Whether a message that is answered so is stored.
  [[nodiscard]] bool keeps() const { return effects.keep.value_or(reply.is_positive()); }
  [[nodiscard]] bool closes() const { return effects.then == Then::kClose; }
};

struct Now {
  std::int64_t unix_time = 0;           // seconds since 1970, for what a reply says
  std::chrono::milliseconds running{};  // on a clock that never goes back, for what is counted
};

// Whose mailbox it is: of somebody whose login is right.
using MailboxOf = std::function<mailbox::Mailbox&(std::string_view user)>;

// The behaviour of one connection. REQUIRES: scenario and history outlive it.
class Behaviour {
 public:
  // number: of the connection, from 1. values: {id} and what else only the connection knows. mailbox_of: asked where the
  // protocol reads a mailbox.
  Behaviour(const Scenario& scenario, History& history, std::uint64_t number, LazyValues values, MailboxOf mailbox_of = {});

  // The first rule that matches and has a reply decides, and those before it without one add to it; where none has, what the
  // session proposed. A login that needs one more word of the server gets that first, as a challenge, and the decision with its
  // final claim. What the session proposes is changed accordingly, or moved from.
  Decision decide(protocol::Turn& turn, protocol::ServerSession& session, const Now& now);

  // on = "midway": mail data is coming in. Ends the dialogue (Decision::effects.then is set); nothing where no rule says so.
  // Each rule has its say once a message, when its other conditions first hold. What comes at once, a message or a chunk of
  // one, is asked for within decide(): how the network cuts it makes no difference.
  std::optional<Decision> decide_midway(const protocol::ServerSession& session, const Now& now);
  // on = "timeout"; nothing when no rule speaks of it.
  std::optional<Decision> decide_timeout(const protocol::ServerSession& session, const Now& now);

 private:
  struct Found;
  [[nodiscard]] Found find_rule(const protocol::Turn& turn, const Facts& facts, const Now& now);
  void follow_message(const protocol::Turn& turn, const protocol::ServerSession& session);
  Decision decide_in_own_words(protocol::Turn& turn, protocol::ServerSession& session, const Now& now);
  void reword(const protocol::Turn& turn, Decision& decision) const;
  Decision decide_freely(protocol::Turn& turn, protocol::ServerSession& session, const Now& now);
  void welcome(protocol::Turn& turn, protocol::ServerSession& session) const;
  static void admit(protocol::Turn& turn, Decision& decision);
  Decision speak_unasked(const Rule& rule, const Facts& facts, const Now& now) const;
  bool is_its_turn(std::size_t rule, const Facts& facts, const Now& now);
  Tally& own_tally();

  const Scenario* scenario_;
  History* history_;
  std::uint64_t number_;
  LazyValues values_;
  bool initial_response_ = false;    // the last command that began a login carried one
  std::vector<std::size_t> midway_;  // the rules for it, those for the fewest octets first
  std::vector<std::size_t> unmet_;   // of these, whose say about the message that comes is still to come
  MailboxOf mailbox_of_;
  std::size_t count_ = 0;               // how often the rule that decided last was met; {count}
  std::unique_ptr<Decision> withheld_;  // until the client has answered the last challenge
  std::unique_ptr<Tally> own_tally_;    // per = "connection"; made when first needed
};

}  // namespace scenario
