// What a rule's conditions ask about one turn of a session.
#pragma once

#include <cstddef>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mockserver/scenario/judge.h"
#include "mockserver/scenario/message_facts.h"
#include "mockserver/scenario/scenario.h"
#include "protocol/server_session.h"

namespace scenario {

// What neither the turn nor the session tells.
struct Around {
  bool initial_response = false;  // the command that began the login carried one
  std::size_t connections = 1;    // how many clients the server has now
};

// REQUIRES: scenario, session and turn outlive it. Cheap to make; the session is asked for each fact once, when it is needed.
class Facts {
 public:
  // While a turn is answered.
  Facts(const Scenario& scenario, const protocol::ServerSession& session, const protocol::Turn& turn, const Around& around);
  // Where nothing was said: for On::kMidway and On::kTimeout.
  Facts(const Scenario& scenario, const protocol::ServerSession& session, const Around& around);

  // Whether the rule is about this turn and its conditions hold, all but chance and counting. Costs no allocation unless it
  // asks for a text or the message, and next to nothing for a rule about something else: every rule is asked at every turn.
  // REQUIRES: there is a turn.
  [[nodiscard]] bool fit(const Rule& rule) const {
    if ((on_ >> static_cast<unsigned>(rule.on) & 1U) == 0) return false;
    if (rule.on == On::kCommand && rule.verb != turn_->input) return false;
    return (rule.on == On::kUnknown || form_fits(rule.when)) && conditions_hold(rule.when);
  }
  // The same for On::kMidway and On::kTimeout, which answer nothing that was said.
  [[nodiscard]] bool fit_unasked(const Rule& rule) const { return conditions_hold(rule.when); }

  // What the named groups of the rule's expressions stand for. REQUIRES: fit(rule).
  [[nodiscard]] Values captures(const Rule& rule) const;

  // What the session knows by this name: of a fact that is of this kind; what is not known is empty, nothing, 0, false.
  [[nodiscard]] std::string_view text(std::string_view name) const { return known_text(name).value_or(std::string_view()); }
  [[nodiscard]] std::optional<std::string_view> known_text(std::string_view name) const;
  [[nodiscard]] std::size_t number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::optional<bool> known_flag(std::string_view name) const;
  [[nodiscard]] const protocol::FactValue& fact(std::string_view name) const;

  // Where the session stands before the turn.
  [[nodiscard]] std::string_view state() const { return session_->state().name.en; }
  // The verb with which the client has introduced itself before, or kNoName.
  [[nodiscard]] std::string_view hello() const;
  [[nodiscard]] const Around& around() const { return around_; }
  // Of the credentials, when they are complete.
  [[nodiscard]] const std::optional<Judgement>& judgement() const { return judgement_; }

  // What the server is about to ask for in a login: a value of sasl::Wants. Nothing: it does not ask.
  [[nodiscard]] std::optional<Word> wants() const;
  // The line, or the finished message, shows this mistake.
  [[nodiscard]] bool shows(protocol::MistakeId mistake) const;
  // It is who has logged in. A user name without "@" is the local part of the user's address.
  [[nodiscard]] bool is_login(std::string_view address) const;
  // One of the recipients that the turn is about is such a one.
  [[nodiscard]] bool has_recipient(const Pattern& pattern, Values* captures) const;
  // … is an account of the scenario, or is none.
  [[nodiscard]] bool has_recipient_known(bool known) const;
  // The finished message. REQUIRES: the turn brings it.
  [[nodiscard]] MessageFacts& message() const;
  // The one address in its From field is that of the sender, or who has logged in.
  [[nodiscard]] bool from_is_sender() const;
  [[nodiscard]] bool from_is_login() const;

 private:
  [[nodiscard]] bool form_fits(const When& when) const;
  [[nodiscard]] bool conditions_hold(const When& when) const;
  // Whether the test says yes to one of the recipients that a condition is about.
  template <typename Test>
  [[nodiscard]] bool any_recipient(Test test) const;

  const Scenario* scenario_;
  const protocol::ServerSession* session_;
  const protocol::Turn* turn_ = nullptr;  // null: nothing was said
  Around around_;
  unsigned on_ = 0;  // bit by bit, the values of On that this turn is one of
  bool order_right_ = false;
  bool syntax_right_ = false;
  std::optional<Judgement> judgement_;
  mutable std::forward_list<std::pair<std::string_view, protocol::FactValue>> asked_;
  mutable std::optional<MessageFacts> message_;
};

}  // namespace scenario
