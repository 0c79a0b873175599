// Which mistakes are those of clients that fetch mail, and of no others.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "pop3/door.h"
#include "smtp/door.h"

namespace test {

inline bool is_of_fetching(std::string_view id) {
  // That no session remarks.
  constexpr std::array<std::string_view, 8> kFound{
      "one-recv-for-a-reply", "short-chunk-means-end", "reads-until-timeout",     "reply-not-checked",
      "user-without-domain",  "login-in-clear",        "login-password-not-code", "no-logout"};
  const auto among = [&](const auto& ids) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  return id.starts_with("pop3-") || id.starts_with("mailbox-") || among(kFound) ||
         (among(pop3::door().mistakes()) && !among(smtp::door().mistakes()));
}

}  // namespace test
