// Where an IMAP session stands (RFC 9051 §3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/enum_set.h"
#include "protocol/state.h"

namespace imap {

enum class State : std::uint8_t {
  kConnected,         // TCP is up, the server has not spoken
  kNotAuthenticated,  // greeted; nobody has logged in
  kSasl,              // … inside a SASL exchange
  kHandshake,         // … OK was given to STARTTLS; TLS begins
  kAuthenticated,     // logged in; no mailbox is open
  kIdle,              // … inside IDLE
  kSelected,          // a mailbox is open
  kIdleSelected,      // … inside IDLE
  kLogout,            // BYE was said: the connection closes
};
inline constexpr std::size_t kStateCount = 9;

// As they are drawn, in the order of State.
inline constexpr std::array<protocol::StateRow, kStateCount> kStateRows{{
    {.name = {"connected", "已连接"}},
    {.name = {"not-authenticated", "未登录"}},
    {.name = {"sasl", "登录中"}, .below = "not-authenticated"},
    {.name = {"handshake", "TLS 握手"}, .below = "not-authenticated", .shown_for = "STARTTLS", .leads_to = "not-authenticated"},
    {.name = {"authenticated", "已登录"}},
    {.name = {"idle", "等通知"}, .below = "authenticated", .shown_for = "IDLE"},
    {.name = {"selected", "已选邮箱"}},
    {.name = {"idle-selected", "在邮箱里等通知"},
     .below = "selected",
     .shown_for = "idle-selected"},  // by nobody: drawn while reached
    {.name = {"logout", "已结束"}, .is_end = true},
}};
constexpr const protocol::StateRow& row(State state) { return kStateRows[static_cast<std::size_t>(state)]; }

// Lower-case names: "connected", "not-authenticated", …
constexpr std::string_view name(State state) { return row(state).name.en; }

using StateSet = core::EnumSet<State>;

inline constexpr StateSet kBeforeGreeting = State::kConnected;
inline constexpr StateSet kBeforeLogin = State::kNotAuthenticated;
inline constexpr StateSet kInSasl = State::kSasl;
inline constexpr StateSet kWithMailbox = State::kSelected;
inline constexpr StateSet kLoggedIn = StateSet(State::kAuthenticated) | State::kSelected;
inline constexpr StateSet kAnyTime = kLoggedIn | kBeforeLogin;  // between commands, as long as the session lasts
inline constexpr StateSet kWaiting = StateSet(State::kIdle) | State::kIdleSelected;

}  // namespace imap
