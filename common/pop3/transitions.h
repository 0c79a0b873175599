// The one table of the POP3 session: which input is legal in which state, and where each kind of answer leads.
//
// The server's -ERR, the client's "you may send", the drawing of the states and the documentation all read it. A pair
// (state, input) without a row is a protocol error; there is no second opinion anywhere.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/enum_set.h"
#include "pop3/input.h"
#include "protocol/state.h"

namespace pop3 {

// RFC 1939 §3 knows AUTHORIZATION, TRANSACTION and UPDATE; what lies inside the first has names of its own here.
enum class State : std::uint8_t {
  kConnected,      // TCP is up, the server has not spoken
  kAuthorization,  // +OK was given; nobody has logged in
  kUser,           // … USER was accepted: PASS may come
  kSasl,           // … inside a SASL exchange
  kHandshake,      // … +OK was given to STLS; TLS begins (RFC 2595)
  kTransaction,    // logged in; the maildrop is locked
  kUpdate,         // QUIT was answered: what was marked is removed, and the connection closes
  kClosed,         // it closes, and nothing is removed
};
inline constexpr std::size_t kStateCount = 8;

// As they are drawn, in the order of State.
inline constexpr std::array<protocol::StateRow, kStateCount> kStateRows{{
    {.name = {"connected", "已连接"}},
    {.name = {"authorization", "认证"}},
    {.name = {"user", "已报用户名"}, .below = "authorization"},
    {.name = {"sasl", "登录中"}, .below = "authorization", .shown_for = "SASL"},
    {.name = {"handshake", "TLS 握手"}, .below = "authorization", .shown_for = "STLS", .leads_to = "authorization"},
    {.name = {"transaction", "处理"}},
    {.name = {"update", "更新"}},
    {.name = {"closed", "已结束"}, .is_end = true},
}};
constexpr const protocol::StateRow& row(State state) { return kStateRows[static_cast<std::size_t>(state)]; }

// Lower-case names: "connected", "authorization", …
constexpr std::string_view name(State state) { return row(state).name.en; }

// The kind of an answer, as far as the state cares.
enum class Outcome : std::uint8_t {
  kOk,       // +OK
  kMore,     // "+ " and a challenge (RFC 5034 §4)
  kRefused,  // -ERR
};
inline constexpr std::size_t kOutcomeCount = 3;

using StateSet = core::EnumSet<State>;
using InputSet = core::EnumSet<Input>;

// Before a login, between commands.
inline constexpr StateSet kBeforeLogin = StateSet(State::kAuthorization) | State::kUser;

// One row. A refusal without a row of its own leaves the state as it is: a refused command changes nothing.
struct Transition {
  StateSet from;
  Input on;
  Outcome outcome;
  std::optional<State> to;  // nothing: the state stays
  std::string_view rule;
};

inline constexpr std::array kTransitions{
    Transition{State::kConnected, Input::kConnect, Outcome::kOk, State::kAuthorization, "RFC 1939 §4"},
    // A server that refuses at once has nothing more to say; RFC 1939 knows no such greeting, RFC 3206 §4 what it means.
    Transition{State::kConnected, Input::kConnect, Outcome::kRefused, State::kClosed, "RFC 3206 §4"},
    Transition{State::kConnected, Input::kConnect, Outcome::kMore, State::kClosed, "RFC 1939 §4"},

    Transition{kBeforeLogin, Input::kUser, Outcome::kOk, State::kUser, "RFC 1939 §7"},
    Transition{kBeforeLogin, Input::kUser, Outcome::kRefused, State::kAuthorization, "RFC 1939 §7"},
    Transition{State::kUser, Input::kPass, Outcome::kOk, State::kTransaction, "RFC 1939 §7"},
    Transition{State::kUser, Input::kPass, Outcome::kRefused, State::kAuthorization, "RFC 1939 §7"},
    Transition{kBeforeLogin, Input::kApop, Outcome::kOk, State::kTransaction, "RFC 1939 §7"},
    Transition{kBeforeLogin, Input::kAuth, Outcome::kMore, State::kSasl, "RFC 5034 §4"},
    Transition{kBeforeLogin, Input::kAuth, Outcome::kOk, State::kTransaction, "RFC 5034 §4"},
    Transition{State::kSasl, Input::kAuthResponse, Outcome::kMore, State::kSasl, "RFC 5034 §4"},
    Transition{State::kSasl, Input::kAuthResponse, Outcome::kOk, State::kTransaction, "RFC 5034 §4"},
    Transition{State::kSasl, Input::kAuthResponse, Outcome::kRefused, State::kAuthorization, "RFC 5034 §4"},
    Transition{kBeforeLogin, Input::kStls, Outcome::kOk, State::kHandshake, "RFC 2595 §4"},
    Transition{kBeforeLogin, Input::kUtf8, Outcome::kOk, {}, "RFC 6856 §2.1"},
    Transition{kBeforeLogin | State::kTransaction, Input::kCapa, Outcome::kOk, {}, "RFC 2449 §5"},
    Transition{kBeforeLogin, Input::kQuit, Outcome::kOk, State::kClosed, "RFC 1939 §4"},

    Transition{State::kTransaction, Input::kStat, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kList, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kRetr, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kDele, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kNoop, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kRset, Outcome::kOk, {}, "RFC 1939 §5"},
    Transition{State::kTransaction, Input::kTop, Outcome::kOk, {}, "RFC 1939 §7"},
    Transition{State::kTransaction, Input::kUidl, Outcome::kOk, {}, "RFC 1939 §7"},
    Transition{State::kTransaction, Input::kQuit, Outcome::kOk, State::kUpdate, "RFC 1939 §6"},
    // Some of it could not be removed: the session is over all the same.
    Transition{State::kTransaction, Input::kQuit, Outcome::kRefused, State::kUpdate, "RFC 1939 §6"},
};

// The row for this triple, or null when there is none.
const Transition* find_transition(State from, Input on, Outcome outcome);

// Some row holds this pair.
bool has_transition(State from, Input on);

}  // namespace pop3
