// Leads a dialogue in plain lines: one thing after the other, each when the one before is answered, until all is said.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "client/base/options.h"
#include "client/conversation/conversation.h"
#include "client/conversation/setup.h"
#include "client/lines/course.h"
#include "client/lines/keyboard.h"
#include "client/lines/narrator.h"
#include "net/loop.h"
#include "net/timer.h"

namespace lines {

class Player {
 public:
  // loop and setup outlive it. script: as Course has it.
  Player(net::Loop& loop, const client::Setup& setup, const client::StepOptions& options,
         std::optional<std::deque<std::string>> script);

  // Runs the loop until it is done; gives the exit status.
  int play();

 private:
  void tell();
  void judge(const protocol::Answer& reply);
  void advance();
  [[nodiscard]] std::optional<Next> next_connection() const;
  [[nodiscard]] std::chrono::milliseconds pause();
  void send_next();
  void offer(const Next& next);
  void typed(const std::optional<std::string>& line);
  void take(const Next& next);
  void refuse_password();
  void give_up();
  void finish();
  [[nodiscard]] bool is_the_lesson() const;

  net::Loop& loop_;
  const client::Setup& setup_;
  core::Language language_;
  bool may_show_password_;
  Course course_;
  Narrator narrator_;
  std::unique_ptr<client::Conversation> talk_;
  net::Timer out_of_step_;  // runs behind octets that are no reply
  net::Timer turn_;
  std::optional<Keyboard> keyboard_;  // somebody sits there
  std::optional<Next> offered_;       // until they have decided
  std::optional<scenario::Code> expected_;
  bool over_ = false;  // a step was answered otherwise than the path says
  bool all_sent_ = false;
  bool finished_ = false;
  bool has_left_ = false;  // by a word of theirs
  int status_ = client::kDone;
};

}  // namespace lines
