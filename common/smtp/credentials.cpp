#include "smtp/credentials.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/ascii.h"
#include "core/text.h"
#include "sasl/login_words.h"
#include "smtp/address.h"
#include "smtp/command.h"
#include "smtp/xtext.h"

namespace smtp {
namespace {

using sasl::announcing_word;
using sasl::mechanism_length;
using sasl::mechanism_secret;
using sasl::skip_separators;

constexpr std::string_view kOldKeyword = "AUTH=";  // what old servers announce AUTH as, besides

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

std::vector<core::Span> auth_arguments(std::string_view octets) {
  constexpr std::string_view kVerb = "AUTH";
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at + kVerb.size() < octets.size(); ++at) {
    if (octets[at] != 'A' && octets[at] != 'a') continue;  // most are not
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
      const std::string_view one = reply.substr(word, span.begin - word);
      if (!mechanism_secret(one) || core::starts_with_ignoring_case(one, kOldKeyword)) continue;
      if (!sasl::is_said_about(reply.substr(word, span.end - word))) add(spans, word, span.end);
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

std::vector<core::Span> repeated_secrets(std::string_view reply) {
  constexpr std::string_view kKey = "AUTH=";
  std::vector<core::Span> spans = repeated_auths(reply);
  for (std::size_t at = 0; at + kKey.size() < reply.size(); ++at) {
    if (!core::starts_with_ignoring_case(reply.substr(at), kKey)) continue;
    const std::size_t end = std::min(reply.find_first_of(" \t\r\n\"',;&)}]>", at), reply.size());
    const std::string_view word = reply.substr(at, end - at);
    if (!sasl::mechanism_secret(word.substr(kKey.size()))) continue;  // a list of mechanisms, as of old
    for (const core::Span& span : parameter_secrets(word)) add(spans, at + span.begin, at + span.end);
  }
  return spans;
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
