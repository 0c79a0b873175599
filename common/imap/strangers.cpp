#include "imap/strangers.h"

#include "sasl/login_words.h"

namespace imap {

bool begins_tls(std::string_view octets) {
  constexpr char kHandshakeRecord = 0x16;
  return octets.size() >= 2 && octets[0] == kHandshakeRecord && octets[1] == 0x03;
}

std::vector<core::Span> secrets_of_stranger(std::string_view line) {
  return sasl::foreign_login(line).value_or(std::vector<core::Span>());
}

}  // namespace imap
