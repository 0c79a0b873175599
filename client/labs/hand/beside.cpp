#include "client/labs/hand/beside.h"

#include <utility>

#include "client/labs/hand/told.h"
#include "client/stepper/typed_verb.h"
#include "core/show.h"

namespace hand {
namespace {

using screen::Line;
using screen::Role;
using screen::Run;

constexpr std::string_view kHint = "h";
constexpr std::string_view kTurn = "p";
constexpr std::string_view kAssignment = "=";

Line labelled(const core::Text& label, Role role, const core::Text& text, core::Language language) {
  return {Run{Role::kStrong, core::show_bytes(label.in(language))}, Run{Role::kPlain, "  "},
          Run{role, core::show_bytes(text.in(language))}};
}

}  // namespace

Beside::Beside(const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge, Record begun)
    : desk_(lab, knowledge), following_(lab, scenario), record_(std::move(begun)) {}

std::optional<std::string> Beside::follow(const client::Conversation& conversation, core::Language language) {
  const std::uint64_t connection = following_.follow(conversation);
  if (connection == 0) return std::nullopt;
  std::optional<std::string> told;
  for (const std::size_t task : desk_.look(following_.gathering(), connection, conversation.now()))
    told = fulfilled_told(desk_, task, language);
  if (told && desk_.is_finished()) *told += " · " + current_told(desk_, language).front();
  return told;
}

Beside::Pressed Beside::press(const screen::Key& key, const protocol::Protocol& spoken) {
  if (std::exchange(shows_assignment_, false)) return {true, {}};
  const std::string before = std::exchange(letter_, "");
  if (key.name != screen::KeyName::kText) return {};
  if (!before.empty() && stepper::begins_verb(spoken, before + key.text)) {
    desk_.back(before_);
    return {false, {screen::Key{screen::KeyName::kText, before}}};
  }
  if (key.text != kHint && key.text != kTurn && key.text != kAssignment) return {};
  letter_ = key.text;
  before_ = desk_.place();
  if (key.text == kHint) desk_.hint();
  if (key.text == kTurn) desk_.turn();
  if (key.text == kAssignment) shows_assignment_ = true;
  return {true, {}};
}

std::vector<Line> Beside::task_lines(core::Language language) const {
  std::string ticks;
  for (const Task& task : desk_.tasks()) ticks += task.done ? "✓" : "·";
  if (desk_.is_finished()) {
    return {{Run{Role::kPositive, ticks}, Run{Role::kPlain, "  "}, Run{Role::kStrong, current_told(desk_, language).front()}}};
  }
  const Task& task = desk_.tasks()[desk_.current()];
  const core::Text number = core::phrase("Task {0}/{1}", "任务 {0}/{1}", {desk_.current() + 1, desk_.tasks().size()});
  std::vector<Line> lines{labelled(number, Role::kStrong, task.check->title, language)};
  lines.front().push_back(Run{Role::kPositive, "  " + ticks});
  if (!task.mistake.empty())
    lines.push_back(labelled({"Again", "重来"}, Role::kWarning,
                             core::phrase("not on this connection any more: {0}", "这条连接上已经不行了：{0}", {task.mistake}),
                             language));
  for (std::size_t i = 0; i < task.hints; ++i)
    lines.push_back(labelled(core::phrase("Hint {0}", "提示 {0}", {i + 1}), Role::kPlain, task.check->hints[i], language));
  return lines;
}

void Beside::lay_over(screen::StepScreen& model, bool is_stepping, core::Language language) const {
  std::vector<Line> lines = task_lines(language);
  lines.emplace_back();
  model.meaning.lines.insert(model.meaning.lines.begin(), lines.begin(), lines.end());
  model.title = core::show_bytes(desk_.lab().title.in(language));
  if (!is_stepping) return;
  const std::vector<screen::KeyHint> ours{{std::string(kHint), core::Text{"hint", "提示"}.in(language)},
                                          {std::string(kTurn), core::Text{"another task", "换个任务"}.in(language)},
                                          {std::string(kAssignment), core::Text{"assignment", "题目"}.in(language)}};
  model.keys.insert(model.keys.begin() + static_cast<std::ptrdiff_t>(!model.keys.empty()), ours.begin(), ours.end());
  if (!shows_assignment_ || model.overlay) return;
  screen::Overlay overlay;
  overlay.title = core::Text{"The assignment", "题目"}.in(language);
  for (const std::string& line : assignment(desk_.lab(), language)) overlay.lines.push_back({Run{Role::kPlain, line}});
  overlay.footer = core::Text{"any key goes on", "按任意键继续"}.in(language);
  model.overlay = std::move(overlay);
}

Record Beside::record() const {
  Record record = record_;
  record.tasks = fulfilled(desk_);
  record.events = following_.happened();
  return record;
}

}  // namespace hand
