// A lab by hand beside the step screen: its tasks stand over what a line means, and three keys are its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "client/conversation/conversation.h"
#include "client/labs/hand/answered.h"
#include "client/labs/hand/desk.h"
#include "client/labs/hand/following.h"
#include "client/labs/hand/record.h"
#include "client/screen/key.h"
#include "client/screen/screen_model.h"

namespace hand {

class Beside {
 public:
  // All of them outlive it. begun: as far as it is known before anything has happened.
  Beside(const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge, Record begun);

  // Questions come before the screen: there a line goes to the server. As ask_first().
  void ask(core::Language language, std::istream& in, std::ostream& out) { ask_first(desk_, record_, language, in, out); }

  // Looks at what happened. Gives a sentence when something was fulfilled by it.
  std::optional<std::string> follow(const client::Conversation& conversation, core::Language language);

  // A key, while none is typed into a line. `h` one more hint, `p` another task, `=` the assignment, over which any key is
  // ours. A letter that begins a command with the one before it was no key: what that did is taken back.
  struct Pressed {
    bool is_ours = false;
    std::vector<screen::Key> instead;  // what is to be pressed before this one
  };
  Pressed press(const screen::Key& key, const protocol::Protocol& spoken);

  // is_stepping: keys are keys.
  void lay_over(screen::StepScreen& model, bool is_stepping, core::Language language) const;

  [[nodiscard]] const Desk& desk() const { return desk_; }
  [[nodiscard]] Record record() const;

 private:
  [[nodiscard]] std::vector<screen::Line> task_lines(core::Language language) const;

  Desk desk_;
  Following following_;
  Record record_;
  bool shows_assignment_ = true;
  std::string letter_;  // the key of ours that was pressed last, and nothing since
  Desk::Place before_;  // it
};

}  // namespace hand
