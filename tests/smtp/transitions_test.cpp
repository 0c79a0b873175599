#include "smtp/transitions.h"

#include <array>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "smtp/reply_classes.h"

namespace {

using smtp::Input;
using smtp::Outcome;
using smtp::State;

// RFC 5321 §4.1.4, RFC 4954 §4, RFC 3207 §4, RFC 3030 §2 and RFC 1985, written down again: x legal, . refused. Columns are the
// states in their order: connected greeted ready auth mail rcpt data bdat handshake refused closed.
struct LegalRow {
  Input input;
  std::string_view legal;
};

constexpr std::array kLegalRows{
    LegalRow{Input::kHelo, ".xx.xx.x..."},    LegalRow{Input::kEhlo, ".xx.xx.x..."},
    LegalRow{Input::kMail, "..x........"},    LegalRow{Input::kRcpt, "....xx....."},
    LegalRow{Input::kData, ".....x....."},    LegalRow{Input::kBdat, ".....x.x..."},
    LegalRow{Input::kRset, ".xx.xx.x..."},    LegalRow{Input::kVrfy, ".xx.xx.x..."},
    LegalRow{Input::kExpn, ".xx.xx.x..."},    LegalRow{Input::kHelp, ".xx.xx.x..."},
    LegalRow{Input::kNoop, ".xx.xx.x..."},    LegalRow{Input::kQuit, ".xx.xx.x.x."},
    LegalRow{Input::kAuth, "..x........"},    LegalRow{Input::kStarttls, "..x.xx.x..."},
    LegalRow{Input::kEtrn, "..x........"},    LegalRow{Input::kUnknown, "..........."},
    LegalRow{Input::kConnect, "x.........."}, LegalRow{Input::kAuthResponse, "...x......."},
    LegalRow{Input::kMessage, ".....xxx..."},
};

constexpr std::array kStates{State::kConnected, State::kGreeted, State::kReady, State::kAuth,
                             State::kMail,      State::kRcpt,    State::kData,  State::kBdat,
                             State::kHandshake, State::kRefused, State::kClosed};

// Where each outcome leads; "-" where the table has nothing to say.
struct Lead {
  State from;
  Input on;
  Outcome outcome;
  State to;
};

constexpr std::array kLeads{
    Lead{State::kConnected, Input::kConnect, Outcome::kPositive, State::kGreeted},
    Lead{State::kConnected, Input::kConnect, Outcome::kNegative, State::kRefused},
    Lead{State::kGreeted, Input::kHelo, Outcome::kPositive, State::kReady},
    Lead{State::kGreeted, Input::kEhlo, Outcome::kPositive, State::kReady},
    Lead{State::kGreeted, Input::kRset, Outcome::kPositive, State::kGreeted},
    Lead{State::kReady, Input::kAuth, Outcome::kIntermediate, State::kAuth},
    Lead{State::kReady, Input::kAuth, Outcome::kPositive, State::kReady},
    Lead{State::kAuth, Input::kAuthResponse, Outcome::kIntermediate, State::kAuth},
    Lead{State::kAuth, Input::kAuthResponse, Outcome::kPositive, State::kReady},
    Lead{State::kAuth, Input::kAuthResponse, Outcome::kNegative, State::kReady},
    Lead{State::kReady, Input::kMail, Outcome::kPositive, State::kMail},
    Lead{State::kMail, Input::kRcpt, Outcome::kPositive, State::kRcpt},
    Lead{State::kMail, Input::kRset, Outcome::kPositive, State::kReady},
    Lead{State::kMail, Input::kEhlo, Outcome::kPositive, State::kReady},
    Lead{State::kMail, Input::kNoop, Outcome::kPositive, State::kMail},
    Lead{State::kRcpt, Input::kRcpt, Outcome::kPositive, State::kRcpt},
    Lead{State::kRcpt, Input::kRset, Outcome::kPositive, State::kReady},
    Lead{State::kRcpt, Input::kHelo, Outcome::kPositive, State::kReady},
    Lead{State::kRcpt, Input::kData, Outcome::kIntermediate, State::kData},
    Lead{State::kReady, Input::kStarttls, Outcome::kPositive, State::kHandshake},
    Lead{State::kMail, Input::kStarttls, Outcome::kPositive, State::kHandshake},
    Lead{State::kRcpt, Input::kStarttls, Outcome::kPositive, State::kHandshake},
    Lead{State::kBdat, Input::kStarttls, Outcome::kPositive, State::kHandshake},
    Lead{State::kConnected, Input::kConnect, Outcome::kIntermediate, State::kRefused},
    Lead{State::kData, Input::kMessage, Outcome::kIntermediate, State::kReady},
    Lead{State::kRcpt, Input::kBdat, Outcome::kPositive, State::kBdat},
    Lead{State::kRcpt, Input::kBdat, Outcome::kNegative, State::kReady},
    Lead{State::kRcpt, Input::kMessage, Outcome::kPositive, State::kReady},
    Lead{State::kRcpt, Input::kMessage, Outcome::kNegative, State::kReady},
    Lead{State::kBdat, Input::kBdat, Outcome::kPositive, State::kBdat},
    Lead{State::kBdat, Input::kBdat, Outcome::kNegative, State::kReady},
    Lead{State::kBdat, Input::kMessage, Outcome::kPositive, State::kReady},
    Lead{State::kBdat, Input::kMessage, Outcome::kNegative, State::kReady},
    Lead{State::kBdat, Input::kRset, Outcome::kPositive, State::kReady},
    Lead{State::kBdat, Input::kEhlo, Outcome::kPositive, State::kReady},
    Lead{State::kBdat, Input::kNoop, Outcome::kPositive, State::kBdat},
    Lead{State::kBdat, Input::kQuit, Outcome::kPositive, State::kClosed},
    Lead{State::kData, Input::kMessage, Outcome::kPositive, State::kReady},
    Lead{State::kData, Input::kMessage, Outcome::kNegative, State::kReady},
    Lead{State::kReady, Input::kEtrn, Outcome::kPositive, State::kReady},
    Lead{State::kGreeted, Input::kQuit, Outcome::kPositive, State::kClosed},
    Lead{State::kReady, Input::kQuit, Outcome::kPositive, State::kClosed},
    Lead{State::kMail, Input::kQuit, Outcome::kPositive, State::kClosed},
    Lead{State::kRcpt, Input::kQuit, Outcome::kPositive, State::kClosed},
    Lead{State::kRefused, Input::kQuit, Outcome::kPositive, State::kClosed},
};

}  // namespace

TEST_CASE("smtp transitions: every pair of state and input is legal or refused as the RFCs say") {
  REQUIRE(kLegalRows.size() == smtp::kCommands.size());
  REQUIRE(kStates.size() == smtp::kStateCount);
  std::set<Input> listed;
  for (const LegalRow& row : kLegalRows) {
    listed.insert(row.input);
    REQUIRE(row.legal.size() == smtp::kStateCount);
    for (std::size_t i = 0; i < kStates.size(); ++i) {
      CAPTURE(std::string(smtp::name(row.input)));
      CAPTURE(std::string(smtp::name(kStates[i])));
      CHECK(smtp::has_transition(kStates[i], row.input) == (row.legal[i] == 'x'));
    }
  }
  CHECK(listed.size() == smtp::kCommands.size());
}

TEST_CASE("smtp transitions: what leads somewhere can answer, and only DATA and AUTH are answered 3yz") {
  for (const smtp::Transition& row : smtp::kTransitions) {
    // The two rows for servers that say it all the same lead to the end of what can be done.
    if (row.rule == "RFC 5321 §4.3.2") continue;
    const smtp::ReplyCode code(row.outcome == smtp::Outcome::kPositive   ? 250
                               : row.outcome == smtp::Outcome::kNegative ? 550
                                                                         : 354);
    for (const smtp::CommandRow& command : smtp::kCommands) {
      CAPTURE(std::string(command.name));
      if (row.on.has(command.input)) CHECK(smtp::can_answer(command.input, code));
    }
  }
  CHECK_FALSE(smtp::can_answer(smtp::Input::kConnect, smtp::ReplyCode(354)));
  CHECK_FALSE(smtp::can_answer(smtp::Input::kMail, smtp::ReplyCode(354)));
  CHECK_FALSE(smtp::can_answer(smtp::Input::kMessage, smtp::ReplyCode(354)));
  CHECK_FALSE(smtp::can_answer(smtp::Input::kData, smtp::ReplyCode(250)));
  CHECK(smtp::can_answer(smtp::Input::kData, smtp::ReplyCode(421)));
  CHECK(smtp::can_answer(smtp::Input::kUnknown, smtp::ReplyCode(334)));
}

TEST_CASE("smtp transitions: each class of reply leads where the RFCs say") {
  for (const Lead& lead : kLeads) {
    CAPTURE(std::string(smtp::name(lead.from)));
    CAPTURE(std::string(smtp::name(lead.on)));
    const smtp::Transition* const found = smtp::find_transition(lead.from, lead.on, lead.outcome);
    REQUIRE(found != nullptr);
    CHECK(found->next(lead.from) == lead.to);
    CHECK_FALSE(found->rule.empty());
  }
}

TEST_CASE("smtp transitions: a refused command has no row, except where the state changes all the same") {
  for (const smtp::Transition& row : smtp::kTransitions) {
    if (row.outcome != Outcome::kNegative) continue;
    CAPTURE(std::string(row.rule));
    for (const smtp::CommandRow& command : smtp::kCommands) {
      CAPTURE(std::string(command.name));
      const Input on = command.input;
      const bool changes = on == Input::kConnect || on == Input::kAuthResponse || on == Input::kMessage || on == Input::kBdat;
      if (row.on.has(on)) CHECK(changes);
    }
  }
}

TEST_CASE("smtp transitions: only DATA and SASL are answered by 3xx, and 2xx to DATA is no row") {
  for (const smtp::Transition& row : smtp::kTransitions) {
    if (row.outcome != Outcome::kIntermediate) continue;
    if (row.rule == "RFC 5321 §4.3.2") continue;  // what no server may say, and what is made of it
    CHECK((row.on == smtp::InputSet(Input::kData) || row.on == smtp::InputSet(Input::kAuth) ||
           row.on == smtp::InputSet(Input::kAuthResponse)));
  }
  CHECK(smtp::find_transition(State::kRcpt, Input::kData, Outcome::kPositive) == nullptr);
  CHECK(smtp::find_transition(State::kReady, Input::kMail, Outcome::kIntermediate) == nullptr);
}

TEST_CASE("smtp transitions: names of states are all different") {
  std::set<std::string_view> names;
  for (const State state : kStates) names.insert(smtp::name(state));
  CHECK(names.size() == smtp::kStateCount);
  CHECK(smtp::name(State::kConnected) == "connected");
  CHECK(smtp::name(State::kClosed) == "closed");
}

TEST_CASE("smtp transitions: the outcome is the first digit") {
  CHECK(smtp::outcome_of(smtp::ReplyCode(200)) == Outcome::kPositive);
  CHECK(smtp::outcome_of(smtp::ReplyCode(299)) == Outcome::kPositive);
  CHECK(smtp::outcome_of(smtp::ReplyCode(334)) == Outcome::kIntermediate);
  CHECK(smtp::outcome_of(smtp::ReplyCode(421)) == Outcome::kNegative);
  CHECK(smtp::outcome_of(smtp::ReplyCode(599)) == Outcome::kNegative);
}
