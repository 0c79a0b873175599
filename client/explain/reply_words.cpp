#include <algorithm>
#include <array>

#include "client/explain/candidates.h"
#include "client/explain/characters.h"
#include "core/text.h"

namespace explain {
namespace {

constexpr std::size_t kMostReplyLines = 14;
constexpr std::size_t kMostOctets = 2000;  // octets
constexpr std::size_t kMostBetween = 30;   // octets between a code and its repetition

// Where the words of a program begin again behind those of the server.
constexpr std::array<std::string_view, 13> kEnds{
    "'，",   " (in reply to", "; nested exception", " at MailKit", " at System.",         "\\n at ", " while reading response",
    " in <", "; from=<",      " Authenticator ",    " SMTP code:", "\",\"responseCode\"", "”",
};

// Between code and words: "535 ", "550-", "(535, b'", "(454): ", "535: ". A quote opens the words where it stands behind
// something a program wrote; right behind the code it is the server's own.
std::size_t words_begin(std::string_view text, std::size_t at, char& quote) {
  bool of_program = false;
  for (std::size_t seen = 0; at < text.size() && seen < 6; ++seen, ++at) {
    const char c = text[at];
    const bool is_prefix = (c == 'b' || c == 'u') && at + 1 < text.size() && (text[at + 1] == '\'' || text[at + 1] == '"');
    if (of_program && is_prefix) continue;
    if (of_program && (c == '"' || c == '\'')) {
      quote = c;
      return at + 1;
    }
    if (std::string_view(" -,:)];\t").find(c) == std::string_view::npos) break;
    of_program = of_program || (c != ' ' && c != '-' && c != '\t');
  }
  return at;
}

// The closing quote stands before what a program writes behind a text: a bracket, a comma, an end.
std::size_t closing_quote(std::string_view words, char quote) {
  for (std::size_t at = words.find(quote); at != std::string_view::npos; at = words.find(quote, at + 1)) {
    const std::string_view behind = words.substr(at + 1);
    if (behind.empty() || std::string_view(",)}];.\n<").find(behind.front()) != std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

// "550-" or "550 " (or 550 at the end) at `at`.
bool is_code_at(std::string_view text, std::size_t at, std::string_view code) {
  if (!text.substr(std::min(at, text.size())).starts_with(code)) return false;
  const std::size_t end = at + code.size();
  return end == text.size() || text[end] == ' ' || text[end] == '-';
}

bool begins_with_enhanced(std::string_view text) {
  const std::string_view trimmed = core::trim(text);
  return trimmed.size() >= 5 && is_digit(trimmed[0]) && trimmed[1] == '.' && is_digit(trimmed[2]);
}

bool is_indented(std::string_view text) { return text.starts_with(' ') || text.starts_with('\t'); }

// Codes that stand inside the words, where lines of one reply were joined: "… Learn more at 535 5.7.8 https://…". A run of
// lines was cut at an arbitrary width in bounces, so they may stand anywhere.
std::string without_codes(std::string_view words, std::string_view code) {
  std::string out;
  for (std::size_t at = 0; at < words.size();) {
    const bool stands_free = at == 0 || words[at - 1] == ' ' || words[at - 1] == '\n';
    if (stands_free && is_code_at(words, at, code)) {
      at = std::min(words.size(), at + code.size() + 1);
      continue;
    }
    out += words[at++];
  }
  return out;
}

// PHPMailer takes the code off and writes it behind: "… Detail: DT:SPM … SMTP code: 554".
std::string_view words_in_front(std::string_view text, std::size_t at) {
  constexpr std::string_view kBegin = "Detail: ";
  constexpr std::string_view kEnd = "SMTP code: ";
  const std::string_view before = text.substr(0, at);
  const std::size_t begin = before.rfind(kBegin);
  if (begin == std::string_view::npos || !before.ends_with(kEnd)) return {};
  return core::trim(before.substr(begin + kBegin.size(), before.size() - kEnd.size() - begin - kBegin.size()));
}

}  // namespace

// Postfix folds "said: 550 … (in reply to RCPT TO command)" anywhere: how many lines it goes on after `line`.
std::size_t folded_lines(const std::vector<Line>& lines, std::size_t line, std::size_t at) {
  constexpr std::string_view kEnd = "(in reply";
  if (lines[line].text.find(kEnd, at) != std::string::npos) return 0;
  const bool is_bounce = std::string_view(lines[line].text).substr(0, at).find("said:") != std::string_view::npos;
  for (std::size_t next = line + 1; is_bounce && next < lines.size() && next <= line + kMostReplyLines; ++next) {
    if (lines[next].text.find(kEnd) != std::string::npos) return next - line;
  }
  return 0;
}

std::string reply_words(const std::vector<Line>& lines, std::size_t line, std::size_t at, std::string_view code) {
  const std::string_view first = lines[line].text;
  if (const std::string_view before = words_in_front(first, at); !before.empty()) return std::string(before);
  // got code "535", with message "535-5.7.8 …": the words stand behind the second.
  const std::size_t again = first.find(code, at + code.size());
  if (again != std::string_view::npos && again - at < kMostBetween && is_code_at(first, again, code) && first[again - 1] == '"')
    at = again;
  char quote = at > 0 && (first[at - 1] == '"' || first[at - 1] == '\'') ? first[at - 1] : '\0';
  const std::size_t begin = words_begin(first, at + code.size(), quote);
  const std::size_t bounce_end = line + folded_lines(lines, line, at);
  bool open = at + code.size() < first.size() && first[at + code.size()] == '-';
  std::string words(first.substr(std::min(begin, first.size())));
  for (std::size_t next = line + 1; next < lines.size() && next < line + kMostReplyLines && words.size() < kMostOctets;
       ++next) {
    const std::string_view text = lines[next].text;
    const std::string_view body = text.substr(std::min(lines[next].begins, text.size()));
    const bool same_code = is_code_at(body, 0, code);
    const bool is_inside = quote != '\0' && closing_quote(words, quote) == std::string_view::npos;
    const bool quoted = is_inside && (lines[next].number == lines[line].number || begins_with_enhanced(body));
    // Bounces indent what a line was too short for.
    const bool folded = open && is_indented(text) && lines[next].speaker == Speaker::kUnknown;
    if (!(same_code && open) && !quoted && !folded && next > bounce_end) break;
    if (same_code && body.size() > code.size() && body[code.size()] != '-') open = false;
    words += next > bounce_end ? '\n' : ' ';
    words += body;
  }
  if (quote != '\0') words = words.substr(0, closing_quote(words, quote));
  for (const std::string_view end : kEnds) words = words.substr(0, words.find(end));
  words = without_codes(words, code);
  if (words.size() > kMostOctets) words.resize(kMostOctets);
  while (!words.empty() && std::string_view(" \n\t").find(words.back()) != std::string_view::npos) words.pop_back();
  return words;
}

}  // namespace explain
