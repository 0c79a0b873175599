// The names a template may use, each with one sentence: checks, proposals and documentation read them here.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "protocol/protocol.h"

namespace scenario {

struct Placeholder {
  std::string_view name;
  std::string_view about;
};

// In replies and server.ehlo_text: what the session knows (protocol::FactRow), and what the connection, the scenario and the
// clock do. What is not known at the moment is left empty.
[[nodiscard]] std::vector<Placeholder> reply_placeholders();  // of all protocols that this program knows
[[nodiscard]] std::vector<Placeholder> reply_placeholders(const protocol::Protocol& protocol);

// In steps.
inline constexpr std::array kStepPlaceholders{
    Placeholder{"client", "the client's host name"},
    Placeholder{"user", "the user of the first account"},
    Placeholder{"password", "its password"},
    Placeholder{"web_password", "its web password"},
    Placeholder{"plain", "base64 of NUL user NUL password, the response of AUTH PLAIN"},
    Placeholder{"xoauth2", "base64 of user and token as XOAUTH2 frames them"},
    Placeholder{"response",
                "what the login that runs wants next, in base64; behind AUTH and its mechanism the initial response"},
    Placeholder{"user2", "the user of the second account"},
    Placeholder{"literal", "{n}, the octets of the message that is the next step, as IMAP announces them"},
};

template <typename Placeholders>
[[nodiscard]] std::vector<std::string_view> names_of(const Placeholders& placeholders) {
  std::vector<std::string_view> names;
  for (const Placeholder& one : placeholders) names.push_back(one.name);
  return names;
}

}  // namespace scenario
