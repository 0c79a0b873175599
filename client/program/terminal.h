// The terminal, lent to a program as a shell lends it to a job (tcsetpgrp(3)), and taken back as it was.
#pragma once

#include <memory>

namespace program {

class Terminal {
 public:
  Terminal();
  ~Terminal();  // takes it back
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // Whether it is this process's to lend: there is one, and its group is the one in front.
  [[nodiscard]] bool is_ours() const;
  // Hands what is typed on as it is, to be lent in that state: to a pseudo-terminal that understands it.
  void make_raw();
  // To this process's group, in the state of the beginning.
  void take_back();
  // Before a program goes on that was stopped: as it had left it.
  void put_back();
  // Stops this process and its group, as Ctrl-Z would have done without us; returns when somebody lets them go on.
  static void stop();

 private:
  struct State;
  int terminal_;
  std::unique_ptr<State> state_;  // in which it was lent; null: it is not ours
};

}  // namespace program
