// Whoever has an address at the provider's and no account in the scenario: an author of a program has an address of their own
// in it, and a code that nobody else knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mockserver/scenario/scenario.h"

namespace scenario {

// The domains of the addresses that its accounts have, and those that it is known by (Scenario::signs); small letters, each
// once.
[[nodiscard]] std::vector<std::string> domains_of(const Scenario& scenario);

// Whether the address is in one of the domains. Letter case is ignored.
[[nodiscard]] bool is_guest(std::string_view address, const std::vector<std::string>& domains);

// Whether a text looks like the password of an account: where a web password would be refused, it has its form; everywhere
// else any password will do.
[[nodiscard]] bool looks_like_password(std::string_view text, const Account& account);

}  // namespace scenario
