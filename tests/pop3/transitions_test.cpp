#include "pop3/transitions.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "pop3/not_now.h"
#include "pop3/session_state.h"
#include "tests/pop3/server.h"

namespace {

using pop3::Input;
using pop3::State;

// Which commands may come where; a pair that does not stand here may not.
const std::map<State, std::string> kLegal{
    {State::kConnected, "connect"},
    {State::kAuthorization, "user apop auth capa stls utf8 quit"},
    {State::kUser, "user pass apop auth capa stls utf8 quit"},
    {State::kSasl, "auth-response"},
    {State::kHandshake, ""},
    {State::kTransaction, "capa stat list retr dele noop rset top uidl quit"},
    {State::kUpdate, ""},
    {State::kClosed, ""},
};

std::string legal_in(State state) {
  std::string out;
  for (const pop3::InputRow& row : pop3::kInputs) {
    if (pop3::has_transition(state, row.input)) out += (out.empty() ? "" : " ") + std::string(row.name);
  }
  return out;
}

}  // namespace

TEST_CASE("pop3 transitions: every pair is legal or refused as the RFCs say") {
  for (std::size_t i = 0; i < pop3::kStateCount; ++i) {
    const auto state = static_cast<State>(i);
    CAPTURE(name(state));
    CHECK(legal_in(state) == kLegal.at(state));
  }
}

TEST_CASE("pop3 transitions: every row has its rule, and a row for +OK where it may come at all") {
  for (const pop3::Transition& row : pop3::kTransitions) CHECK(row.rule.rfind("RFC ", 0) == 0);
  for (std::size_t i = 0; i < pop3::kStateCount; ++i) {
    const auto state = static_cast<State>(i);
    for (const pop3::InputRow& row : pop3::kInputs) {
      CAPTURE(name(state));
      CAPTURE(row.name);
      const bool may_come = pop3::has_transition(state, row.input);
      CHECK(may_come == (pop3::find_transition(state, row.input, pop3::Outcome::kOk) != nullptr));
    }
  }
}

TEST_CASE("pop3 not now: what may not come is answered in words that fit") {
  struct Row {
    State state;
    Input input;
    pop3::RemarkKind remark;
  };
  for (const Row& row : {Row{State::kAuthorization, Input::kPass, pop3::RemarkKind::kPassBeforeUser},
                         Row{State::kAuthorization, Input::kStat, pop3::RemarkKind::kNotLoggedIn},
                         Row{State::kUser, Input::kUidl, pop3::RemarkKind::kNotLoggedIn},
                         Row{State::kTransaction, Input::kAuth, pop3::RemarkKind::kLoggedInAlready},
                         Row{State::kTransaction, Input::kStls, pop3::RemarkKind::kBadSequence},
                         Row{State::kTransaction, Input::kConnect, pop3::RemarkKind::kBadSequence}}) {
    const pop3::NotNow& found = pop3::find_not_now(row.state, row.input, pop3::Lacking::kState);
    CHECK(id(found.remark) == id(row.remark));
    CHECK_FALSE(found.text.empty());
  }
}

TEST_CASE("pop3 state: legal commands are those that may come and are not known to be missing") {
  const auto verbs = [](const pop3::SessionState& state) {
    std::string out;
    for (const Input input : state.legal_commands()) out += (out.empty() ? "" : " ") + std::string(row(input).verb);
    return out;
  };
  pop3::SessionState state;
  CHECK(verbs(state).empty());
  state.apply(Input::kConnect, nullptr, {pop3::Outcome::kOk, {}, "ready"});
  CHECK(verbs(state) == "USER AUTH CAPA STLS UTF8 QUIT");  // APOP needs a time stamp
  state.learn(pop3::Capabilities::from_lines({"USER", "UIDL"}));
  CHECK(verbs(state) == "USER CAPA QUIT");

  pop3::SessionState stamped;
  stamped.apply(Input::kConnect, nullptr, {pop3::Outcome::kOk, {}, "ready <1@a.b>"});
  CHECK(stamped.memory().time_stamp == "<1@a.b>");
  CHECK(verbs(stamped) == "USER APOP AUTH CAPA STLS UTF8 QUIT");
}

TEST_CASE("pop3 state: what looks like a time stamp and is none") {
  for (const std::string greeting : {"ready", "ready <here>", "ready <a b@c>", "ready 1@a.b", "a> <1@a.b"}) {
    CAPTURE(greeting);
    pop3::SessionState state;
    state.apply(Input::kConnect, nullptr, {pop3::Outcome::kOk, {}, greeting});
    CHECK(state.memory().time_stamp.empty());
  }
}

TEST_CASE("pop3 remarks: each has a name of its own") {
  std::set<std::string_view> ids(pop3::kRemarkIds.begin(), pop3::kRemarkIds.end());
  CHECK(ids.size() == pop3::kRemarkIds.size());
}
