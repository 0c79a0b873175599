// The tasks of a lab that is done by hand: which are fulfilled, which one is worked at, and how many of its hints are shown.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/hand/gathering.h"
#include "client/labs/lab.h"
#include "core/text.h"
#include "knowledge/knowledge.h"

namespace hand {

struct Task {
  const lab::Check* check = nullptr;              // never null
  std::optional<std::chrono::microseconds> done;  // when it was fulfilled; it stays so, whatever comes after
  std::size_t hints = 0;                          // shown
  core::Text mistake;  // what was done wrong on this connection, so that the task needs another one; may be empty
};

// It is fulfilled by an answer, not by what is said to a server.
[[nodiscard]] bool is_question(const lab::Check& check);

class Desk {
 public:
  // The musts of the lab are the tasks. lab and knowledge outlive it.
  Desk(const lab::Lab& lab, const knowledge::Knowledge& knowledge);

  // Something happened on that connection, at a moment of the record's clock. Gives the tasks that are fulfilled by it. A task
  // is, when one connection shows it, or all of them together.
  std::vector<std::size_t> look(const Gathering& gathering, std::uint64_t connection, std::chrono::microseconds at);

  // An answer to the current task, which is a question. Gives whether it is right: then the task is fulfilled. REQUIRES: there
  // are tasks.
  bool answer(const std::string& text, std::chrono::microseconds at);

  [[nodiscard]] const lab::Lab& lab() const { return lab_; }
  [[nodiscard]] const std::vector<Task>& tasks() const { return tasks_; }
  // The one that is worked at. REQUIRES: there are tasks.
  [[nodiscard]] std::size_t current() const { return current_; }
  // The one of that name, unless it is fulfilled or there is none.
  bool choose(std::string_view name);
  // Another one that is not fulfilled, round and round.
  void turn();
  // One more hint of the current task; null: there are no more.
  const core::Text* hint();
  // What turn() and hint() change, and how it is taken back before anything else has happened.
  struct Place {
    std::size_t task = 0;
    std::size_t hints = 0;
  };
  [[nodiscard]] Place place() const { return {current_, tasks_.empty() ? 0 : tasks_[current_].hints}; }
  void back(Place place);
  [[nodiscard]] bool is_finished() const;
  // The current task is a question.
  [[nodiscard]] bool asks() const { return !is_finished() && is_question(*tasks_[current_].check); }
  // The current task cannot be fulfilled on this connection any more.
  [[nodiscard]] bool is_hindered() const { return !is_finished() && !tasks_[current_].mistake.empty(); }

 private:
  std::vector<std::size_t> judge(const lab::Evidence& evidence, std::chrono::microseconds at);

  const lab::Lab& lab_;
  const knowledge::Knowledge& knowledge_;
  std::vector<Task> tasks_;
  std::size_t current_ = 0;
};

}  // namespace hand
