#include <algorithm>
#include <array>

#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Which conditions say something about which inputs, as rule.on names them; "verb" stands for every command. A line that is
// no command is never in order and never well-formed, and a rule for it need not say so; it may. What is in no row, chance and
// counting, applies everywhere.
struct Applicability {
  std::string_view condition;
  std::string_view on;
};

constexpr std::string_view kInSession = "verb|challenge|auth|midway|message|unknown|timeout|any";
constexpr std::string_view kInTransaction = "MAIL|RCPT|DATA|BDAT|midway|message|any";
constexpr std::string_view kWithRecipients = "RCPT|DATA|BDAT|midway|message|any";

constexpr std::array kApplicability{
    Applicability{"order", "verb|unknown|any"},
    Applicability{"syntax", "verb|auth|message|unknown|any"},
    Applicability{"state", "verb|challenge|auth|message|unknown|timeout|any"},
    Applicability{"authenticated", kInSession},
    Applicability{"hello", kInSession},
    Applicability{"tls", "connect|verb|challenge|auth|midway|message|unknown|timeout|any"},
    Applicability{"client", kInSession},
    Applicability{"argument", "verb|unknown"},
    Applicability{"mistake", "verb|auth|message|unknown|any"},
    Applicability{"mechanism", "AUTH|challenge|auth"},
    Applicability{"initial_response", "AUTH|challenge|auth"},
    Applicability{"wants", "challenge"},
    Applicability{"password", "auth"},
    Applicability{"user", kInSession},
    Applicability{"user_known", "auth"},
    Applicability{"sender", kInTransaction},
    Applicability{"sender_is_login", kInTransaction},
    Applicability{"recipient", kWithRecipients},
    Applicability{"recipient_known", kWithRecipients},
    Applicability{"recipients_over", kWithRecipients},
    Applicability{"declared_size_over", kInTransaction},
    Applicability{"size_over", "BDAT|midway|message"},
    Applicability{"header", "message"},
    Applicability{"header_missing", "message"},
    Applicability{"from_is_sender", "message"},
    Applicability{"from_is_login", "message"},
    Applicability{"from_has_address", "message"},
    Applicability{"body", "message"},
    Applicability{"header_twice", "message"},
    Applicability{"header_eight_bit", "message"},
    Applicability{"eight_bit", "message"},
    Applicability{"line_over", "message"},
};

}  // namespace

void check_applicability(const Reading& reading, const document::Node& when, std::string_view on) {
  for (const document::Entry& entry : when.entries) {
    const auto* const row = std::find_if(kApplicability.begin(), kApplicability.end(),
                                         [&](const Applicability& one) { return one.condition == entry.key; });
    if (row == kApplicability.end()) continue;
    const std::vector<std::string_view> words = words_of(row->on);
    const std::string_view group = smtp::find_command(on) ? "verb" : on;
    const auto fits = [&](std::string_view word) { return word == on || word == group; };
    if (std::any_of(words.begin(), words.end(), fits)) continue;
    std::string hint = "it applies to:";
    for (const std::string_view word : words)
      hint += (word == words.front() ? " " : ", ") + std::string(word == "verb" ? "any verb" : word);
    reading.problems.add(entry.where, "'" + entry.key + "' cannot apply to on = \"" + std::string(on) + "\"", hint);
  }
}

}  // namespace scenario
