#include "client/labs/hand/told.h"

#include <algorithm>

#include "core/show.h"

namespace hand {
namespace {

std::string numbered(std::string_view sign, std::size_t number, const lab::Check& check, core::Language language) {
  return std::string(sign) + " " + std::to_string(number + 1) + " " + core::show_bytes(check.title.in(language));
}

// Between two lines of one paragraph: a blank, where Latin letters meet.
std::string between(std::string_view before, std::string_view line) {
  const bool is_latin =
      !before.empty() && core::is_ascii(before.substr(before.size() - 1)) && core::is_ascii(line.substr(0, 1));
  return is_latin ? " " : "";
}

}  // namespace

std::vector<std::string> assignment(const lab::Lab& lab, core::Language language) {
  std::vector<std::string> lines{core::show_bytes(lab.title.in(language)), "", ""};
  std::string_view rest = lab.task.in(language);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string line = core::show_bytes(core::without_line_end(rest.substr(0, end)));
    const bool is_as_it_stands = line.starts_with("  ") || lines.back().starts_with("  ");
    if (is_as_it_stands && !line.empty() && !lines.back().empty()) {
      lines.push_back(line);
    } else if (line.empty()) {
      lines.insert(lines.end(), 2, "");
    } else {
      lines.back() += between(lines.back(), line) + line;
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return lines;
}

std::vector<std::string> tasks_told(const Desk& desk, core::Language language) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < desk.tasks().size(); ++i) {
    const Task& task = desk.tasks()[i];
    const std::string_view sign = task.done ? "✓" : i == desk.current() ? "▶" : "·";
    lines.push_back(numbered(sign, i, *task.check, language));
  }
  return lines;
}

std::vector<std::string> current_told(const Desk& desk, core::Language language) {
  if (desk.is_finished()) return {core::Text{"All tasks are fulfilled.", "全部任务都完成了。"}.in(language)};
  const Task& task = desk.tasks()[desk.current()];
  std::vector<std::string> lines{
      core::phrase("Task {0} of {1}: {2}", "任务 {0}/{1}：{2}", {desk.current() + 1, desk.tasks().size(), task.check->title})
          .in(language)};
  if (!task.mistake.empty())
    lines.push_back(core::phrase("Not on this connection any more: {0} Begin again on a new one.",
                                 "这条连接上已经不行了：{0}请在新的连接上重来。", {task.mistake})
                        .in(language));
  for (std::size_t i = 0; i < task.hints; ++i)
    lines.push_back(core::phrase("Hint {0}: {1}", "提示 {0}：{1}", {i + 1, task.check->hints[i]}).in(language));
  for (std::string& line : lines) line = core::show_bytes(line);
  return lines;
}

core::Text no_more_hints() { return {"There are no more hints for this task.", "这个任务没有更多提示了。"}; }

bool compare_tasks(const Desk& desk, const Record& record, core::Language language, std::ostream& out) {
  bool is_same = true;
  out << '\n';
  for (const Task& task : desk.tasks()) {
    const auto said = std::find_if(record.tasks.begin(), record.tasks.end(),
                                   [&](const Fulfilled& one) { return one.name == task.check->name; });
    const bool was_done = said != record.tasks.end() && said->done.has_value();
    out << (task.done ? "✓ " : "· ") << core::show_bytes(task.check->title.in(language)) << '\n';
    if (was_done == task.done.has_value()) continue;
    is_same = false;
    const core::Text other = was_done ? core::Text{"the record says that this is fulfilled", "记录说这一项已完成"}
                                      : core::Text{"the record says that this is not fulfilled", "记录说这一项没有完成"};
    out << "! " << other.in(language) << '\n';
  }
  const core::Text end = is_same ? core::Text{"It is as the record says.", "和记录一致。"}
                                 : core::Text{"It is not as the record says.", "和记录不一致。"};
  out << end.in(language) << '\n';
  return is_same;
}

core::Text origins_told(const Record& record) {
  const auto count = [&](Origin origin) {
    return std::count_if(record.events.begin(), record.events.end(), [&](const Happened& one) { return one.origin == origin; });
  };
  const auto proposed = count(Origin::kProposed);
  const auto typed = count(Origin::kTyped);
  if (proposed + typed == 0) return {};
  return core::phrase("Sent as proposed: {0}; typed or edited: {1}.", "照建议原样发出：{0}；自己输入或修改：{1}。",
                      {proposed, typed});
}

core::Text record_told(const std::string& file) {
  return core::phrase("The record is {0}. It does not show who typed; smtplab lab --replay says all of it again.",
                      "记录写在 {0}。它不能说明是谁输入的；smtplab lab --replay 会把全部内容再说一遍。",
                      {core::show_bytes(file)});
}

std::string fulfilled_told(const Desk& desk, std::size_t task, core::Language language) {
  return core::show_bytes(
      core::phrase("✓ {0} of {1}: {2}", "✓ {0}/{1}：{2}", {task + 1, desk.tasks().size(), desk.tasks()[task].check->title})
          .in(language));
}

}  // namespace hand
