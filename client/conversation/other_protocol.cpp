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
};

// RFC 9112 §4, RFC 4253 §4.2, RFC 1939 §3, RFC 9051 §7.1, RFC 854 (IAC and WILL, WONT, DO, DONT).
constexpr std::array kOpenings{
    Opening{"HTTP/", "port-speaks-http", false},     Opening{"<!DOCTYPE", "port-speaks-http", false},
    Opening{"<html", "port-speaks-http", false},     Opening{"SSH-", "port-speaks-ssh", false},
    Opening{"+OK", "port-speaks-pop3", false},       Opening{"-ERR", "port-speaks-pop3", true},
    Opening{"* OK", "port-speaks-imap", false},      Opening{"* PREAUTH", "port-speaks-imap", false},
    Opening{"* BYE", "port-speaks-imap", true},      Opening{"\xFF\xFB", "port-speaks-telnet", true},
    Opening{"\xFF\xFC", "port-speaks-telnet", true}, Opening{"\xFF\xFD", "port-speaks-telnet", true},
    Opening{"\xFF\xFE", "port-speaks-telnet", true},
};

bool any_line_has(const smtp::Reply& reply, std::string_view lower_case) {
  return std::any_of(reply.lines.begin(), reply.lines.end(),
                     [&](const std::string& line) { return core::to_lower(line).find(lower_case) != std::string::npos; });
}

}  // namespace

std::string_view other_protocol(std::string_view octets, bool is_greeting) {
  for (const Opening& one : kOpenings) {
    if ((is_greeting || !one.in_greeting_only) && core::starts_with_ignoring_case(octets, one.octets)) return one.id;
  }
  return {};
}

std::string_view other_protocol(const smtp::Reply& reply, smtp::Input answers) {
  const int code = reply.code.value();
  if (answers == smtp::Input::kConnect) {
    if (code == 200 || code == 201) return "port-speaks-nntp";  // RFC 3977 §5.1
    // FileZilla, the server of many, does not say what it speaks.
    const bool says_ftp = any_line_has(reply, "ftp") || any_line_has(reply, "filezilla");
    const bool is_ftp = code == 220 && says_ftp && !any_line_has(reply, "smtp");
    return is_ftp ? "port-speaks-ftp" : std::string_view();
  }
  // RFC 959 §5.4: whoever has not said USER is told so, whatever he said.
  const bool wants_user = code == 530 && any_line_has(reply, "user and pass");
  return wants_user ? "port-speaks-ftp" : std::string_view();
}

}  // namespace client
