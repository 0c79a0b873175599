#include "mockserver/scenario/placeholders.h"

#include <algorithm>
#include <array>
#include <span>

#include "protocol/known.h"

namespace scenario {
namespace {

// What is no fact of the session: reply_values.cpp knows it.
constexpr std::array kOthers{
    Placeholder{"server", "server.name of the scenario"},
    Placeholder{"client-ip", "the client's address"},
    Placeholder{"server-ip", "the server's address"},
    Placeholder{"id", "the id of the session"},
    Placeholder{"queue-id", "an id for the message"},
    Placeholder{"timestamp", "seconds since 1970"},
    Placeholder{"date", "the date as RFC 5322 writes it, in UTC"},
    Placeholder{"n", "a number: how many recipients were taken, unless the connection brings its own"},
    Placeholder{"session", "the number of the connection, from 1"},
    Placeholder{"count", "how often a rule with times, nth, rate_over or since_first_under was met"},
};

std::vector<Placeholder> placeholders_of(std::span<const protocol::Protocol* const> protocols) {
  std::vector<Placeholder> all;
  const auto has = [&](std::string_view name) {
    return std::any_of(all.begin(), all.end(), [&](const Placeholder& one) { return one.name == name; });
  };
  for (const protocol::Protocol* const protocol : protocols) {
    for (const protocol::FactRow& fact : protocol->facts()) {
      if (!fact.about.empty() && !has(fact.name)) all.push_back({fact.name, fact.about});
    }
  }
  all.insert(all.end(), kOthers.begin(), kOthers.end());
  return all;
}

}  // namespace

std::vector<Placeholder> reply_placeholders() { return placeholders_of(protocol::known()); }

std::vector<Placeholder> reply_placeholders(const protocol::Protocol& protocol) {
  const protocol::Protocol* const one = &protocol;
  return placeholders_of({&one, 1});
}

}  // namespace scenario
