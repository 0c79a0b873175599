// Logins and values to try, the ordinary ones first; inside of attempts.cpp. Lines are templates of steps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mockserver/scenario/scenario.h"

namespace scenario {

// Texts that fit the pattern: of `usual` those that do, else one made from it; nothing where none is found.
[[nodiscard]] std::vector<std::string> texts_for(const Pattern& pattern, const std::vector<std::string>& usual);

// Names a client gives itself, addresses of senders and recipients: {user} first, then strangers and strange ones.
[[nodiscard]] std::vector<std::string> usual_clients();
[[nodiscard]] std::vector<std::string> usual_addresses(const Scenario& scenario);

// Where these are offered, a name and a password can be said without a mechanism.
[[nodiscard]] bool takes_password(const protocol::Protocol& protocol, const protocol::Offers& offers);

// Logins that show this of a name and a password. A login is its lines, the command first; ways to log in that the server does
// not offer come last.
[[nodiscard]] std::vector<std::vector<std::string>> logins_for(const When& when, const Scenario& scenario);
// The ordinary one in the dialogue with this scenario; empty when no mechanism is offered that this tool can do by itself.
[[nodiscard]] std::vector<std::string> ordinary_login(const Scenario& scenario, bool encrypted);

}  // namespace scenario
