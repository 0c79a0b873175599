#include "imap/answer.h"

#include <algorithm>
#include <array>

#include "core/show.h"
#include "core/text.h"
#include "imap/cursor.h"

namespace imap {
namespace {

constexpr std::array<std::string_view, 6> kConditions{"OK", "NO", "BAD", "PREAUTH", "BYE", "+"};

protocol::Outcome outcome_for(Condition condition) {
  switch (condition) {
    case Condition::kOk:
    case Condition::kPreauth: return protocol::Outcome::kOk;
    case Condition::kMore: return protocol::Outcome::kMore;
    case Condition::kNo:
    case Condition::kBad:
    case Condition::kBye: break;
  }
  return protocol::Outcome::kRefused;
}

// A line that is no answer with a condition is untagged data.
std::optional<protocol::Answer> read_line(std::string_view line) {
  if (line.starts_with('+')) return protocol::Answer{protocol::Outcome::kMore, "+", {std::string(core::trim(line.substr(1)))}};
  const std::size_t tag_end = std::min(line.find(' '), line.size());
  const std::string_view tag = line.substr(0, tag_end);
  const bool is_untagged = tag == "*";
  // In a scenario the tag is a placeholder until somebody has said one.
  if (!is_untagged && !is_tag(tag) && tag != "{tag}") return std::nullopt;
  std::string_view rest = core::trim(line.substr(tag_end));
  const std::string_view word = rest.substr(0, rest.find(' '));
  for (std::size_t i = 0; i < kConditions.size(); ++i) {
    if (!core::equals_ignoring_case(word, kConditions[i]) || kConditions[i] == "+") continue;
    rest = core::trim(rest.substr(word.size()));
    return protocol::Answer{outcome_for(static_cast<Condition>(i)),
                            std::string(kConditions[i]),
                            {std::string(rest)},
                            is_untagged ? std::string() : std::string(tag)};
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(Condition condition) { return kConditions[static_cast<std::size_t>(condition)]; }

protocol::Answer neutral(const Answer& answer, std::string_view tag) {
  std::string line = answer.code.empty() ? "" : "[" + answer.code + "]";
  if (!line.empty() && !answer.text.empty()) line += ' ';
  const bool is_tagged = answer.condition != Condition::kMore && answer.condition != Condition::kPreauth;
  return {outcome_for(answer.condition),
          std::string(word_of(answer.condition)),
          {line + core::show_bytes(answer.text)},
          is_tagged ? std::string(tag) : std::string()};
}

Outcome outcome_of(const protocol::Answer& answer) {
  if (answer.is_more()) return Outcome::kMore;
  if (answer.code == word_of(Condition::kPreauth)) return Outcome::kPreauth;
  if (answer.code == word_of(Condition::kBye)) return Outcome::kBye;
  return answer.is_positive() ? Outcome::kOk : Outcome::kRefused;
}

std::string octets_of(const protocol::Answer& answer) {
  std::string octets;
  for (std::size_t i = 1; i < answer.lines.size(); ++i) octets += "* " + answer.lines[i] + "\r\n";
  const std::string text = answer.lines.empty() ? std::string() : answer.lines.front();
  if (answer.is_more()) return octets + "+ " + text + "\r\n";
  const std::string head = answer.tag.empty() ? "*" : answer.tag;
  const std::string code = answer.outcome == protocol::Outcome::kNews ? "" : " " + answer.code;
  return octets + head + code + (text.empty() ? "" : " ") + text + "\r\n";
}

std::optional<protocol::Answer> answer_in(const std::vector<std::string>& lines) {
  std::optional<protocol::Answer> found;
  std::vector<std::string> data;
  for (const std::string& line : lines) {
    auto answer = read_line(line);
    const bool is_last_word = answer && (!answer->tag.empty() || answer->is_more() || !found || found->tag.empty());
    if (is_last_word) {
      if (found && found->tag.empty())
        data.push_back(found->code + (found->lines.front().empty() ? "" : " ") + found->lines.front());
      found = std::move(answer);
    } else if (line.starts_with("* ")) {
      data.push_back(line.substr(2));
    }
  }
  if (found) found->lines.insert(found->lines.end(), data.begin(), data.end());
  return found;
}

}  // namespace imap
