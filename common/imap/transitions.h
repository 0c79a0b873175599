// Where each kind of answer leads. A command may come where its row in input.h says so; what stands here are the answers that
// lead elsewhere. All others leave the state as it is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "imap/input.h"
#include "imap/state.h"

namespace imap {

// The kind of an answer, as far as the state cares.
enum class Outcome : std::uint8_t {
  kOk,
  kMore,     // "+": go on
  kRefused,  // NO and BAD
  kPreauth,  // of the greeting: the client is known already (RFC 9051 §7.1.4)
  kBye,      // the server says goodbye of its own accord (RFC 9051 §7.1.5)
};
inline constexpr std::size_t kOutcomeCount = 5;

struct Transition {
  StateSet from;
  Input on;
  Outcome outcome;
  State to;
  std::string_view rule;
};

inline constexpr std::array kTransitions{
    Transition{State::kConnected, Input::kConnect, Outcome::kOk, State::kNotAuthenticated, "RFC 9051 §7.1.1"},
    Transition{State::kConnected, Input::kConnect, Outcome::kPreauth, State::kAuthenticated, "RFC 9051 §7.1.4"},
    Transition{State::kConnected, Input::kConnect, Outcome::kBye, State::kLogout, "RFC 9051 §7.1.5"},
    // No greeting of the RFCs.
    Transition{State::kConnected, Input::kConnect, Outcome::kRefused, State::kLogout, "RFC 9051 §7.1"},
    Transition{State::kConnected, Input::kConnect, Outcome::kMore, State::kLogout, "RFC 9051 §7.1"},

    Transition{kBeforeLogin, Input::kStarttls, Outcome::kOk, State::kHandshake, "RFC 9051 §6.2.1"},
    Transition{kBeforeLogin, Input::kLogin, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.2.3"},
    Transition{kBeforeLogin, Input::kAuthenticate, Outcome::kMore, State::kSasl, "RFC 9051 §6.2.2"},
    Transition{kBeforeLogin, Input::kAuthenticate, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.2.2"},
    Transition{State::kSasl, Input::kAuthResponse, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.2.2"},
    Transition{State::kSasl, Input::kAuthResponse, Outcome::kRefused, State::kNotAuthenticated, "RFC 9051 §6.2.2"},

    Transition{kLoggedIn, Input::kSelect, Outcome::kOk, State::kSelected, "RFC 9051 §6.3.2"},
    Transition{kLoggedIn, Input::kExamine, Outcome::kOk, State::kSelected, "RFC 9051 §6.3.3"},
    // What was open is closed, whether or not another one can be opened.
    Transition{State::kSelected, Input::kSelect, Outcome::kRefused, State::kAuthenticated, "RFC 9051 §6.3.2"},
    Transition{State::kSelected, Input::kExamine, Outcome::kRefused, State::kAuthenticated, "RFC 9051 §6.3.3"},
    Transition{State::kSelected, Input::kClose, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.4.1"},
    Transition{State::kSelected, Input::kUnselect, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.4.2"},

    Transition{State::kAuthenticated, Input::kIdle, Outcome::kMore, State::kIdle, "RFC 9051 §6.3.13"},
    Transition{State::kSelected, Input::kIdle, Outcome::kMore, State::kIdleSelected, "RFC 9051 §6.3.13"},
    Transition{State::kIdle, Input::kDone, Outcome::kOk, State::kAuthenticated, "RFC 9051 §6.3.13"},
    Transition{State::kIdle, Input::kDone, Outcome::kRefused, State::kAuthenticated, "RFC 9051 §6.3.13"},
    Transition{State::kIdleSelected, Input::kDone, Outcome::kOk, State::kSelected, "RFC 9051 §6.3.13"},
    Transition{State::kIdleSelected, Input::kDone, Outcome::kRefused, State::kSelected, "RFC 9051 §6.3.13"},

    Transition{kAnyTime, Input::kLogout, Outcome::kOk, State::kLogout, "RFC 9051 §6.1.3"},
};

// The row for this triple, or null: the state stays.
const Transition* find_transition(State from, Input on, Outcome outcome);

// It may come there.
constexpr bool may_come(State state, Input input) { return row(input).in.has(state); }

}  // namespace imap
