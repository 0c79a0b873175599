// What a rule's conditions ask about one turn of a session.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mockserver/scenario/judge.h"
#include "mockserver/scenario/message_facts.h"
#include "mockserver/scenario/scenario.h"
#include "smtp/facts.h"
#include "smtp/session_state.h"

namespace scenario {

// What the turn alone does not tell. Views: must outlive the facts.
struct Around {
  std::string_view mechanism = {};  // of the AUTH command whose exchange runs; empty outside of one
  bool initial_response = false;    // it carried one
  std::size_t connections = 1;      // how many clients the server has now
};

// REQUIRES: turn, state and scenario outlive it. Cheap to make; texts are put together when first asked for.
class Facts : public smtp::Known {
 public:
  Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, const Around& around);

  // Whether the rule is about this turn and its conditions hold, all but chance and counting. Costs no allocation unless it
  // asks for an address or the message, and next to nothing for a rule about something else: every rule is asked at every turn.
  [[nodiscard]] bool fit(const Rule& rule) const {
    if ((on_ >> static_cast<unsigned>(rule.on) & 1U) == 0) return false;
    if (rule.on == On::kCommand && !asks(rule.verb)) return false;
    return (rule.on == On::kUnknown || form_fits(rule.when)) && conditions_hold(rule.when);
  }
  // The same for On::kMidway and On::kTimeout, which answer nothing that was said. REQUIRES: the turn is an empty one.
  [[nodiscard]] bool fit_unasked(const Rule& rule) const { return conditions_hold(rule.when); }

  // What the named groups of the rule's expressions stand for. REQUIRES: fit(rule).
  [[nodiscard]] Values captures(const Rule& rule) const;

  [[nodiscard]] smtp::State state() const { return state_->state(); }
  [[nodiscard]] const Around& around() const { return around_; }
  // Of the credentials, when they are complete.
  [[nodiscard]] const std::optional<Judgement>& judgement() const { return judgement_; }

  // How the client has introduced itself before this turn.
  [[nodiscard]] Hello hello() const;
  // What the server is about to ask for in a login: a value of sasl::Wants. Nothing: it does not ask.
  [[nodiscard]] std::optional<Word> wants() const;
  // The line, or the finished message, shows this mistake.
  [[nodiscard]] bool shows(smtp::RemarkKind mistake) const;
  // It is who has logged in. A user name without "@" is the local part of the user's address.
  [[nodiscard]] bool is_login(std::string_view address) const;
  // The recipient of this turn, or outside of RCPT one that was taken, is such a one.
  [[nodiscard]] bool has_recipient(const Pattern& pattern, Values* captures) const;
  // … is an account of the scenario, or is none.
  [[nodiscard]] bool has_recipient_known(bool known) const;
  // The finished message. REQUIRES: the turn brings it.
  [[nodiscard]] MessageFacts& message() const;
  // The one address in its From field is that of MAIL FROM, or who has logged in.
  [[nodiscard]] bool from_is_sender() const;
  [[nodiscard]] bool from_is_login() const;

 private:
  [[nodiscard]] bool form_fits(const When& when) const;
  [[nodiscard]] bool conditions_hold(const When& when) const;
  // Whether the test says yes to one of the recipients that a condition is about.
  template <typename Test>
  [[nodiscard]] bool any_recipient(Test test) const;

  const Scenario* scenario_;
  const smtp::SessionState* state_;
  Around around_;
  bool bad_credentials_ = false;  // the exchange ended without any: see facts.cpp
  unsigned on_ = 0;               // bit by bit, the values of On that this turn is one of
  bool order_right_ = false;
  bool syntax_right_ = false;
  std::optional<Judgement> judgement_;
  mutable std::optional<MessageFacts> message_;
};

}  // namespace scenario
