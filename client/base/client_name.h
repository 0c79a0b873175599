// What a client may call itself in EHLO and HELO.
#pragma once

#include <algorithm>
#include <string_view>

namespace client {

// Whether this can stand there: visible ASCII in one word. Whether it is a domain or an address literal (RFC 5321 §4.1.1.1) is
// the server's to judge: that too can be tried.
[[nodiscard]] inline bool is_client_name(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace client
