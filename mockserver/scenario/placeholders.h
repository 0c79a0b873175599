// The names a template may use, each with one sentence: checks, proposals and documentation read them here.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace scenario {

struct Placeholder {
  std::string_view name;
  std::string_view about;
};

// In replies and server.ehlo_text. What is not known at the moment is left empty.
inline constexpr std::array kReplyPlaceholders{
    Placeholder{"server", "server.name of the scenario"},
    Placeholder{"client", "the name the client gave with HELO or EHLO"},
    Placeholder{"client-ip", "the client's address"},
    Placeholder{"server-ip", "the server's address"},
    Placeholder{"id", "the id of the session"},
    Placeholder{"queue-id", "an id for the message"},
    Placeholder{"timestamp", "seconds since 1970"},
    Placeholder{"date", "the date as RFC 5322 writes it, in UTC"},
    Placeholder{"sender", "the address in MAIL FROM, without brackets"},
    Placeholder{"sender-domain", "what stands behind its @"},
    Placeholder{"recipient", "the last address in RCPT TO, without brackets"},
    Placeholder{"recipient-domain", "what stands behind its @"},
    Placeholder{"user", "who logs in or has logged in"},
    Placeholder{"mechanism", "of the AUTH command"},
    Placeholder{"size", "octets of the message"},
    Placeholder{"declared-size", "the octets that MAIL announced with SIZE; 0 without it"},
    Placeholder{"n", "a number: how many recipients were taken, unless the connection brings its own"},
    Placeholder{"command", "the verb as the client wrote it"},
    Placeholder{"argument", "what the client wrote behind it"},
    Placeholder{"session", "the number of the connection, from 1"},
    Placeholder{"count", "how often a rule with times, nth, rate_over or since_first_under was met"},
};

// In steps.
inline constexpr std::array kStepPlaceholders{
    Placeholder{"client", "the client's host name"},
    Placeholder{"user", "the user of the first account"},
    Placeholder{"password", "its password"},
    Placeholder{"web_password", "its web password"},
    Placeholder{"plain", "base64 of NUL user NUL password, the response of AUTH PLAIN"},
    Placeholder{"response",
                "what the login that runs wants next, in base64; behind AUTH and its mechanism the initial response"},
    Placeholder{"user2", "the user of the second account"},
};

template <std::size_t N>
[[nodiscard]] std::vector<std::string_view> names_of(const std::array<Placeholder, N>& placeholders) {
  std::vector<std::string_view> names;
  for (const Placeholder& one : placeholders) names.push_back(one.name);
  return names;
}

}  // namespace scenario
