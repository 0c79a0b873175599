#include "client/labs/answering.h"

#include <algorithm>
#include <utility>

#include "client/labs/given.h"
#include "core/text.h"

namespace lab {
namespace {

constexpr std::size_t kQuestion = 200;  // octets of what was printed last that are looked at
constexpr int kMostTimes = 8;           // that one answer is given: a program may ask without end

// The last line that says something.
std::string question_in(std::string_view printed) {
  printed = core::trim(printed);
  while (printed.ends_with('\n') || printed.ends_with('\r') || printed.ends_with(' ')) printed.remove_suffix(1);
  printed.remove_prefix(printed.rfind('\n') + 1);  // npos + 1 is 0
  if (printed.size() > kQuestion) printed.remove_prefix(printed.size() - kQuestion);
  return std::string(printed);
}

}  // namespace

// What is typed needs no empty line at its end.
Answering::Answering(const Lab& lab, Given given) : given_(std::move(given)) {
  for (auto& [name, value] : given_) {
    while (value.ends_with('\n')) value.pop_back();
  }
  for (const Answer& answer : lab.answers) {
    if (filled(answer.gives, given_).find('{') == std::string::npos) answers_.push_back(&answer);
  }
}

// A question that fits a row; any other line is answered by the next row that asks for nothing in particular.
const Answer* Answering::find(std::string_view question) {
  const std::string text(question);
  const auto fits = [&](const Answer& answer) {
    return std::any_of(answer.asks.begin(), answer.asks.end(),
                       [&](const std::string& pattern) { return core::matches_glob(text, pattern); });
  };
  for (const Answer* const answer : answers_) {
    if (!answer->asks.empty() && fits(*answer) && given_so_often_[answer] < (answer->is_once ? 1 : kMostTimes)) return answer;
  }
  for (const Answer* const answer : answers_) {
    if (answer->asks.empty() && given_so_often_[answer] == 0) return answer;
  }
  return nullptr;
}

void Answering::queue(const std::string& text) {
  std::string_view rest = core::without_line_end(text);
  is_text_ = rest.find('\n') != std::string_view::npos;
  do {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines_.emplace_back(core::without_line_end(rest.substr(0, end)));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  } while (!rest.empty());
  if (is_text_) lines_.emplace_back(".");
}

std::optional<std::string> Answering::next(std::string_view printed) {
  const std::string question = question_in(printed);
  const Answer* const answer = question.empty() && !lines_.empty() ? nullptr : find(question);
  if (answer != nullptr) {
    ++given_so_often_[answer];
    lines_.clear();
    queue(filled(answer->gives, given_, &told_));
  }
  if (lines_.empty()) {
    has_run_out_ = true;
    return std::nullopt;
  }
  std::string line = std::move(lines_.front());
  lines_.pop_front();
  return line;
}

}  // namespace lab
