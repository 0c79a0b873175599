#include <algorithm>
#include <array>

#include "core/text.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

// Which conditions say something about which inputs, as rule.on names them; "verb" stands for every command. A line that is
// no command is never in order and never well-formed, and a rule for it need not say so; it may.
struct Applicability {
  std::string_view condition;
  std::string_view on;
};

constexpr std::array kApplicability{
    Applicability{"order", "verb|unknown|any"},
    Applicability{"syntax", "verb|auth|message|unknown|any"},
    Applicability{"authenticated", "verb|challenge|auth|message|unknown|timeout|any"},
    Applicability{"hello", "verb|challenge|auth|message|unknown|timeout|any"},
    Applicability{"tls", "connect|verb|challenge|auth|message|unknown|timeout|any"},
    Applicability{"argument", "verb|unknown"},
    Applicability{"mechanism", "AUTH|challenge|auth"},
    Applicability{"initial_response", "AUTH|challenge|auth"},
    Applicability{"wants", "challenge"},
    Applicability{"password", "auth"},
    Applicability{"user_known", "auth"},
    Applicability{"sender", "MAIL|RCPT|DATA|message|any"},
    Applicability{"sender_is_login", "MAIL|RCPT|DATA|message|any"},
    Applicability{"recipient", "RCPT|DATA|message|any"},
    Applicability{"recipient_known", "RCPT|DATA|message|any"},
};

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

// Nothing asked, or the same asked.
template <typename T>
bool implied(const std::optional<T>& earlier, const std::optional<T>& later) {
  return !earlier || earlier == later;
}

bool implied(Wanted earlier, Wanted later) { return earlier == Wanted::kAny || earlier == later; }

bool implied(const When& a, const When& b) {
  return implied(a.order, b.order) && implied(a.syntax, b.syntax) && implied(a.authenticated, b.authenticated) &&
         implied(a.hello, b.hello) && implied(a.tls, b.tls) && implied(a.argument, b.argument) &&
         implied(a.mechanism, b.mechanism) && implied(a.initial_response, b.initial_response) && implied(a.wants, b.wants) &&
         implied(a.password, b.password) && implied(a.user_known, b.user_known) && implied(a.sender, b.sender) &&
         implied(a.sender_is_login, b.sender_is_login) && implied(a.recipient, b.recipient) &&
         implied(a.recipient_known, b.recipient_known);
}

bool takes_the_same(const Rule& earlier, const Rule& later) {
  if (earlier.on == later.on) return earlier.on != On::kCommand || earlier.verb == later.verb;
  if (earlier.on != On::kAny || later.on == On::kTimeout) return false;
  // An unknown command is never in order and never well-formed; a rule for it does not ask, one for everything does.
  return later.on != On::kUnknown || (earlier.when.order == Wanted::kAny && earlier.when.syntax == Wanted::kAny);
}

}  // namespace

When read_when(const Reading& reading, const document::Node& table, std::string_view on) {
  constexpr std::string_view kHere = "rule.when";
  check_applicability(reading, table, on);
  When when;
  when.order = word_in<Wanted>(table, kHere, "order").value_or(Wanted::kRight);
  when.syntax = word_in<Wanted>(table, kHere, "syntax").value_or(Wanted::kRight);
  when.authenticated = boolean_in(table, "authenticated");
  when.hello = word_in<Hello>(table, kHere, "hello");
  when.tls = boolean_in(table, "tls");
  when.argument = string_in(table, "argument");
  when.mechanism = string_in(table, "mechanism");
  if (when.mechanism) when.mechanism = core::to_upper(*when.mechanism);
  when.initial_response = boolean_in(table, "initial_response");
  when.wants = word_in<sasl::Wants>(table, kHere, "wants");
  when.password = word_in<PasswordUsed>(table, kHere, "password");
  when.user_known = boolean_in(table, "user_known");
  when.sender = string_in(table, "sender");
  when.sender_is_login = boolean_in(table, "sender_is_login");
  when.recipient = string_in(table, "recipient");
  when.recipient_known = boolean_in(table, "recipient_known");
  return when;
}

bool hides(const Rule& earlier, const Rule& later) {
  return takes_the_same(earlier, later) && implied(earlier.when, later.when);
}

}  // namespace scenario
