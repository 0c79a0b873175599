// The one table of the SMTP session: which input is legal in which state, and where each class of reply leads.
//
// The server's 503, the client's "you may send", the drawing of the states and the documentation all read it. A pair
// (state, input) without a row is a protocol error; there is no second opinion anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "smtp/input.h"
#include "smtp/reply.h"

namespace smtp {

enum class State : std::uint8_t {
  kConnected,  // TCP is up, the server has not spoken
  kGreeted,    // 220 was given, no HELO or EHLO yet
  kReady,      // HELO or EHLO was accepted; between transactions
  kAuth,       // inside a SASL exchange
  kMail,       // MAIL was accepted: there is a reverse-path
  kRcpt,       // at least one RCPT was accepted
  kData,       // 354 was given; the client sends the message
  kBdat,       // a chunk of the message was accepted, another must come (RFC 3030)
  kHandshake,  // 220 was given to STARTTLS; TLS begins (RFC 3207)
  kRefused,    // the greeting was 4xx or 5xx: only QUIT is left (RFC 5321 §3.1)
  kClosed,     // 221 or 421 was given
};
inline constexpr std::size_t kStateCount = 11;

// Lower-case names, in the order of State: "connected", "greeted", …
std::string_view name(State state);

// The class of a reply, as far as the state cares.
enum class Outcome : std::uint8_t {
  kPositive,      // 2xx
  kIntermediate,  // 3xx
  kNegative,      // 4xx, 5xx
};
Outcome outcome_of(ReplyCode code);

// What must be true of the session besides its state.
enum class Needs : std::uint8_t {
  kNothing,
  kLoginPossible,  // not logged in yet, and EHLO was said, unless the server's quirk takes AUTH after HELO
  kPlainText,      // not inside TLS yet
  kChunking,       // the answer to EHLO announced CHUNKING
  kLines,          // the message is made of lines: MAIL had no BODY=BINARYMIME
};

// One row. A refusal (kNegative) without a row of its own leaves the state as it is: a refused command changes nothing. So does
// one whose row needs what is not true.
struct Transition {
  State from;
  Input on;
  Outcome outcome;
  State to;
  std::string_view rule;
  Needs needs = Needs::kNothing;
};

inline constexpr std::array kTransitions{
    Transition{State::kConnected, Input::kConnect, Outcome::kPositive, State::kGreeted, "RFC 5321 §3.1"},
    Transition{State::kConnected, Input::kConnect, Outcome::kNegative, State::kRefused, "RFC 5321 §3.1"},
    // A server that says 3yz here speaks otherwise than the RFC: with it nothing can be begun, or gone on with.
    Transition{State::kConnected, Input::kConnect, Outcome::kIntermediate, State::kRefused, "RFC 5321 §4.3.2"},
    Transition{State::kRefused, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §3.1"},

    Transition{State::kGreeted, Input::kHelo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.1"},
    Transition{State::kGreeted, Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.1"},
    Transition{State::kGreeted, Input::kNoop, Outcome::kPositive, State::kGreeted, "RFC 5321 §4.1.4"},
    Transition{State::kGreeted, Input::kHelp, Outcome::kPositive, State::kGreeted, "RFC 5321 §4.1.4"},
    Transition{State::kGreeted, Input::kVrfy, Outcome::kPositive, State::kGreeted, "RFC 5321 §4.1.4"},
    Transition{State::kGreeted, Input::kExpn, Outcome::kPositive, State::kGreeted, "RFC 5321 §4.1.4"},
    Transition{State::kGreeted, Input::kRset, Outcome::kPositive, State::kGreeted, "RFC 5321 §4.1.1.5"},
    Transition{State::kGreeted, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},

    Transition{State::kReady, Input::kHelo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kAuth, Outcome::kIntermediate, State::kAuth, "RFC 4954 §4", Needs::kLoginPossible},
    Transition{State::kReady, Input::kAuth, Outcome::kPositive, State::kReady, "RFC 4954 §4", Needs::kLoginPossible},
    Transition{State::kReady, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4", Needs::kPlainText},
    Transition{State::kReady, Input::kMail, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.1.2"},
    Transition{State::kReady, Input::kRset, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.5"},
    Transition{State::kReady, Input::kNoop, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kHelp, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kVrfy, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kExpn, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kReady, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},

    Transition{State::kAuth, Input::kAuthResponse, Outcome::kIntermediate, State::kAuth, "RFC 4954 §4"},
    Transition{State::kAuth, Input::kAuthResponse, Outcome::kPositive, State::kReady, "RFC 4954 §4"},
    Transition{State::kAuth, Input::kAuthResponse, Outcome::kNegative, State::kReady, "RFC 4954 §4"},

    Transition{State::kMail, Input::kRcpt, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.1.3"},
    Transition{State::kMail, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4.2", Needs::kPlainText},
    Transition{State::kMail, Input::kHelo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kRset, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.5"},
    Transition{State::kMail, Input::kNoop, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kHelp, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kVrfy, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kExpn, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.4"},
    Transition{State::kMail, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},

    Transition{State::kRcpt, Input::kRcpt, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.1.3"},
    Transition{State::kRcpt, Input::kData, Outcome::kIntermediate, State::kData, "RFC 5321 §4.1.1.4", Needs::kLines},
    Transition{State::kRcpt, Input::kBdat, Outcome::kPositive, State::kBdat, "RFC 3030 §2", Needs::kChunking},
    Transition{State::kRcpt, Input::kBdat, Outcome::kNegative, State::kReady, "RFC 3030 §2", Needs::kChunking},
    Transition{State::kRcpt, Input::kMessage, Outcome::kPositive, State::kReady, "RFC 3030 §2", Needs::kChunking},
    Transition{State::kRcpt, Input::kMessage, Outcome::kNegative, State::kReady, "RFC 3030 §2", Needs::kChunking},
    Transition{State::kRcpt, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4.2", Needs::kPlainText},
    Transition{State::kRcpt, Input::kHelo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kRset, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.5"},
    Transition{State::kRcpt, Input::kNoop, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kHelp, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kVrfy, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kExpn, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.4"},
    Transition{State::kRcpt, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},

    Transition{State::kData, Input::kMessage, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.4"},
    Transition{State::kData, Input::kMessage, Outcome::kNegative, State::kReady, "RFC 5321 §4.1.1.4"},
    Transition{State::kData, Input::kMessage, Outcome::kIntermediate, State::kReady, "RFC 5321 §4.3.2"},

    Transition{State::kBdat, Input::kBdat, Outcome::kPositive, State::kBdat, "RFC 3030 §2"},
    Transition{State::kBdat, Input::kBdat, Outcome::kNegative, State::kReady, "RFC 3030 §2"},
    Transition{State::kBdat, Input::kMessage, Outcome::kPositive, State::kReady, "RFC 3030 §2"},
    Transition{State::kBdat, Input::kMessage, Outcome::kNegative, State::kReady, "RFC 3030 §2"},
    Transition{State::kBdat, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4.2", Needs::kPlainText},
    Transition{State::kBdat, Input::kHelo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kRset, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.5"},
    Transition{State::kBdat, Input::kNoop, Outcome::kPositive, State::kBdat, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kHelp, Outcome::kPositive, State::kBdat, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kVrfy, Outcome::kPositive, State::kBdat, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kExpn, Outcome::kPositive, State::kBdat, "RFC 5321 §4.1.4"},
    Transition{State::kBdat, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},
};

// The row for this triple, or null when there is none.
const Transition* find_transition(State from, Input on, Outcome outcome);

// Some row starts with this pair, whatever it needs.
bool has_transition(State from, Input on);

// What the rows of this pair need; the same for all of them.
Needs needs_of(State from, Input on);

// Where the end of a TLS handshake leads: both sides forget what was said before (RFC 3207 §4.2).
inline constexpr State kSecuredState = State::kGreeted;

}  // namespace smtp
