#include "smtp_judge/refusal.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace smtp_judge {
namespace {

using smtp::Input;

// Of what the client was before.
enum class Was : std::uint8_t { kAnybody, kNobody, kInClear };

struct Row {
  smtp::InputSet on;
  Was was;
  std::string_view words;  // in the reply, in small letters; empty: the code alone says it
  int code;                // 0: any
  std::string_view id;
  bool certain = true;
};

constexpr smtp::InputSet kEnvelope = smtp::InputSet(Input::kMail) | Input::kRcpt;
constexpr smtp::InputSet kLogin = smtp::InputSet(Input::kAuth) | Input::kAuthResponse;

// The first that fits holds. RFC 4954 §6: 530 wants a login, 538 wants TLS for it; the words are those of providers and of the
// usual servers (scenarios/*/provider.toml).
constexpr std::array kRows{
    Row{kEnvelope | kLogin, Was::kInClear, "starttls", 0, "starttls-required"},
    Row{kLogin, Was::kInClear, "", 538, "starttls-required"},
    Row{kLogin, Was::kInClear, "", 530, "starttls-required"},
    Row{Input::kRcpt, Was::kNobody, "relay", 0, "relay-denied"},
    Row{kEnvelope, Was::kNobody, "", 530, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "authentication", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "authenticate", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "and auth", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "auth first", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "log in", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "login", 0, "mail-before-auth"},
    Row{kEnvelope, Was::kNobody, "not logged", 0, "mail-before-auth"},
    Row{kLogin, Was::kAnybody, "authorization code", 0, "web-password", false},
    Row{kLogin, Was::kAnybody, "application-specific password", 0, "web-password", false},
    Row{kLogin, Was::kAnybody, "app password", 0, "web-password", false},
    Row{Input::kMessage, Was::kAnybody, "dt:spm", 0, "test-mail-looks-like-spam", false},
    Row{Input::kMessage, Was::kAnybody, "spam", 0, "test-mail-looks-like-spam", false},
    Row{Input::kMessage, Was::kAnybody, "unsolicited", 0, "test-mail-looks-like-spam", false},
    Row{Input::kMessage, Was::kAnybody, "content denied", 0, "test-mail-looks-like-spam", false},
};

bool was(Was what, const Known& known) {
  switch (what) {
    case Was::kAnybody: return true;
    case Was::kNobody: return !known.has_user;
    case Was::kInClear: return !known.encrypted;
  }
  return false;
}

}  // namespace

std::optional<findings::Sight> shown_by_refusal(const Turn& turn, const Known& known) {
  const std::string words = turn.heard->words();
  for (const Row& row : kRows) {
    if (!row.on.has(turn.line.input) || !was(row.was, known)) continue;
    if (row.code != 0 && row.code != turn.heard->code()) continue;
    if (words.find(row.words) == std::string::npos) continue;
    // Whoever has tried to log in knows that a login is needed.
    if (row.id == "mail-before-auth" && known.refused.login) continue;
    return findings::Sight{row.id, {}, row.certain, {}};
  }
  return std::nullopt;
}

}  // namespace smtp_judge
