// Which mistake is forgiven.
#include <algorithm>
#include <array>
#include <string_view>

#include "client/labs/marking.h"

namespace lab {
namespace {

struct Leniency {
  std::string_view mistake;
  std::string_view quirk;       // of server.quirks: what lets it pass …
  std::string_view other = {};  // … and what follows from it
};

constexpr std::array kLeniencies{
    // Who said HELO in clear has never said EHLO then, and logs in all the same.
    Leniency{"starttls-without-new-ehlo", "no-ehlo-after-starttls", "auth-after-helo"},
    Leniency{"no-angle-brackets", "no-angle-brackets"},
    Leniency{"no-colon", "no-colon"},
    Leniency{"helo-no-argument", "helo-no-argument"},
    Leniency{"helo-then-auth", "auth-after-helo"},
};

// A note that names it costs no mark: what a strict server refuses then takes no must away.
bool is_named(const Lab& lab, std::string_view mistake) {
  return std::any_of(lab.checks.begin(), lab.checks.end(), [&](const Check& check) {
    return std::any_of(check.conditions.begin(), check.conditions.end(), [&](const Condition& condition) {
      return condition.key == "never" &&
             std::find(condition.values.begin(), condition.values.end(), mistake) != condition.values.end();
    });
  });
}

}  // namespace

std::optional<Pardon> pardon_for(const Lab& lab, const Evidence& normal) {
  if (!normal.messages.empty()) return std::nullopt;
  for (const program::Visit& visit : normal.visits) {
    for (const findings::Finding& finding : visit.wrong) {
      const auto row =
          std::find_if(kLeniencies.begin(), kLeniencies.end(), [&](const Leniency& one) { return one.mistake == finding.id; });
      if (finding.follows || row == kLeniencies.end() || !is_named(lab, finding.id)) continue;
      Pardon pardon{finding.id, {std::string(row->quirk)}};
      if (!row->other.empty()) pardon.quirks.emplace_back(row->other);
      return pardon;
    }
  }
  return std::nullopt;
}

}  // namespace lab
