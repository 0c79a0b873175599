// What a rule's conditions ask about one turn of a session.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mockserver/scenario/judge.h"
#include "mockserver/scenario/scenario.h"
#include "smtp/server_session.h"

namespace scenario {

// REQUIRES: turn, state and scenario outlive it. Cheap to make; texts are put together when first asked for.
class Facts {
 public:
  // mechanism, initial_response: of the AUTH command whose exchange runs; empty and false outside of one.
  Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, std::string_view mechanism,
        bool initial_response);

  // Whether the rule decides this turn. Costs no allocation unless it asks for an address, and next to nothing for a rule
  // about something else: every rule is asked at every turn.
  [[nodiscard]] bool fit(const Rule& rule) const {
    if ((on_ >> static_cast<unsigned>(rule.on) & 1U) == 0) return false;
    return (rule.on != On::kCommand || rule.verb == turn_->input) && conditions_hold(rule);
  }

  // Whether what has happened in the session so far fits: `authenticated`, `hello` and `tls`.
  [[nodiscard]] bool session_fits(const When& when) const;

  [[nodiscard]] const smtp::Turn& turn() const { return *turn_; }
  [[nodiscard]] const smtp::Memory& memory() const { return state_->memory(); }
  // Of the credentials, when they are complete.
  [[nodiscard]] const std::optional<Judgement>& judgement() const { return judgement_; }

  // The verb and what stands behind it and a space, as written; views into the turn.
  [[nodiscard]] std::string_view verb() const;
  [[nodiscard]] std::string_view argument() const;
  // The address in MAIL FROM, of this turn or of the transaction; "" is the null path, nothing: no MAIL yet.
  [[nodiscard]] const std::optional<std::string>& sender() const;
  // The address in RCPT TO: of this turn; else the last that was taken; empty when there is none.
  [[nodiscard]] std::string recipient() const;

 private:
  [[nodiscard]] bool conditions_hold(const Rule& rule) const;
  [[nodiscard]] bool asks(smtp::Input verb) const { return turn_->input == verb; }
  [[nodiscard]] bool login_fits(const When& when) const;
  [[nodiscard]] bool envelope_fits(const When& when) const;
  [[nodiscard]] bool sender_is_login() const;
  // Whether the recipient of this turn, or outside of RCPT any that was taken, is such a one.
  template <typename Test>
  [[nodiscard]] bool some_recipient(Test test) const;

  const Scenario* scenario_;
  const smtp::Turn* turn_;
  const smtp::SessionState* state_;
  std::string_view mechanism_;
  bool initial_response_;
  bool bad_credentials_ = false;  // the exchange ended without any: see facts.cpp
  unsigned on_ = 0;               // bit by bit, the values of On that this turn is one of
  bool order_right_ = false;
  bool syntax_right_ = false;
  std::optional<Judgement> judgement_;
  mutable bool sender_made_ = false;
  mutable std::optional<std::string> sender_;
};

}  // namespace scenario
