#include "smtp/credentials.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "smtp/address.h"
#include "smtp/command.h"
#include "smtp/xtext.h"

namespace smtp {
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

constexpr std::size_t kLongestName = 20;  // of a mechanism (RFC 4422 §3.1)

bool is_name_character(char c) { return (c >= 'A' && c <= 'Z') || core::is_digit(c) || c == '-' || c == '_'; }
bool separates(char c) { return std::string_view(" \t\r:=\"',-{").find(c) != std::string_view::npos; }

std::size_t skip_separators(std::string_view text, std::size_t at) {
  while (at < text.size() && separates(text[at])) ++at;
  return at;
}

// Length of the name of a mechanism that stands at `at`, 0 when none does.
std::size_t mechanism_length(std::string_view text, std::size_t at) {
  for (const std::string_view name : kMechanisms) {
    if (core::starts_with_ignoring_case(text.substr(at), name)) return name.size();
  }
  return 0;
}

// Behind the name of a mechanism and what separates it; `at` when none stands there. glued: what follows need not be apart.
std::size_t behind_mechanism(std::string_view line, std::size_t at, bool glued) {
  const std::size_t end = at + mechanism_length(line, at);
  return glued || end == line.size() || separates(line[end]) ? skip_separators(line, end) : at;
}

// The announcing word that stands at `at`; empty when none does.
std::string_view announcing_word(std::string_view line, std::size_t at) {
  if (at > 0 && core::is_alpha(line[at - 1])) return {};
  for (const std::string_view word : kAnnouncing) {
    if (core::starts_with_ignoring_case(line.substr(at), word)) return word;
  }
  return {};
}

// A word that begins at `at` is no word of its own; behind a literal \n it is.
bool is_inside_word(std::string_view octets, std::size_t at) {
  if (at == 0 || !core::is_alpha(octets[at - 1])) return false;
  return at < 2 || octets.substr(at - 2, 2) != "\\n";
}

std::size_t line_length(std::string_view octets) {
  const std::size_t lf = octets.find('\n');
  return lf == std::string_view::npos ? octets.size() : lf + 1;
}

std::string_view without_line_ends(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void add(std::vector<core::Span>& spans, std::size_t begin, std::size_t end) {
  if (begin < end) spans.push_back({begin, end});
}

// RFC 4954 §5: the value is the address of who sent it, as xtext, or <>.
bool is_submitter(std::string_view value) {
  if (value == "<>") return true;
  const auto text = decode_xtext(value);
  return text && Mailbox::parse(*text, true).has_value();
}

bool is_unknown(const ParsedCommand& parsed) { return !parsed.command && parsed.command.error().verb == Input::kUnknown; }

}  // namespace

std::optional<std::vector<core::Span>> foreign_login(std::string_view line) {
  line = without_line_ends(line);
  const std::size_t first = line.find_first_not_of(" \t");
  const bool names_user = first != std::string_view::npos && core::starts_with_ignoring_case(line.substr(first), "USER");
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::string_view word = names_user && at == first ? std::string_view("USER") : announcing_word(line, at);
    if (word.empty()) continue;
    std::size_t begin = skip_separators(line, at + word.size());
    if (core::starts_with_ignoring_case(word, "auth")) begin = behind_mechanism(line, begin, begin == at + word.size());
    std::vector<core::Span> spans;
    add(spans, begin, line.size());
    return spans;
  }
  return std::nullopt;
}

std::vector<core::Span> auth_arguments(std::string_view octets) {
  constexpr std::string_view kVerb = "AUTH";
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at + kVerb.size() < octets.size(); ++at) {
    if (!core::starts_with_ignoring_case(octets.substr(at), kVerb) || is_inside_word(octets, at)) continue;
    const std::size_t name = skip_separators(octets, at + kVerb.size());
    const std::size_t length = mechanism_length(octets, name);
    const std::size_t begin = skip_separators(octets, name + length);
    if (length == 0 || begin == name + length) continue;
    std::size_t end = std::min(octets.find_first_of("\n\"<", begin), octets.size());
    end = std::min(end, octets.find("\\r", begin));
    add(spans, begin, begin + without_line_ends(octets.substr(begin, end - begin)).size());
    at = std::max(at, end - 1);
  }
  return spans;
}

std::vector<core::Span> repeated_auths(std::string_view reply) {
  std::vector<core::Span> spans;
  for (core::Span span : auth_arguments(reply)) {
    for (std::size_t word = span.begin; word < span.end; word = skip_separators(reply, span.begin)) {
      span.begin = std::min(reply.find_first_of(" \t", word), span.end);
      if (!mechanism_secret(reply.substr(word, span.begin - word))) continue;
      add(spans, word, span.end);
      break;
    }
  }
  return spans;
}

std::vector<core::Span> parameter_secrets(std::string_view parameters) {
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at < parameters.size();) {
    const std::size_t end = std::min(parameters.find(' ', at), parameters.size());
    const std::string_view word = parameters.substr(at, end - at);
    const std::size_t equals = word.find('=');
    const std::string_view keyword = word.substr(0, equals);
    const bool is_auth = core::equals_ignoring_case(keyword, "AUTH");
    if (equals == std::string_view::npos && !announcing_word(keyword, 0).empty()) {
      add(spans, std::min(end + 1, parameters.size()), parameters.size());
      return spans;
    }
    if (equals != std::string_view::npos && !announcing_word(keyword, 0).empty()) {
      const std::string_view value = word.substr(equals + 1);
      if (!is_auth || !is_submitter(value)) add(spans, at + equals + 1, end);
    }
    at = end + 1;
  }
  return spans;
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

bool is_login_line(const ParsedCommand& parsed, std::string_view line) {
  return is_unknown(parsed) && core::trim(line).size() > 1;  // "*" and "." are no password
}

bool login_goes_on(const ParsedCommand& parsed, bool after_login) {
  return parsed.begins_login || (is_unknown(parsed) && after_login);
}

std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login, bool* goes_on) {
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t length = line_length(octets.substr(at));
    const std::string_view line = without_line_ends(octets.substr(at, length));
    ParsedCommand parsed = parse_command(line, {});
    if (after_login && is_login_line(parsed, line)) parsed.secrets.assign(1, {0, line.size()});
    for (const core::Span& span : parsed.secrets) add(spans, at + span.begin, at + span.end);
    after_login = login_goes_on(parsed, after_login);
    at += length;
  }
  if (goes_on != nullptr) *goes_on = after_login;
  return spans;
}

}  // namespace smtp
