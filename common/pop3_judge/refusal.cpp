#include "pop3_judge/refusal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.h"
#include "pop3/answer.h"

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;

struct Row {
  pop3::InputSet on;
  std::string_view words;  // in the answer, in small letters
  std::string_view id;
  bool certain = true;
};

constexpr pop3::InputSet kLogin = pop3::InputSet(Input::kPass) | Input::kApop | Input::kAuth | Input::kAuthResponse;
constexpr pop3::InputSet kByNumber = pop3::InputSet(Input::kList) | Input::kRetr | Input::kDele | Input::kTop | Input::kUidl;

// The first that fits holds. The words are those of providers and of the usual servers (scenarios/*/provider.toml).
constexpr std::array kRows{
    Row{kLogin, "another session", "pop3-second-session", false},
    Row{kLogin, "is locked", "pop3-second-session", false},
    Row{kLogin, "already locked", "pop3-second-session", false},
    Row{kLogin, "lock busy", "pop3-second-session", false},
    Row{kLogin, "in use", "pop3-second-session", false},
    Row{kLogin, "authorization code", "login-password-not-code", false},
    Row{kLogin, "授权码", "login-password-not-code", false},
    Row{kLogin, "application-specific password", "login-password-not-code", false},
    Row{kLogin, "app password", "login-password-not-code", false},
    Row{kByNumber, "no such message", "pop3-number-zero"},
    Row{kByNumber, "there's no message", "pop3-number-zero"},
    Row{kByNumber, "invalid message number", "pop3-number-zero"},
    Row{kByNumber, "unknown message", "pop3-number-zero"},
    Row{kByNumber, "no message", "pop3-number-zero"},
};

constexpr std::array<std::string_view, 8> kTls{
    "plaintext authentication", "stls",           "starttls", "tls required", "requires tls", "requires ssl",
    "secure connection",        "privacyrequired"};
constexpr std::array<std::string_view, 6> kNoSuchCommand{"unknown command", "unrecognized", "not implemented",
                                                         "not supported",   "unsupported",  "invalid command"};

template <typename Words>
bool says(const std::string& said, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return said.find(one) != std::string::npos; });
}

// RFC 2449 §5: what is not in the list, or for APOP what the greeting has not announced (RFC 1939 §7), is not there.
bool is_not_offered(const Turn& turn, const Known& known) {
  const pop3::Command& command = *turn.line.command();
  if (command.verb == Input::kApop) return !known.has_time_stamp;
  const std::string_view by = pop3::row(command.verb).offered_by;
  if (by.empty()) return false;
  if (known.capabilities && !known.capabilities->offers(by)) return true;
  if (command.verb == Input::kAuth && known.offers("SASL")) return !known.capabilities->offers_mechanism(command.mechanism);
  return says(turn.heard->words(), kNoSuchCommand);
}

}  // namespace

bool asks_for_tls(const Heard& heard) { return says(heard.words(), kTls); }

std::optional<Sight> shown_by_refusal(const Turn& turn, const Known& known, std::string_view user) {
  const Line& line = turn.line;
  const core::Span all{0, line.text().size()};
  if (kLogin.has(line.input) && turn.heard->code == pop3::kCodeInUse) return Sight{"pop3-second-session", {}};
  if (line.command() != nullptr && is_not_offered(turn, known)) return Sight{"pop3-not-offered", all};
  const bool is_beyond = line.message() && known.messages && *line.message() > *known.messages;
  if (is_beyond) return Sight{"pop3-number-zero", all, true, core::same("1 … " + std::to_string(*known.messages))};
  const std::string words = turn.heard->words();
  const bool wants_address =
      words.find("full email address") != std::string::npos || words.find("full e-mail address") != std::string::npos;
  if (kLogin.has(line.input) && wants_address && !user.empty() && user.find('@') == std::string_view::npos)
    return Sight{"user-without-domain", {}, true, core::same(std::string(user) + "@…")};
  for (const Row& row : kRows) {
    if (!row.on.has(line.input) || words.find(row.words) == std::string::npos) continue;
    if (kByNumber.has(line.input) && !line.message()) continue;
    return Sight{row.id, kByNumber.has(line.input) ? all : core::Span{}, row.certain};
  }
  return std::nullopt;
}

}  // namespace pop3_judge
