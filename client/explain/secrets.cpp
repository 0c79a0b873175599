#include "client/explain/secrets.h"

#include <algorithm>
#include <array>
#include <string>

#include "client/explain/code.h"
#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "core/userinfo.h"
#include "sasl/login_words.h"

namespace explain {
namespace {

constexpr std::size_t kShortestLogin = 8;     // octets of base64 that may be a login: six octets
constexpr std::size_t kShortestCutPart = 12;  // and of base64 whose end is not there
constexpr std::size_t kShortestWide = 16;     // and of one that is no ASCII: shorter words come to such by chance

// What stands before a secret, in lower case; a quote, a colon, an equals sign and blanks follow.
constexpr std::array<std::string_view, 13> kKeys{"password", "passwd", "passwort", "pwd",    "passphrase", "pass", "secret",
                                                 "token",    "bearer", "api_key",  "apikey", "授权码",     "密码"};

// Commands with a password behind them.
constexpr std::array<std::string_view, 6> kVerbs{"AUTHENTICATE", "AUTHINFO", "AUTH", "LOGIN", "PASS", "APOP"};
constexpr std::string_view kHttp = "Authorization:";

using Spans = std::vector<core::Span>;

bool is_base64(char c) { return core::is_alnum(c) || c == '+' || c == '/'; }

bool ends_value(char c) { return std::string_view(" \t\r\n\"',;&)}]>").find(c) != std::string_view::npos; }

std::size_t skip(std::string_view text, std::size_t at, std::string_view what) {
  return std::min(text.find_first_not_of(what, at), text.size());
}

std::size_t value_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !ends_value(text[at])) ++at;
  return at;
}

// key = value, "key": "value", key: value. Between them has to stand a colon or an equals sign.
void behind_keys(std::string_view text, const std::string& lower, Spans& found) {
  for (const std::string_view key : kKeys) {
    for (std::size_t at = lower.find(key); at != std::string::npos; at = lower.find(key, at + 1)) {
      const std::size_t sign = skip(text, at + key.size(), " \"'");
      const bool is_wide = text.substr(sign).starts_with("：");
      if (sign >= text.size() || (text[sign] != '=' && text[sign] != ':' && !is_wide)) continue;
      std::size_t begin = skip(text, sign + (is_wide ? std::string_view("：").size() : 1), " \"'");
      if (text.substr(begin).starts_with("b'") || text.substr(begin).starts_with("b\"")) begin += 2;
      const char before = text[begin - 1];
      const bool is_name = sign + 1 < text.size() && sign == at + key.size() && at > 0 && text[at - 1] == text[sign + 1];
      if (is_name || text.substr(begin).starts_with("”")) continue;  // "Password:"
      const bool is_quoted = before == '"' || before == '\'';
      const std::size_t end =
          is_quoted ? std::min(text.find_first_of(std::string{before, '\n'}, begin), text.size()) : value_end(text, begin);
      if (end > begin) found.push_back({begin, end});
    }
  }
}

// smtp://user:password@host
void in_urls(std::string_view text, Spans& found) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    const std::size_t end = std::min(text.find_first_of(" /\"'>", at + 3), text.size());
    if (const auto password = core::userinfo_password(text.substr(at, end - at)))
      found.push_back({at + password->begin, at + password->end});
  }
}

// What a server asks for in base64: "Username:", a challenge of CRAM-MD5 (RFC 2195 §2), an error of OAuth (RFC 7628 §3.2.2).
bool is_question(std::string_view text) {
  while (text.ends_with('\0') || text.ends_with(' ')) text.remove_suffix(1);
  const bool is_challenge = text.starts_with('<') && text.ends_with('>');
  const bool is_name = core::equals_ignoring_case(text, "user name") || core::equals_ignoring_case(text, "password");
  return text.ends_with(':') || text.starts_with('{') || is_challenge || is_name;
}

// A name or a password, NUL user NUL password, a bearer token: a text. Ids look like base64 too, but decode to nothing
// readable.
bool holds_text(std::string_view base64) {
  const auto decoded = core::base64_decode(base64);
  const bool is_text = decoded && (core::is_ascii(*decoded) || (base64.size() >= kShortestWide && core::is_utf8(*decoded)));
  if (!is_text || is_question(*decoded)) return false;
  return std::none_of(decoded->begin(), decoded->end(), [](char c) {
    return core::is_control(c) && std::string_view("\0\x01\r\n", 4).find(c) == std::string_view::npos;
  });
}

// Words have one letter case, but for their first letter.
bool is_one_word(std::string_view run) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const std::string_view rest = run.substr(1);
  return std::all_of(run.begin(), run.end(), is_capital) ||
         (core::is_alpha(run.front()) && std::all_of(rest.begin(), rest.end(), is_small));
}

bool is_login(std::string_view text, std::size_t begin, std::size_t end, std::size_t padded) {
  constexpr std::string_view kEncodedWord = "?B?";  // RFC 2047 §2: a subject
  if (begin >= kEncodedWord.size() && core::equals_ignoring_case(text.substr(begin - 3, 3), kEncodedWord)) return false;
  const std::string_view run = text.substr(begin, end - begin);
  if (run.size() < kShortestLogin || (padded == end && is_one_word(run))) return false;
  if ((padded - begin) % 4 == 0) return holds_text(text.substr(begin, padded - begin));
  return run.size() >= kShortestCutPart && holds_text(run.substr(0, run.size() / 4 * 4));
}

void in_base64(std::string_view text, Spans& found) {
  constexpr std::string_view kVerb = "AUTH";
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_base64(text[end])) ++end;
    const std::size_t padded = std::min(skip(text, end, "="), end + 2);
    if (core::starts_with_ignoring_case(text.substr(at, end - at), kVerb)) {  // AUTHPLAINAGFs…
      at += kVerb.size() + sasl::mechanism_length(text, at + kVerb.size());
    }
    if (at < end && is_login(text, at, end, padded)) found.push_back({at, padded});
    at = std::max(end, at + 1);
  }
}

// server.login("user", "password")
void in_calls(std::string_view text, const std::string& lower, Spans& found) {
  for (std::size_t at = lower.find("login("); at != std::string::npos; at = lower.find("login(", at + 1)) {
    const std::size_t comma = text.find(',', at);
    const std::size_t quote = comma == std::string_view::npos ? comma : text.find_first_of("\"'", comma);
    if (quote == std::string_view::npos) continue;
    const std::size_t end = text.find(text[quote], quote + 1);
    if (end != std::string_view::npos && end > quote + 1) found.push_back({quote + 1, end});
  }
}

bool is_quoted(std::string_view text, std::size_t at) {
  return at > 0 && std::string_view("\"'`<").find(text[at - 1]) != std::string_view::npos;
}

// Where a verb that stands at `at` ends; 0 when none does. A person writes small letters, and so does a sentence: they count
// where a quotation begins.
std::size_t verb_end(std::string_view text, std::size_t at) {
  if (at > 0 && (core::is_alnum(text[at - 1]) || std::string_view("-=+/").find(text[at - 1]) != std::string_view::npos))
    return 0;
  if (core::starts_with_ignoring_case(text.substr(at), kHttp)) return at + kHttp.size();
  for (const std::string_view verb : kVerbs) {
    const std::string_view there = text.substr(at, verb.size());
    if (is_quoted(text, at) ? !core::equals_ignoring_case(there, verb) : there != verb || verb == "AUTH") continue;
    const std::size_t end = at + verb.size();
    return end < text.size() && (text[end] == ' ' || text[end] == '\t') ? end : 0;
  }
  return 0;
}

// Behind the names of mechanisms that begin at `at`: a list of them is no login. Where a line is quoted, which is none, what
// is only written like a name may be a user.
std::size_t behind_names(std::string_view text, std::size_t at, bool is_quoted) {
  while (at < text.size()) {
    const std::string_view word = text.substr(at, text.find(' ', at) - at);
    if (word.empty() || (is_quoted ? sasl::mechanism_length(word, 0) != word.size() : sasl::mechanism_secret(word).has_value()))
      break;
    at = skip(text, at + word.size(), " ");
  }
  return at;
}

// A server that repeats a line with a login, of SMTP or of another protocol: 500 unrecognized command "PASS secret". Where it
// speaks of the command, or lists mechanisms, there is none.
void in_repeated_lines(std::string_view text, Spans& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t verb = verb_end(text, at);
    if (verb == 0) continue;
    const std::size_t stop = std::min(text.find_first_of("\r\n\"'`>", verb), text.size());
    const std::string_view line = text.substr(0, stop);
    const auto login = sasl::foreign_login(line.substr(at));
    std::size_t begin = login && !login->empty() ? at + login->front().begin : stop;
    const bool has_names = text[at] != 'P' && text[at] != 'p';  // PASS has none
    if (has_names) begin = behind_names(line, begin, is_quoted(text, at));
    if (!sasl::is_said_about(line.substr(verb)) && !sasl::is_said_about(line.substr(begin))) found.push_back({begin, stop});
    at = stop;
  }
}

// auth=Bearer …
void behind_bearer(std::string_view text, const std::string& lower, Spans& found) {
  constexpr std::string_view kKey = "auth=bearer";
  for (std::size_t at = lower.find(kKey); at != std::string::npos; at = lower.find(kKey, at + 1)) {
    const std::size_t end = at + kKey.size();
    if (value_end(text, end) == end) found.push_back({end, value_end(text, skip(text, end, " "))});
  }
}

// "--smtp-password": an option behind which a password stands. Behind --auth and --login stand mechanisms and names.
bool asks_for_password(std::string_view option) {
  if (!option.starts_with('-')) return false;
  const std::size_t begin = option.find_last_of("-_") + 1;
  const std::string_view word = sasl::announcing_word(option, begin);
  const bool is_whole = !word.empty() && word.size() == option.size() - begin;
  return is_whole && word != "login" && (!word.starts_with("auth") || word == "authcode");
}

}  // namespace

std::vector<std::string> without_secrets(const std::vector<std::string>& command) {
  std::vector<std::string> shown;
  bool is_password = false;
  for (const std::string& word : command) {
    const bool is_filled_in = word.find("{password}") != std::string::npos;
    const bool is_hidden = is_password && !word.starts_with('-');
    shown.push_back(is_filled_in ? word : is_hidden ? std::string(core::kMask) : core::mask(word, find_secrets(word)));
    is_password = asks_for_password(word);
  }
  return shown;
}

std::vector<core::Span> find_secrets(std::string_view text) {
  const std::string lower = core::to_lower(text);
  Spans found = spoken_in(text).repeated_secrets(text);
  std::erase_if(found, [&](const core::Span& span) { return sasl::is_said_about(text.substr(span.begin)); });
  in_repeated_lines(text, found);
  behind_bearer(text, lower, found);
  behind_keys(text, lower, found);
  in_urls(text, found);
  in_base64(text, found);
  in_calls(text, lower, found);
  return found;
}

}  // namespace explain
