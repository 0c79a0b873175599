// One lesson on the screen: a dialogue with its server, and the stepper that looks at it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/base/options.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/stepper/stepper.h"
#include "core/result.h"
#include "net/timer.h"

namespace client {

class Lesson {
 public:
  // changed: called when the screen has to be drawn anew. loop outlives the lesson. setup holds a scenario or a server.
  Lesson(net::Loop& loop, Setup setup, const StepOptions& options, std::function<void()> changed);
  Lesson(const Lesson&) = delete;
  Lesson& operator=(const Lesson&) = delete;

  // Connects. Errors (Blame::kSystem): the mock cannot listen.
  core::Result<void> open() { return conversation_->open(); }

  [[nodiscard]] stepper::Stepper& stepper() { return stepper_; }
  [[nodiscard]] const dialogue::Log& log() const { return conversation_->log(); }
  [[nodiscard]] const Conversation& conversation() const { return *conversation_; }
  // Whether the transcript of --transcript is whole so far.
  [[nodiscard]] core::Result<void> transcript() const { return state_of(setup_.manners.transcript); }
  [[nodiscard]] stepper::View view() const;

  // wait: how long it was waited for before it. is_proposed: by us.
  void send(const std::string& bytes, std::chrono::milliseconds wait = {}, bool is_proposed = false);
  // Each when the one before is answered.
  void send_in_turn(const std::vector<std::string>& lines);
  // A new connection in the same dialogue.
  void connect_again(const stepper::ConnectAgain& wish = {});
  // Everything again on a new connection, but for the last thing sent.
  void go_back();
  // Writes dialogue and events into files named after the scenario in the current folder, and says so on the screen.
  void export_dialogue(core::Language language, bool show_secrets);

 private:
  void follow();
  void warn_without_tls();
  void count_down();
  [[nodiscard]] bool is_finished() const;
  [[nodiscard]] std::optional<std::string> renewed(std::size_t number) const;

  Setup setup_;
  bool insecure_;
  std::function<void()> changed_;
  std::unique_ptr<Conversation> conversation_;
  stepper::Stepper stepper_;
  std::size_t seen_ = 0;        // events looked at for STARTTLS
  std::vector<bool> computed_;  // of each deed: it was what the running login wanted
  net::Timer pause_;            // until less of the time to wait is to be shown
};

}  // namespace client
