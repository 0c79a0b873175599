#include "pop3/strangers.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "pop3/input.h"
#include "pop3/words.h"

namespace pop3 {
namespace {

// Commands of IMAP that are none of POP3 (RFC 9051 §6, RFC 2971, RFC 2177).
constexpr std::array<std::string_view, 25> kImapVerbs{
    "LOGIN",  "AUTHENTICATE", "CAPABILITY", "STARTTLS", "LOGOUT", "ID",     "ENABLE",    "SELECT",    "EXAMINE",
    "CREATE", "DELETE",       "RENAME",     "STATUS",   "LSUB",   "APPEND", "NAMESPACE", "SUBSCRIBE", "UNSUBSCRIBE",
    "CHECK",  "CLOSE",        "EXPUNGE",    "SEARCH",   "FETCH",  "STORE",  "UID"};

// Commands of SMTP that are none of POP3 (RFC 5321 §4.1.1, RFC 3030, RFC 3207).
constexpr std::array<std::string_view, 10> kSmtpVerbs{"HELO", "EHLO", "LHLO", "MAIL", "RCPT",
                                                      "DATA", "BDAT", "VRFY", "EXPN", "STARTTLS"};

constexpr std::array<std::string_view, 7> kHttpMethods{"GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "PRI"};

template <typename Words>
bool is_among(std::string_view word, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, word); });
}

}  // namespace

bool begins_tls(std::string_view octets) {
  constexpr char kHandshakeRecord = 0x16;
  return octets.size() >= 2 && octets[0] == kHandshakeRecord && octets[1] == 0x03;
}

RemarkKind kind_of_stranger(std::string_view line) {
  if (begins_tls(line)) return RemarkKind::kTlsOnPlainPort;
  const std::string_view first = take_word(line);
  if (first.empty()) return RemarkKind::kEmptyLine;
  if (is_among(first, kSmtpVerbs)) return RemarkKind::kSmtpCommand;
  const bool names_version = line.find(" HTTP/") != std::string_view::npos;
  if (names_version && is_among(first, kHttpMethods)) return RemarkKind::kHttpRequest;
  const std::string_view second = take_word(line);
  if (is_among(second, kImapVerbs)) return RemarkKind::kImapCommand;
  if (find_command(second)) return RemarkKind::kTagged;
  return RemarkKind::kUnknownCommand;
}

}  // namespace pop3
