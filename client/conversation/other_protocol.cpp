#include "client/conversation/other_protocol.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace client {
namespace {

struct Opening {
  std::string_view octets;
  std::string_view id;
  bool in_greeting_only;
  std::string_view protocol = {};  // one that a client may speak: for it this is no other
};

// RFC 9112 §4, RFC 4253 §4.2, RFC 1939 §3, RFC 9051 §7.1, RFC 854 (IAC and WILL, WONT, DO, DONT), RFC 5321 §3.1.
constexpr std::array kOpenings{
    Opening{"HTTP/", "port-speaks-http", false},        Opening{"<!DOCTYPE", "port-speaks-http", false},
    Opening{"<html", "port-speaks-http", false},        Opening{"SSH-", "port-speaks-ssh", false},
    Opening{"+OK", "port-speaks-pop3", false, "pop3"},  Opening{"-ERR", "port-speaks-pop3", true, "pop3"},
    Opening{"* OK", "port-speaks-imap", false, "imap"}, Opening{"* PREAUTH", "port-speaks-imap", false, "imap"},
    Opening{"* BYE", "port-speaks-imap", true, "imap"}, Opening{"\xFF\xFB", "port-speaks-telnet", true},
    Opening{"\xFF\xFC", "port-speaks-telnet", true},    Opening{"\xFF\xFD", "port-speaks-telnet", true},
    Opening{"\xFF\xFE", "port-speaks-telnet", true},    Opening{"220", "port-speaks-smtp", true, "smtp"},
    Opening{"421", "port-speaks-smtp", true, "smtp"},   Opening{"554", "port-speaks-smtp", true, "smtp"},
};

bool any_line_has(const protocol::Answer& answer, std::string_view lower_case) {
  return std::any_of(answer.lines.begin(), answer.lines.end(),
                     [&](const std::string& line) { return core::to_lower(line).find(lower_case) != std::string::npos; });
}

}  // namespace

std::string_view other_protocol(const protocol::Protocol& spoken, std::string_view octets, bool is_greeting) {
  return other_protocol(spoken.name(), octets, is_greeting);
}

std::string_view other_protocol(std::string_view spoken, std::string_view octets, bool is_greeting) {
  for (const Opening& one : kOpenings) {
    const bool can_tell = one.protocol != spoken && (is_greeting || !one.in_greeting_only);
    if (can_tell && core::starts_with_ignoring_case(octets, one.octets)) return one.id;
  }
  return {};
}

std::string_view other_protocol(const protocol::Answer& answer, protocol::Input answers) {
  if (answers.is(protocol::Role::kConnect)) {
    if (answer.code == "200" || answer.code == "201") return "port-speaks-nntp";  // RFC 3977 §5.1
    // FileZilla, the server of many, does not say what it speaks.
    const bool says_ftp = any_line_has(answer, "ftp") || any_line_has(answer, "filezilla");
    const bool is_ftp = answer.code == "220" && says_ftp && !any_line_has(answer, "smtp");
    return is_ftp ? "port-speaks-ftp" : std::string_view();
  }
  // RFC 959 §5.4: whoever has not said USER is told so, whatever he said.
  const bool wants_user = answer.code == "530" && any_line_has(answer, "user and pass");
  return wants_user ? "port-speaks-ftp" : std::string_view();
}

}  // namespace client
