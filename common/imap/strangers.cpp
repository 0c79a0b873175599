#include "imap/strangers.h"

#include <algorithm>

#include "core/text.h"
#include "imap/command.h"
#include "sasl/login_words.h"

namespace imap {

bool begins_tls(std::string_view octets) {
  constexpr char kHandshakeRecord = 0x16;
  return octets.size() >= 2 && octets[0] == kHandshakeRecord && octets[1] == 0x03;
}

std::vector<core::Span> secrets_of_stranger(std::string_view line) {
  return sasl::foreign_login(line).value_or(std::vector<core::Span>());
}

std::vector<core::Span> secrets_in_lines(std::string_view octets) {
  std::vector<core::Span> secrets;
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t end = std::min(octets.find('\n', at), octets.size());
    const std::string_view line = core::without_line_end(octets.substr(at, end - at));
    for (const core::Span& span : parse_command(line).secrets) secrets.push_back({at + span.begin, at + span.end});
    at = end + 1;
  }
  return secrets;
}

}  // namespace imap
