#include "client/labs/hand/desk.h"

#include <algorithm>

#include "client/labs/conditions.h"
#include "client/labs/marking.h"

namespace hand {

bool is_question(const lab::Check& check) {
  return std::any_of(check.conditions.begin(), check.conditions.end(),
                     [](const lab::Condition& one) { return one.key == "answer"; });
}

Desk::Desk(const lab::Lab& lab, const knowledge::Knowledge& knowledge) : lab_(lab), knowledge_(knowledge) {
  for (const lab::Check& check : lab.checks) {
    if (check.kind == lab::CheckKind::kMust) tasks_.push_back({&check, {}, 0, {}});
  }
}

std::vector<std::size_t> Desk::look(const Gathering& gathering, std::uint64_t connection, std::chrono::microseconds at) {
  std::vector<std::size_t> fulfilled = judge(gathering.of(connection), at);
  if (gathering.connections() > 1) {
    std::vector<core::Text> mistakes;  // of this connection, not of those before
    for (const Task& task : tasks_) mistakes.push_back(task.mistake);
    const std::vector<std::size_t> together = judge(gathering.all(), at);
    fulfilled.insert(fulfilled.end(), together.begin(), together.end());
    for (std::size_t i = 0; i < tasks_.size(); ++i) tasks_[i].mistake = mistakes[i];
  }
  if (!tasks_.empty() && tasks_[current_].done) turn();
  return fulfilled;
}

std::vector<std::size_t> Desk::judge(const lab::Evidence& evidence, std::chrono::microseconds at) {
  std::vector<std::size_t> fulfilled;
  lab::Trials trials;
  trials.all.push_back(evidence);
  const lab::Sheet sheet = lab::mark(lab_, trials, knowledge_);
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    Task& task = tasks_[i];
    const auto result = std::find_if(sheet.checks.begin(), sheet.checks.end(),
                                     [&](const lab::CheckResult& one) { return one.name == task.check->name; });
    if (task.done || result == sheet.checks.end()) continue;
    task.mistake = result->findings.empty() ? core::Text{} : result->reason;
    if (result->outcome != lab::Outcome::kPassed) continue;
    task.done = at;
    fulfilled.push_back(i);
  }
  return fulfilled;
}

bool Desk::answer(const std::string& text, std::chrono::microseconds at) {
  Task& task = tasks_[current_];
  lab::Evidence evidence;
  evidence.given = lab_.given;
  evidence.files = lab_.files;
  evidence.answer = text;
  const auto& conditions = task.check->conditions;
  const bool is_right = std::all_of(conditions.begin(), conditions.end(),
                                    [&](const lab::Condition& one) { return lab::look(one, evidence).holds; });
  if (!is_right) return false;
  task.done = at;
  turn();
  return true;
}

bool Desk::choose(std::string_view name) {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (tasks_[i].check->name != name || tasks_[i].done) continue;
    current_ = i;
    return true;
  }
  return false;
}

void Desk::turn() {
  for (std::size_t step = 1; step <= tasks_.size(); ++step) {
    const std::size_t next = (current_ + step) % tasks_.size();
    if (tasks_[next].done) continue;
    current_ = next;
    return;
  }
}

const core::Text* Desk::hint() {
  if (tasks_.empty()) return nullptr;
  Task& task = tasks_[current_];
  if (task.done || task.hints >= task.check->hints.size()) return nullptr;
  return &task.check->hints[task.hints++];
}

void Desk::back(Place place) {
  current_ = place.task;
  if (!tasks_.empty()) tasks_[current_].hints = place.hints;
}

bool Desk::is_finished() const {
  return std::all_of(tasks_.begin(), tasks_.end(), [](const Task& task) { return task.done.has_value(); });
}

}  // namespace hand
