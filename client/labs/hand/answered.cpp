#include "client/labs/hand/answered.h"

#include <cstddef>
#include <vector>

#include "client/labs/hand/told.h"
#include "core/show.h"
#include "net/loop.h"

namespace hand {
namespace {

void say_all(const std::vector<std::string>& lines, std::ostream& out) {
  for (const std::string& line : lines) out << line << '\n';
}

std::vector<std::string> questions(const Desk& desk) {
  std::vector<std::string> names;
  for (const Task& task : desk.tasks()) {
    if (is_question(*task.check)) names.push_back(task.check->name);
  }
  return names;
}

// Until it is answered or left.
void ask_one(const std::string& name, Desk& desk, Record& record, core::Language language, std::istream& in,
             std::ostream& out) {
  const auto began = net::Loop::precise_now();
  std::string line;
  while (desk.choose(name)) {
    say_all(current_told(desk, language), out);
    out.flush();
    if (!std::getline(in, line) || line == "p") return;
    if (line == "h") {
      if (desk.hint() == nullptr) out << no_more_hints().in(language) << '\n';
    } else if (!core::trim(line).empty()) {
      take_answer(line, net::Loop::precise_now() - began, desk, record, language, out);
    }
  }
}

}  // namespace

void take_answer(const std::string& text, std::chrono::microseconds at, Desk& desk, Record& record, core::Language language,
                 std::ostream& out) {
  const std::size_t task = desk.current();
  const bool is_right = desk.answer(text, at);
  const lab::Check& check = *desk.tasks()[task].check;
  record.answers.push_back({check.name, text, static_cast<double>(at.count()) / 1000});
  if (is_right) {
    out << fulfilled_told(desk, task, language) << '\n';
  } else {
    out << core::show_bytes((check.why.empty() ? core::Text{"That is not it.", "不对。"} : check.why).in(language)) << '\n';
  }
}

void ask_first(Desk& desk, Record& record, core::Language language, std::istream& in, std::ostream& out) {
  const std::vector<std::string> names = questions(desk);
  if (names.empty()) return;
  say_all(assignment(desk.lab(), language), out);
  out << '\n'
      << core::Text{"First a question: type the answer, h for a hint, p to go on without one.",
                    "先回答问题：输入答案，h 提示，p 跳过。"}
             .in(language)
      << "\n\n";
  for (const std::string& name : names) ask_one(name, desk, record, language, in, out);
}

void answer_again(const Record& record, Desk& desk) {
  for (const Answered& one : record.answers) {
    if (desk.choose(one.task)) desk.answer(one.answer, std::chrono::microseconds(0));
  }
}

}  // namespace hand
