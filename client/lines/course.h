// Where the next thing to say comes from: a script, the path of a scenario, or what a visit to a real server says.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>

#include "client/base/options.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/lines/next.h"
#include "client/lines/visit.h"
#include "client/stepper/guide.h"
#include "dialogue/event.h"

namespace lines {

class Course {
 public:
  // setup outlives it. script: lines with their ends; nothing: there is none.
  Course(const client::Setup& setup, const client::StepOptions& options, std::optional<std::deque<std::string>> script);

  // What is said now; nothing: that was all. is_over: nothing of a path is said any more.
  [[nodiscard]] std::optional<Next> next(const client::Conversation& talk, bool is_over);
  // To connect again, where the connection is gone and the path goes on; nothing where it does not.
  [[nodiscard]] std::optional<Next> next_connection(const client::Conversation& talk) const;
  // What has to pass before the next thing, and why it is said.
  struct Pause {
    std::chrono::milliseconds time{};
    core::Text why;
  };
  [[nodiscard]] Pause pause(const client::Conversation& talk) const;

  // It is said; this happened.
  void take(const Next& next, const client::Conversation& talk);
  void follow(const dialogue::Event& event, const client::Conversation& talk);

  // Everything was said that there was to say, and taken as far as that can be told from here.
  [[nodiscard]] bool is_complete(const client::Conversation& talk, bool all_sent) const;
  [[nodiscard]] bool has_script() const { return script_.has_value(); }
  [[nodiscard]] const std::deque<std::string>* script() const { return script_ ? &*script_ : nullptr; }

 private:
  [[nodiscard]] Next next_of(const stepper::Proposal& proposal, const client::Conversation& talk) const;
  [[nodiscard]] core::Text why_of(const stepper::Proposal& proposal, const client::Conversation& talk) const;
  [[nodiscard]] std::string shown(const stepper::Proposal& proposal, const client::Conversation& talk) const;

  const client::Setup& setup_;
  core::Language language_;
  bool show_secrets_;
  bool is_by_line_;
  std::optional<std::deque<std::string>> script_;
  stepper::Guide guide_;
  std::optional<Visit> visit_;  // nobody sits there, and there is no path
  std::size_t connections_ = 0;
  std::optional<std::size_t> tried_;  // the step that connected again, until something is said there
};

}  // namespace lines
