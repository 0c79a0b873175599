#include "sasl/login_words.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"

namespace sasl {
namespace {

// Words that announce a password, a longer one before those it begins with. Those of SMTP, POP3, IMAP, NNTP and HTTP, and
// what people call it.
constexpr std::array<std::string_view, 22> kAnnouncing{
    "authentication", "authenticate", "authorization", "authinfo", "authcode", "auth",   "login", "password",
    "passwort",       "passphrase",   "passwd",        "pass",     "pwd",      "secret", "token", "bearer",
    "apop",           "xoauth2",      "cookie",        "密码",     "授权码",   "口令"};

// Names of mechanisms that may be shown: those of the IANA registry that a mail program may try, and what HTTP has.
constexpr std::array<std::string_view, 20> kMechanisms{"scram-sha-256-plus",
                                                       "scram-sha-1-plus",
                                                       "scram-sha-256",
                                                       "scram-sha-512",
                                                       "scram-sha-1",
                                                       "oauthbearer",
                                                       "digest-md5",
                                                       "kerberos_v4",
                                                       "anonymous",
                                                       "cram-md5",
                                                       "external",
                                                       "xoauth2",
                                                       "gssapi",
                                                       "gs2-krb5",
                                                       "login",
                                                       "plain",
                                                       "ntlm",
                                                       "skey",
                                                       "otp",
                                                       "basic"};

// How a server goes on behind the name of a command or a mechanism when it speaks of it.
constexpr std::array<std::string_view, 64> kSentence{
    "is",          "isn",         "not",       "no",          "cannot",   "must",         "may",       "does",
    "has",         "was",         "are",       "failed",      "fails",    "failure",      "succeeded", "successful",
    "completed",   "accepted",    "needed",    "required",    "requires", "rejected",     "refused",   "denied",
    "disabled",    "unsupported", "supported", "unavailable", "unknown",  "unrecognized", "invalid",   "temporary",
    "temporarily", "works",       "appears",   "comes",       "error",    "command",      "commands",  "method",
    "mechanism",   "mechanisms",  "exchange",  "data",        "login",    "only",         "or",        "and",
    "first",       "for",         "before",    "after",       "with",     "without",      "over",      "to",
    "in",          "on",          "again",     "alone",       "line",     "then",         "auth",      "authentication"};

constexpr std::size_t kLongestName = 20;  // of a mechanism (RFC 4422 §3.1)

bool is_name_character(char c) { return (c >= 'A' && c <= 'Z') || core::is_digit(c) || c == '-' || c == '_'; }
bool separates(char c) { return std::string_view(" \t\r:=\"',-{").find(c) != std::string_view::npos; }

// Behind the name of a mechanism and what separates it; `at` when none stands there. glued: what follows need not be apart.
std::size_t behind_mechanism(std::string_view line, std::size_t at, bool glued) {
  const std::size_t end = at + mechanism_length(line, at);
  return glued || end == line.size() || separates(line[end]) ? skip_separators(line, end) : at;
}

}  // namespace

std::size_t skip_separators(std::string_view text, std::size_t at) {
  while (at < text.size() && separates(text[at])) ++at;
  return at;
}

std::size_t mechanism_length(std::string_view text, std::size_t at) {
  for (const std::string_view name : kMechanisms) {
    if (core::starts_with_ignoring_case(text.substr(at), name)) return name.size();
  }
  return 0;
}

std::string_view announcing_word(std::string_view line, std::size_t at) {
  if (at > 0 && core::is_alpha(line[at - 1])) return {};
  for (const std::string_view word : kAnnouncing) {
    if (core::starts_with_ignoring_case(line.substr(at), word)) return word;
  }
  return {};
}

std::optional<std::vector<core::Span>> foreign_login(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t first = line.find_first_not_of(" \t");
  const bool names_user = first != std::string_view::npos && core::starts_with_ignoring_case(line.substr(first), "USER");
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::string_view word = names_user && at == first ? std::string_view("USER") : announcing_word(line, at);
    if (word.empty()) continue;
    std::size_t begin = skip_separators(line, at + word.size());
    if (core::starts_with_ignoring_case(word, "auth")) begin = behind_mechanism(line, begin, begin == at + word.size());
    if (begin == line.size()) return std::vector<core::Span>{};
    return std::vector<core::Span>{{begin, line.size()}};
  }
  return std::nullopt;
}

bool is_said_about(std::string_view behind) {
  const std::string_view rest = behind.substr(skip_separators(behind, 0));
  if (rest.empty() || rest.front() == '(' || rest.front() == '/' || core::is_high(rest.front())) return true;
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n.,;:!?)\"'"));
  return std::any_of(kSentence.begin(), kSentence.end(),
                     [&](std::string_view one) { return core::equals_ignoring_case(word, one); });
}

std::optional<core::Span> mechanism_secret(std::string_view word) {
  const std::size_t known = mechanism_length(word, 0);
  if (known == word.size()) return std::nullopt;
  // PLAIN-CLIENTTOKEN is a name of its own (RFC 4422 §3.1); base64 has neither sign.
  const bool is_longer_name = known > 0 && (word[known] == '-' || word[known] == '_') && word.size() <= kLongestName &&
                              std::all_of(word.begin(), word.end(), is_name_character);
  if (is_longer_name) return std::nullopt;
  if (known > 0) return core::Span{skip_separators(word, known), word.size()};
  // A name that is not known may be shown when it is written as names are, and is no base64 of a text.
  const auto decoded = core::base64_decode(word);
  const bool is_name = word.size() <= kLongestName && std::all_of(word.begin(), word.end(), is_name_character);
  if (is_name && !(decoded && core::is_printable_ascii(*decoded))) return std::nullopt;
  return core::Span{0, word.size()};
}

}  // namespace sasl
