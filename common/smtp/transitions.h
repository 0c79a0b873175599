// The one table of the SMTP session: which input is legal in which state, and where each class of reply leads.
//
// The server's 503, the client's "you may send", the drawing of the states and the documentation all read it. A pair
// (state, input) without a row is a protocol error; there is no second opinion anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/enum_set.h"
#include "protocol/state.h"
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

// As they are drawn, in the order of State. What branches off hangs below the state from which it does; the last two are drawn
// while they hold.
inline constexpr std::array<protocol::StateRow, kStateCount> kStateRows{{
    {.name = {"connected", "已连接"}},
    {.name = {"greeted", "已问候"}},
    {.name = {"ready", "就绪"}},
    {.name = {"auth", "登录中"}, .below = "ready"},
    {.name = {"mail", "发件人"}},
    {.name = {"rcpt", "收件人"}},
    {.name = {"data", "正文"}},
    {.name = {"bdat", "分块"}, .below = "rcpt", .shown_for = "CHUNKING"},
    {.name = {"handshake", "TLS 握手"}, .below = "ready", .shown_for = "STARTTLS", .leads_to = "greeted"},
    {.name = {"refused", "不服务"}, .is_end = true},
    {.name = {"closed", "已结束"}, .is_end = true},
}};
constexpr const protocol::StateRow& row(State state) { return kStateRows[static_cast<std::size_t>(state)]; }
// And back. REQUIRES: it is one of these.
constexpr State state_of(const protocol::StateRow& row) { return static_cast<State>(&row - kStateRows.data()); }

// Lower-case names: "connected", "greeted", …
constexpr std::string_view name(State state) { return row(state).name.en; }

// The class of a reply, as far as the state cares.
enum class Outcome : std::uint8_t {
  kPositive,      // 2xx
  kIntermediate,  // 3xx
  kNegative,      // 4xx, 5xx
};
Outcome outcome_of(ReplyCode code);

using StateSet = core::EnumSet<State>;
constexpr StateSet operator|(State a, State b) { return StateSet(a) | StateSet(b); }

inline constexpr StateSet kTransaction = State::kMail | State::kRcpt | State::kBdat;
inline constexpr StateSet kIntroduced = State::kReady | kTransaction;  // HELO or EHLO was accepted
inline constexpr StateSet kTalking = State::kGreeted | kIntroduced;    // the next thing to come is a command

// One row: any of these inputs in any of these states, answered by this class of reply. A refusal (kNegative) without a row of
// its own leaves the state as it is: a refused command changes nothing. What more than the state it takes to be legal stands in
// not_now.h.
struct Transition {
  StateSet from;
  InputSet on;
  Outcome outcome;
  std::optional<State> to;  // nothing: the same
  std::string_view rule;

  [[nodiscard]] constexpr State next(State before) const { return to.value_or(before); }
};

inline constexpr auto kStays = std::optional<State>();

inline constexpr std::array kTransitions{
    Transition{State::kConnected, Input::kConnect, Outcome::kPositive, State::kGreeted, "RFC 5321 §3.1"},
    Transition{State::kConnected, Input::kConnect, Outcome::kNegative, State::kRefused, "RFC 5321 §3.1"},
    // A server that says 3yz here speaks otherwise than the RFC: with it nothing can be begun, or gone on with.
    Transition{State::kConnected, Input::kConnect, Outcome::kIntermediate, State::kRefused, "RFC 5321 §4.3.2"},
    Transition{State::kRefused, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §3.1"},

    Transition{State::kGreeted, Input::kHelo | Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.1"},
    Transition{kIntroduced, Input::kHelo | Input::kEhlo, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.4"},
    Transition{State::kGreeted, Input::kRset, Outcome::kPositive, kStays, "RFC 5321 §4.1.1.5"},
    Transition{kIntroduced, Input::kRset, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.5"},
    Transition{kTalking, Input::kNoop | Input::kHelp | Input::kVrfy | Input::kExpn, Outcome::kPositive, kStays,
               "RFC 5321 §4.1.4"},
    // Not inside of a transaction.
    Transition{State::kReady, Input::kEtrn, Outcome::kPositive, kStays, "RFC 1985"},
    Transition{kTalking, Input::kQuit, Outcome::kPositive, State::kClosed, "RFC 5321 §4.1.1.10"},

    Transition{State::kReady, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4"},
    Transition{kTransaction, Input::kStarttls, Outcome::kPositive, State::kHandshake, "RFC 3207 §4.2"},
    Transition{State::kReady, Input::kAuth, Outcome::kIntermediate, State::kAuth, "RFC 4954 §4"},
    Transition{State::kReady, Input::kAuth, Outcome::kPositive, State::kReady, "RFC 4954 §4"},
    Transition{State::kAuth, Input::kAuthResponse, Outcome::kIntermediate, State::kAuth, "RFC 4954 §4"},
    Transition{State::kAuth, Input::kAuthResponse, Outcome::kPositive, State::kReady, "RFC 4954 §4"},
    Transition{State::kAuth, Input::kAuthResponse, Outcome::kNegative, State::kReady, "RFC 4954 §4"},

    Transition{State::kReady, Input::kMail, Outcome::kPositive, State::kMail, "RFC 5321 §4.1.1.2"},
    Transition{State::kMail | State::kRcpt, Input::kRcpt, Outcome::kPositive, State::kRcpt, "RFC 5321 §4.1.1.3"},
    Transition{State::kRcpt, Input::kData, Outcome::kIntermediate, State::kData, "RFC 5321 §4.1.1.4"},
    Transition{State::kData, Input::kMessage, Outcome::kPositive, State::kReady, "RFC 5321 §4.1.1.4"},
    Transition{State::kData, Input::kMessage, Outcome::kNegative, State::kReady, "RFC 5321 §4.1.1.4"},
    Transition{State::kData, Input::kMessage, Outcome::kIntermediate, State::kReady, "RFC 5321 §4.3.2"},
    Transition{State::kRcpt | State::kBdat, Input::kBdat, Outcome::kPositive, State::kBdat, "RFC 3030 §2"},
    Transition{State::kRcpt | State::kBdat, Input::kMessage, Outcome::kPositive, State::kReady, "RFC 3030 §2"},
    Transition{State::kRcpt | State::kBdat, Input::kBdat | Input::kMessage, Outcome::kNegative, State::kReady, "RFC 3030 §2"},
};

// The row for this triple, or null when there is none.
const Transition* find_transition(State from, Input on, Outcome outcome);

// Some row starts with this pair.
bool has_transition(State from, Input on);

// Where the end of a TLS handshake leads: both sides forget what was said before (RFC 3207 §4.2).
inline constexpr State kSecuredState = State::kGreeted;

}  // namespace smtp
