#include "client/explain/candidates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "client/explain/characters.h"
#include "core/text.h"

namespace explain {
namespace {

constexpr std::size_t kContext = 48;  // octets before a number that say what it is

struct Sign {
  std::string_view text;
  int weight;
  Against against = Against::kNothing;
};

// What stands right before a number, in lower case. The first that fits counts.
constexpr std::array kBefore{
    Sign{"expected response code ", -20, Against::kExpected},
    Sign{"expected code ", -20, Against::kExpected},
    Sign{"expected ", -20, Against::kExpected},
    Sign{"expecting ", -20, Against::kExpected},
    Sign{"receive ", -20, Against::kExpected},  // "did not receive 220"
    Sign{"received no ", -20, Against::kExpected},
    Sign{"waiting for ", -20, Against::kExpected},
    Sign{"未收到服务器的", -20, Against::kExpected},
    Sign{"没有收到服务器的", -20, Against::kExpected},
    Sign{"没有收到", -20, Against::kExpected},
    Sign{"未收到", -20, Against::kExpected},
    Sign{"未返回", -20, Against::kExpected},
    Sign{"http_code\":", -20, Against::kHttp},
    Sign{"http ", -20, Against::kHttp},
    Sign{"http/1.1 ", -20, Against::kHttp},
    Sign{"completed ", -12, Against::kHttp},
    Sign{"status code ", -4, Against::kHttp},
    Sign{"on line ", -20, Against::kPlace},
    Sign{"line ", -20, Against::kPlace},
    Sign{"line: ", -20, Against::kPlace},
    Sign{"line number ", -20, Against::kPlace},
    Sign{"position ", -20, Against::kPlace},
    Sign{"frame ", -20, Against::kPlace},
    Sign{"port ", -20, Against::kPort},
    Sign{"port: ", -20, Against::kPort},
    Sign{"port=", -20, Against::kPort},
    Sign{"端口：", -20, Against::kPort},
    Sign{"pid ", -20, Against::kProcess},
    Sign{"errno ", -20, Against::kProcess},
    Sign{"error ", 1},
    Sign{"#", -10, Against::kProcess},
    Sign{"size=", -20, Against::kAmount},
    Sign{"after ", -2, Against::kAmount},
    Sign{"got code ", 12},
    Sign{"but got ", 12},
    Sign{"received from server (", 8},
    Sign{"said: ", 8},
    Sign{"says: ", 6},
    Sign{"server responded: ", 6},
    Sign{"server responded with: ", 6},
    Sign{"server message: ", 6},
    Sign{"response was: ", 6},
    Sign{"response: ", 5},
    Sign{"response\":", 6},
    Sign{"responsecode: ", 6},
    Sign{"responsecode\":", 6},
    Sign{"smtp code: ", 6},
    Sign{"error code: ", 4},
    Sign{"error code ", 4},
    Sign{"code: ", 3},
    Sign{"code ", 3},
    Sign{"smtp; ", 8},
    Sign{"smtp;", 8},
    Sign{"error: ", 4},
    Sign{"error (", 5},
    Sign{"exception: ", 4},
    Sign{"failed: ", 4},
    Sign{"login: ", 4},
    Sign{"refused: ", 4},
    Sign{"rejected: ", 4},
    Sign{"message ", 4},
    Sign{"服务器响应：“", 8},
    Sign{"服务器响应: ", 6},
    Sign{"服务器返回", 6},
    Sign{"server error: ", 4},
    Sign{"-> ", 3},
    Sign{": ", 2},
    Sign{"(", 2},
};

// What stands right behind it, in lower case.
constexpr std::array kBehind{
    Sign{" reply not rec", -20, Against::kExpected},
    Sign{" response not rec", -20, Against::kExpected},
    Sign{" code not rec", -20, Against::kExpected},
    Sign{" not rec", -20, Against::kExpected},
    Sign{" 未收到", -20, Against::kExpected},
    Sign{" 没有收到", -20, Against::kExpected},
    Sign{" status code", -20, Against::kHttp},
    Sign{" internal server error", -20, Against::kHttp},
    Sign{" bad request", -20, Against::kHttp},
    Sign{" not found\"", -10, Against::kHttp},
    Sign{" unauthorized", -6, Against::kHttp},
    Sign{" ms", -10, Against::kAmount},
    Sign{" s", -12, Against::kAmount},
    Sign{" sec", -12, Against::kAmount},
    Sign{" secs", -12, Against::kAmount},
    Sign{" seconds", -12, Against::kAmount},
    Sign{" bytes", -12, Against::kAmount},
    Sign{" octets", -12, Against::kAmount},
    Sign{" kb", -12, Against::kAmount},
    Sign{" mb", -12, Against::kAmount},
    Sign{" tid-", -12, Against::kProcess},
    Sign{" recipients", -6, Against::kAmount},
    Sign{", b'", 8},
    Sign{", b\"", 8},
    Sign{", '", 8},
    Sign{", u'", 8},
    Sign{", \"", 8},
};

// Half a number, a time, an address: the octets beside it say so. end: behind it.
bool is_part_of_more(std::string_view text, std::size_t at, std::size_t end) {
  const char before = at == 0 ? ' ' : text[at - 1];
  const char behind = end < text.size() ? text[end] : ' ';
  if (is_digit(before) || is_letter(before) || is_digit(behind) || is_letter(behind)) return true;
  if (std::string_view("._/%&@\\$").find(before) != std::string_view::npos) return true;
  if (std::string_view("/%_@\\").find(behind) != std::string_view::npos) return true;
  const bool digit_two_before = at >= 2 && is_digit(text[at - 2]);
  if (digit_two_before && std::string_view(":,.-+").find(before) != std::string_view::npos) return true;
  const bool digit_behind = end + 1 < text.size() && is_digit(text[end + 1]);
  // "550-5.7.26" and "553-550" are replies; "200-300" inside a longer number was found above.
  return digit_behind && (behind == '.' || behind == ':' || behind == '+');
}

// ":535)" behind a file name, "[121]" behind a program's name.
std::optional<Against> place_of(std::string_view text, std::size_t at) {
  const char before = at == 0 ? ' ' : text[at - 1];
  const char behind = at + 3 < text.size() ? text[at + 3] : ' ';
  if (before == '[' && behind == ']') return Against::kProcess;
  if (before == ':' && at >= 2 && (is_letter(text[at - 2]) || text[at - 2] == ']' || text[at - 2] == '"')) {
    const std::string_view word = text.substr(0, at - 1);
    const bool is_key = word.ends_with('"') || word.ends_with("code") || word.ends_with("Code");
    if (!is_key) return Against::kPlace;
  }
  if (before == '(' && at >= 5 && text.substr(at - 5, 4) == ".php") return Against::kPlace;
  return std::nullopt;
}

std::string lower_before(std::string_view text, std::size_t at) {
  const std::size_t begin = at > kContext ? at - kContext : 0;
  std::string_view before = text.substr(begin, at - begin);
  while (before.ends_with('"') || before.ends_with('\'')) before.remove_suffix(1);
  return core::to_lower(before);
}

void apply(const Sign& sign, Candidate& candidate) {
  candidate.weight += sign.weight;
  if (sign.weight < 0) candidate.against = sign.against;
}

void weigh_surroundings(const Line& line, Candidate& candidate) {
  const std::string_view text = line.text;
  const std::string before = lower_before(text, candidate.at);
  const std::string behind = core::to_lower(text.substr(candidate.at + candidate.code.text.size(), kContext));
  const auto* const sign =
      std::find_if(kBefore.begin(), kBefore.end(), [&](const Sign& one) { return before.ends_with(one.text); });
  if (sign != kBefore.end()) apply(*sign, candidate);
  const auto* const other = std::find_if(kBehind.begin(), kBehind.end(), [&](const Sign& one) {
    const bool is_word = one.text.size() >= behind.size() || !is_letter(behind[one.text.size()]);
    return behind.starts_with(one.text) && (is_word || one.against != Against::kAmount);
  });
  if (other != kBehind.end()) apply(*other, candidate);
  if (const auto place = candidate.code.is_number() ? place_of(text, candidate.at) : std::nullopt)
    apply({"", -20, *place}, candidate);
  if (candidate.at == line.begins) candidate.weight += 5;
  if (line.speaker == Speaker::kServer) candidate.weight += 3;
  if (line.speaker == Speaker::kClient) apply({"", -8, Against::kClient}, candidate);
}

// An enhanced code of the same class stands behind nothing but a reply; a letter behind a blank is usual.
void weigh_words(std::string_view text, Candidate& candidate) {
  candidate.detail = detail_of(candidate.words);
  const bool is_other_class = is_digit(candidate.detail.empty() ? ' ' : candidate.detail.front()) &&
                              candidate.detail.front() != candidate.code.text.front();  // Exchange says "451 5.7.3"
  if (!candidate.detail.empty()) candidate.weight += is_other_class ? 4 : 8;
  const std::size_t end = candidate.at + candidate.code.text.size();
  const char behind = end < text.size() ? text[end] : ' ';
  if (behind == '-' || behind == ' ') candidate.weight += candidate.words.empty() ? 0 : 1;
}

// A number may be anything; nothing but a reply is written so.
int own_weight(const Code& code, const knowledge::Knowledge& knowledge) {
  return (code.is_number() ? 0 : 8) + (code.is_negative() ? 2 : 0) + (knowledge.code(code.text) != nullptr ? 1 : 0);
}

// Where something that is repeated begins: the line, a quote, what stands behind a colon or an arrow.
bool begins_words(const Line& line, std::size_t at) {
  if (at <= line.begins) return true;
  const std::string_view before = std::string_view(line.text).substr(0, at);
  return std::string_view("'\"").find(before.back()) != std::string_view::npos || before.ends_with(": ") ||
         before.ends_with("< ");
}

// What libraries write instead of the tag.
constexpr std::array<std::string_view, 5> kInsteadOfTag{"error:", "imap:", "exception:", "said:", "failed:"};

// A code that is a word stands behind the tag of the command that it answers, or behind "*" (RFC 9051 §2.2.2), where words
// begin, or where a library says so.
bool is_behind_tag(const Line& line, std::size_t at) {
  if (at <= line.begins + 1 || line.text[at - 1] != ' ') return false;
  const std::string_view before = std::string_view(line.text).substr(0, at - 1);
  const std::string lower = core::to_lower(before.substr(before.size() - std::min(before.size(), kContext)));
  if (std::any_of(kInsteadOfTag.begin(), kInsteadOfTag.end(), [&](std::string_view word) { return lower.ends_with(word); }))
    return true;
  std::size_t tag_at = before.size();
  while (tag_at > 0 && is_word(before[tag_at - 1])) --tag_at;
  if (tag_at == before.size() && before.ends_with('*')) --tag_at;
  const std::string_view tag = before.substr(tag_at);
  return begins_words(line, tag_at) && (tag == "*" || std::any_of(tag.begin(), tag.end(), is_digit));
}

std::optional<Code> code_at(const Line& line, std::size_t at) {
  const std::string_view text = line.text;
  if (at > 0 && is_word(text[at - 1])) return std::nullopt;
  std::optional<Code> code = code_in_front(text.substr(at));
  if (!code || code->text.size() == 1 || is_part_of_more(text, at, at + code->text.size())) return std::nullopt;
  return is_letter(code->text.front()) && !is_behind_tag(line, at) ? std::nullopt : std::move(code);
}

}  // namespace

std::vector<Candidate> find_candidates(const std::vector<Line>& lines, const knowledge::Knowledge& knowledge) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    for (std::size_t at = 0; at < text.size() && found.size() < kMostCandidates; ++at) {
      std::optional<Code> code = code_at(lines[i], at);
      if (!code) continue;
      Candidate candidate;
      candidate.code = std::move(*code);
      candidate.line = i;
      candidate.at = at;
      candidate.weight = own_weight(candidate.code, knowledge);
      candidate.words = reply_words(lines, i, at, candidate.code.text);
      weigh_surroundings(lines[i], candidate);
      weigh_words(text, candidate);
      at += candidate.code.text.size() - 1;
      found.push_back(std::move(candidate));
    }
  }
  return found;
}

}  // namespace explain
