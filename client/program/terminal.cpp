#include "client/program/terminal.h"

#include <csignal>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace program {

struct Terminal::State {
  termios modes{};  // at the beginning
  termios lent{};   // of whoever it was taken from last
};

Terminal::Terminal() : terminal_(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
  if (!is_ours()) return;
  state_ = std::make_unique<State>();
  if (tcgetattr(terminal_, &state_->modes) != 0) state_.reset();
}

Terminal::~Terminal() {
  take_back();
  if (terminal_ >= 0) close(terminal_);
}

bool Terminal::is_ours() const { return terminal_ >= 0 && tcgetpgrp(terminal_) == getpgrp(); }

void Terminal::make_raw() {
  if (state_ == nullptr) return;
  termios raw = state_->modes;
  cfmakeraw(&raw);
  tcsetattr(terminal_, TCSADRAIN, &raw);
}

void Terminal::take_back() {
  if (state_ == nullptr) return;
  // Who takes the terminal from the background is stopped by it, unless this signal cannot reach them.
  sigset_t output{};
  sigset_t before{};
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, &before);
  tcgetattr(terminal_, &state_->lent);
  tcsetpgrp(terminal_, getpgrp());
  tcsetattr(terminal_, TCSADRAIN, &state_->modes);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Terminal::put_back() {
  if (state_ != nullptr && is_ours()) tcsetattr(terminal_, TCSADRAIN, &state_->lent);
}

void Terminal::stop() { kill(0, SIGTSTP); }

}  // namespace program
