#include "imap_judge/refusal.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/text.h"
#include "imap_judge/inputs.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;

struct Row {
  Inputs on;
  std::string_view words;  // in code and text, in small letters
  std::string_view id;
  bool certain = true;
};

constexpr Inputs kLogin = Inputs(Input::kLogin) | Input::kAuthenticate | Input::kAuthResponse;
constexpr Inputs kSelect = Inputs(Input::kSelect) | Input::kExamine;
constexpr Inputs kEntry = kLogin | Input::kConnect;
constexpr Inputs kByNumber = Inputs(Input::kFetch) | Input::kStore | Input::kCopy | Input::kMove;

// The first that fits holds. The words are those of providers and of the usual servers (scenarios/*-imap/provider.toml).
constexpr std::array kRows{
    Row{kEntry, "maximum number of connections", "too-many-connections"},
    Row{kEntry, "too many simultaneous connections", "too-many-connections"},
    Row{kEntry, "too many connections", "too-many-connections"},
    Row{kLogin, "authorization code", "login-password-not-code", false},
    Row{kLogin, "授权码", "login-password-not-code", false},
    Row{kLogin, "application-specific password", "login-password-not-code", false},
    Row{kLogin, "app password", "login-password-not-code", false},
    Row{kByNumber, "sequence set is inavlid", "empty-or-descending-set"},
    Row{kByNumber, "sequence set is invalid", "empty-or-descending-set"},
};

constexpr std::array<std::string_view, 6> kTls{"plaintext authentication", "starttls",     "under a layer",
                                               "privacyrequired",          "requires ssl", "secure connection"};

bool is_descending(const Line& line) {
  const imap::SequenceSet* const set = line.messages();
  return set != nullptr && std::any_of(set->ranges().begin(), set->ranges().end(), [](const imap::SequenceSet::Range& one) {
           return one.last != imap::SequenceSet::kLast && one.first > one.last;
         });
}

// RFC 9051 §6.1.1: what is not in the list is not there. Nobody offers what every server has.
std::optional<Sight> not_offered(const Turn& turn, const Known& known) {
  const Line& line = turn.line;
  if (line.command() == nullptr || turn.heard->condition != imap::Condition::kBad) return std::nullopt;
  const core::Span all{0, line.text().size()};
  const bool is_extra =
      !imap::row(line.parsed.verb).offered_by.empty() && imap::row(line.parsed.verb).offered_by != "IMAP4rev1";
  if (line.is(Input::kIdle)) return Sight{"idle-not-offered", all, known.capabilities.has_value(), core::same("NOOP")};
  if (line.is(Input::kAuthenticate) && known.capabilities) {
    const auto offered = known.capabilities->mechanisms();
    const std::string& mechanism = line.command()->words<imap::Authenticate>().mechanism;
    if (std::find(offered.begin(), offered.end(), mechanism) == offered.end()) return Sight{"imap-not-offered", all};
    return std::nullopt;
  }
  if (!is_extra && !line.parsed.by_uid) return std::nullopt;
  const bool is_lacking = known.capabilities && !known.capabilities->brings(line.parsed.verb, line.parsed.by_uid);
  return is_lacking ? std::optional(Sight{"imap-not-offered", all}) : std::nullopt;
}

}  // namespace

bool asks_for_tls(const Heard& heard) {
  const std::string said = heard.words();
  return std::any_of(kTls.begin(), kTls.end(), [&](std::string_view one) { return said.find(one) != std::string::npos; });
}

std::optional<Sight> shown_by_refusal(const Turn& turn, const Known& known, std::string_view user) {
  const Line& line = turn.line;
  const std::string words = turn.heard->words();
  if (kSelect.has(line.input) && words.find("unsafe login") != std::string::npos && !known.said_id)
    return Sight{
        "netease-id-missing", {0, line.text().size()}, true, core::same("ID (\"name\" \"myclient\" \"version\" \"1.0\")")};
  if (kEntry.has(line.input) && turn.heard->code == "LIMIT") return Sight{"too-many-connections", {}};
  const bool wants_address =
      words.find("full email address") != std::string::npos || words.find("full e-mail address") != std::string::npos;
  if (kLogin.has(line.input) && wants_address && !user.empty() && user.find('@') == std::string_view::npos)
    return Sight{"user-without-domain", {}, true, core::same(std::string(user) + "@…")};
  for (const Row& row : kRows) {
    if (!row.on.has(line.input) || words.find(row.words) == std::string::npos) continue;
    if (row.id == "empty-or-descending-set" && !is_descending(line)) continue;
    return Sight{row.id, kByNumber.has(line.input) ? core::Span{0, line.text().size()} : core::Span{}, row.certain};
  }
  return not_offered(turn, known);
}

}  // namespace imap_judge
