// What the placeholders of a reply stand for at one moment of a session.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mockserver/scenario/facts.h"
#include "mockserver/scenario/lazy_values.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

// Longest value put into a reply, in octets: what a client said must not blow up what it hears.
inline constexpr std::size_t kLongestValue = 512;

struct Moment {
  const Scenario& scenario;
  const LazyValues& connection;  // id, client-ip, server-ip, …: what the connection knows
  const Facts& facts;
  std::int64_t now = 0;    // seconds since 1970
  const Values& captures;  // named groups of the rule's expressions
  std::size_t count = 0;   // how often the rule was met
};

// `text` filled in. What is unknown at the moment is left empty; values are cut to kLongestValue and carry no line ends
// or other control characters, so that a client cannot make up replies of its own.
[[nodiscard]] std::string fill_reply(std::string_view text, const Moment& moment);

// A placeholder in it stands for a fact of the session that is not known: of an empty mailbox there is no first unseen message.
[[nodiscard]] bool is_about_nothing(std::string_view text, const Moment& moment);

// "Fri, 20 Nov 2026 16:06:34 +0000" (RFC 5322 §3.3).
[[nodiscard]] std::string date_text(std::int64_t now);

}  // namespace scenario
