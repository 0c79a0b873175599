// What email_config.json says of the mailbox: the same file that `smtplab send` reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/base/security.h"
#include "core/result.h"
#include "core/secret.h"

namespace fetch {

enum class Over : std::uint8_t { kImap, kPop3 };
// "imap", "pop3".
constexpr std::string_view name(Over over) { return over == Over::kImap ? "imap" : "pop3"; }

struct Config {
  Over over = Over::kImap;
  std::string host;
  std::uint16_t port = 993;
  client::Security security = client::Security::kTls;
  bool clear_is_wished = false;          // "security": "none" stands there in so many words
  std::string user;                      // who logs in: "user", or the address of "sender"
  std::optional<core::Secret> password;  // nothing: the file has none
  std::string authority;                 // PEM file of authorities; empty: those of this computer
};

// Reads "imap_url" and "imap_port", or "pop_url" and "pop_port", with "user", "sender", "password", "security" and "ca"; what
// is only for sending may be missing. The server is a host, HOST:PORT, or a URL (imaps://HOST/). The port decides the security:
// 993 and 995 are TLS from the start, 143 and 110 begin in clear and change to TLS (STARTTLS, STLS); another port is as
// "security" says, and TLS without it. "security": "none" means clear text on any port but 993 and 995, and 143 or 110 where no
// port is named.
//
// Errors as send::parse_config has them.
core::Result<Config> parse_config(const std::string& path, std::string_view text, Over over);
core::Result<Config> read_config(const std::string& path, Over over);

}  // namespace fetch
