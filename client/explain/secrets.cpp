#include "client/explain/secrets.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "core/userinfo.h"

namespace explain {
namespace {

constexpr std::size_t kShortestLogin = 8;  // octets of base64 that can hold NUL, a name, NUL and a password

// What stands before a secret, in lower case; a quote, a colon, an equals sign and blanks follow.
constexpr std::array<std::string_view, 11> kKeys{"password", "passwd",  "passwort", "pwd",    "pass", "secret",
                                                 "token",    "api_key", "apikey",   "授权码", "密码"};
constexpr std::array<std::string_view, 9> kMechanisms{"plain ",  "login ", "xoauth2 ",       "oauthbearer ", "cram-md5 ",
                                                      "xoauth ", "ntlm ",  "scram-sha-256 ", "scram-sha-1 "};

bool is_base64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

bool ends_value(char c) { return std::string_view(" \t\r\n\"',;&)}]").find(c) != std::string_view::npos; }

std::size_t skip(std::string_view text, std::size_t at, std::string_view what) {
  return std::min(text.find_first_not_of(what, at), text.size());
}

// key = value, "key": "value", key: value. Between them has to stand a colon or an equals sign.
void behind_keys(std::string_view text, const std::string& lower, std::vector<core::Span>& found) {
  for (const std::string_view key : kKeys) {
    for (std::size_t at = lower.find(key); at != std::string::npos; at = lower.find(key, at + 1)) {
      const std::size_t sign = skip(text, at + key.size(), " \"'");
      const bool is_wide = text.substr(sign).starts_with("：");
      if (sign >= text.size() || (text[sign] != '=' && text[sign] != ':' && !is_wide)) continue;
      const std::size_t begin = skip(text, sign + (is_wide ? std::string_view("：").size() : 1), " \"'b");
      const char before = text[begin - 1];
      const bool is_quoted = before == '"' || before == '\'';
      std::size_t end = begin;
      while (end < text.size() && (is_quoted ? text[end] != before && text[end] != '\n' : !ends_value(text[end]))) ++end;
      if (end > begin) found.push_back({begin, end});
    }
  }
}

void behind_auth(std::string_view text, const std::string& lower, std::vector<core::Span>& found) {
  for (std::size_t at = lower.find("auth"); at != std::string::npos; at = lower.find("auth", at + 1)) {
    const std::size_t name = skip(text, at + 4, " ");
    for (const std::string_view mechanism : kMechanisms) {
      if (!std::string_view(lower).substr(name).starts_with(mechanism)) continue;
      const std::size_t begin = skip(text, name + mechanism.size(), " ");
      std::size_t end = begin;
      while (end < text.size() && is_base64(text[end])) ++end;
      if (end >= begin + 4) found.push_back({begin, end});
    }
  }
}

// smtp://user:password@host
void in_urls(std::string_view text, std::vector<core::Span>& found) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    const std::size_t end = std::min(text.find_first_of(" /\"'>", at + 3), text.size());
    if (const auto password = core::userinfo_password(text.substr(at, end - at)))
      found.push_back({at + password->begin, at + password->end});
  }
}

// NUL user NUL password, or a bearer token. Ids look like base64 too, but decode to nothing readable.
bool holds_login(std::string_view base64) {
  const auto decoded = core::base64_decode(base64);
  if (!decoded || !core::is_utf8(*decoded)) return false;
  const bool is_readable =
      std::none_of(decoded->begin(), decoded->end(), [](char c) { return c != '\0' && c != '\x01' && c >= 0 && c < ' '; });
  return is_readable &&
         (std::count(decoded->begin(), decoded->end(), '\0') == 2 || decoded->find("auth=Bearer") != std::string::npos);
}

void in_base64(std::string_view text, std::vector<core::Span>& found) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end - at >= kShortestLogin && holds_login(text.substr(at, end - at))) found.push_back({at, end});
    at = std::max(end, at + 1);
  }
}

// server.login("user", "password")
void in_calls(std::string_view text, const std::string& lower, std::vector<core::Span>& found) {
  for (std::size_t at = lower.find("login("); at != std::string::npos; at = lower.find("login(", at + 1)) {
    const std::size_t comma = text.find(',', at);
    const std::size_t quote = comma == std::string_view::npos ? comma : text.find_first_of("\"'", comma);
    if (quote == std::string_view::npos) continue;
    const std::size_t end = text.find(text[quote], quote + 1);
    if (end != std::string_view::npos && end > quote + 1) found.push_back({quote + 1, end});
  }
}

}  // namespace

std::vector<core::Span> find_secrets(std::string_view text) {
  std::vector<core::Span> found;
  const std::string lower = core::to_lower(text);
  behind_keys(text, lower, found);
  behind_auth(text, lower, found);
  in_urls(text, found);
  in_base64(text, found);
  in_calls(text, lower, found);
  return found;
}

}  // namespace explain
