#include "pop3/answer.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/show.h"

namespace pop3 {
namespace {

constexpr std::array<std::string_view, kOutcomeCount> kIndicators{"+OK", "+", "-ERR"};

// resp-code = 1*CHAR without brackets and blanks at its ends (RFC 2449 §3): "[" resp-level *("/" resp-level) "]"
std::string take_code(std::string_view& text) {
  const std::size_t end = text.find(']');
  if (!text.starts_with('[') || end == std::string_view::npos) return {};
  std::string code(text.substr(1, end - 1));
  text.remove_prefix(end + 1);
  if (text.starts_with(' ')) text.remove_prefix(1);
  return code;
}

// Cut so that no character of UTF-8 is left in halves.
void cut(std::string& line, std::size_t length) {
  if (line.size() <= length) return;
  while (length > 0 && (static_cast<unsigned char>(line[length]) & 0xC0U) == 0x80U) --length;
  line.resize(length);
}

}  // namespace

std::string_view indicator(Outcome outcome) { return kIndicators[static_cast<std::size_t>(outcome)]; }

std::string first_line(const Answer& answer) {
  std::string line(indicator(answer.outcome));
  if (!answer.code.empty()) line += " [" + core::show_bytes(answer.code) + "]";
  // RFC 5034 §4: the blank stands behind "+" also when nothing follows. A challenge may be longer than a text.
  if (answer.outcome == Outcome::kMore) return line + " " + core::show_bytes(answer.text) + "\r\n";
  if (!answer.text.empty()) line += " " + core::show_bytes(answer.text);
  cut(line, kMaxAnswerLine - 2);
  return line + "\r\n";
}

std::optional<Answer> read_first_line(std::string_view line) {
  Answer answer;
  for (const Outcome outcome : {Outcome::kOk, Outcome::kRefused, Outcome::kMore}) {
    const std::string_view start = indicator(outcome);
    if (!line.starts_with(start)) continue;
    std::string_view rest = line.substr(start.size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') continue;
    if (!rest.empty()) rest.remove_prefix(1);
    answer.outcome = outcome;
    if (outcome != Outcome::kMore) answer.code = take_code(rest);
    answer.text = rest;
    return answer;
  }
  return std::nullopt;
}

}  // namespace pop3
