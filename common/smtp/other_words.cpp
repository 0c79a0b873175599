#include "smtp/other_words.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smtp {
namespace {

// Two words, one, none, and more than anybody expects.
constexpr std::array<std::string_view, 4> kTexts{
    "as wished", "yes", "",
    "this server puts it otherwise than others do, and only the three digits in front of it mean anything"};

// A line with its first word kept, or not.
std::string reworded(std::string_view line, bool keeps_word, std::string_view text) {
  if (!keeps_word) return std::string(text);
  std::string out(line.substr(0, line.find(' ')));
  if (!text.empty()) out.append(" ").append(text);
  return out;
}

}  // namespace

protocol::Answer in_other_words(protocol::Answer answer, Input answers) {
  const bool is_challenge = answer.is_more() && (answers == Input::kAuth || answers == Input::kAuthResponse);
  if (is_challenge || answer.lines.empty()) return answer;
  const std::string_view text = kTexts[static_cast<std::size_t>(answers) % kTexts.size()];
  const bool names_server =
      answer.is_positive() && (answers == Input::kConnect || answers == Input::kHelo || answers == Input::kEhlo);
  const bool is_list = answer.is_positive() && answers == Input::kEhlo;
  const bool has_detail = !answer.detail().empty();
  for (std::size_t i = 0; i < (is_list ? 1 : answer.lines.size()); ++i)
    answer.lines[i] = reworded(answer.lines[i], has_detail || (names_server && i == 0), text);
  return answer;
}

}  // namespace smtp
