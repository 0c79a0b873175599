// What a rule's conditions ask about one turn of a session.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mockserver/scenario/judge.h"
#include "mockserver/scenario/message_facts.h"
#include "mockserver/scenario/scenario.h"
#include "smtp/server_session.h"

namespace scenario {

// What the turn alone does not tell. Views: must outlive the facts.
struct Around {
  std::string_view mechanism = {};  // of the AUTH command whose exchange runs; empty outside of one
  bool initial_response = false;    // it carried one
  std::size_t connections = 1;      // how many clients the server has now
};

// REQUIRES: turn, state and scenario outlive it. Cheap to make; texts are put together when first asked for.
class Facts {
 public:
  Facts(const Scenario& scenario, const smtp::Turn& turn, const smtp::SessionState& state, const Around& around);

  // Whether the rule is about this turn and its conditions hold, all but chance and counting. Costs no allocation unless it
  // asks for an address or the message, and next to nothing for a rule about something else: every rule is asked at every turn.
  [[nodiscard]] bool fit(const Rule& rule) const {
    if ((on_ >> static_cast<unsigned>(rule.on) & 1U) == 0) return false;
    if (rule.on == On::kCommand && rule.verb != turn_->input) return false;
    return (rule.on == On::kUnknown || form_fits(rule.when)) && conditions_hold(rule.when);
  }
  // The same for On::kMidway and On::kTimeout, which answer nothing that was said. REQUIRES: the turn is an empty one.
  [[nodiscard]] bool fit_unasked(const Rule& rule) const { return conditions_hold(rule.when); }

  // What the named groups of the rule's expressions stand for. REQUIRES: fit(rule).
  [[nodiscard]] Values captures(const Rule& rule) const;

  [[nodiscard]] const smtp::Turn& turn() const { return *turn_; }
  [[nodiscard]] smtp::State state() const { return state_->state(); }
  [[nodiscard]] const smtp::Memory& memory() const { return state_->memory(); }
  [[nodiscard]] const Around& around() const { return around_; }
  // Of the credentials, when they are complete.
  [[nodiscard]] const std::optional<Judgement>& judgement() const { return judgement_; }

  // The verb and what stands behind it and a space, as written; views into the turn.
  [[nodiscard]] std::string_view verb() const;
  [[nodiscard]] std::string_view argument() const;
  // Of the AUTH command; empty outside of an exchange.
  [[nodiscard]] std::string_view mechanism() const { return around_.mechanism; }
  // What the client called itself, in this turn or before.
  [[nodiscard]] std::string_view client() const;
  // Who logs in with this turn, or has logged in; may be empty.
  [[nodiscard]] std::string_view user() const;
  // The address in MAIL FROM, of this turn or of the transaction; "" is the null path, nothing: no MAIL yet.
  [[nodiscard]] const std::optional<std::string>& sender() const;
  // The address in RCPT TO: of this turn; else the last that was taken; empty when there is none.
  [[nodiscard]] const std::string& recipient() const;
  // Octets that MAIL has announced with SIZE, in this turn or before (RFC 1870); nothing when it has not.
  [[nodiscard]] std::optional<std::size_t> declared_size() const;

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
  // How many were taken, at RCPT with this one.
  [[nodiscard]] std::size_t recipients() const;
  // The finished message. REQUIRES: the turn brings it.
  [[nodiscard]] MessageFacts& message() const;
  // The one address in its From field is that of MAIL FROM, or who has logged in.
  [[nodiscard]] bool from_is_sender() const;
  [[nodiscard]] bool from_is_login() const;

 private:
  [[nodiscard]] bool form_fits(const When& when) const;
  [[nodiscard]] bool conditions_hold(const When& when) const;
  [[nodiscard]] bool asks(smtp::Input verb) const { return turn_->input == verb; }
  // Whether the test says yes to one of the recipients that a condition is about.
  template <typename Test>
  [[nodiscard]] bool any_recipient(Test test) const;

  const Scenario* scenario_;
  const smtp::Turn* turn_;
  const smtp::SessionState* state_;
  Around around_;
  bool bad_credentials_ = false;  // the exchange ended without any: see facts.cpp
  unsigned on_ = 0;               // bit by bit, the values of On that this turn is one of
  bool order_right_ = false;
  bool syntax_right_ = false;
  std::optional<Judgement> judgement_;
  mutable bool sender_made_ = false;
  mutable std::optional<std::string> sender_;
  mutable std::optional<std::string> recipient_;
  mutable std::optional<MessageFacts> message_;
};

}  // namespace scenario
