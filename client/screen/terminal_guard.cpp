#include "client/screen/terminal_guard.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

namespace screen {
namespace {

constexpr std::array kFaults{SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
constexpr std::array kEndings{SIGTERM, SIGHUP, SIGINT, SIGQUIT};
constexpr std::size_t kStackSize = 64UL * 1024;

// A handler reaches nothing but globals. Written before the handlers are set, except for the farewell, whose size is
// written last.
struct Saved {
  int fd = -1;
  termios settings{};
  bool has_settings = false;
  int flags = -1;
  std::array<char, 512> farewell{};
  volatile std::size_t farewell_size = 0;
  std::array<struct sigaction, 32> actions{};
  std::array<bool, 32> handled{};
  stack_t stack_before{};
};
Saved saved;
alignas(16) std::array<char, kStackSize> handler_stack;

void put_settings_back() {
  if (saved.flags >= 0) ::fcntl(saved.fd, F_SETFL, saved.flags);
  if (saved.has_settings) ::tcsetattr(saved.fd, TCSANOW, &saved.settings);
}

extern "C" void restore_and_die(int number) {
  if (saved.flags >= 0) ::fcntl(saved.fd, F_SETFL, saved.flags);  // blocking again: the farewell must go out whole
  for (std::size_t sent = 0; sent < saved.farewell_size;) {
    const ssize_t count = ::write(saved.fd, saved.farewell.data() + sent, saved.farewell_size - sent);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  put_settings_back();
  // What was there before: the default action, or a sanitizer that wants to report.
  ::sigaction(number, &saved.actions[static_cast<std::size_t>(number)], nullptr);
  ::raise(number);
}

void handle(int number, bool only_default) {
  struct sigaction before {};
  if (::sigaction(number, nullptr, &before) != 0) return;
  if (only_default && ((before.sa_flags & SA_SIGINFO) != 0 || before.sa_handler != SIG_DFL)) return;
  struct sigaction action {};
  action.sa_handler = restore_and_die;
  action.sa_flags = SA_ONSTACK;
  sigfillset(&action.sa_mask);
  const auto index = static_cast<std::size_t>(number);
  saved.actions[index] = before;
  saved.handled[index] = ::sigaction(number, &action, nullptr) == 0;
}

void release(int number) {
  const auto index = static_cast<std::size_t>(number);
  if (!saved.handled[index]) return;
  saved.handled[index] = false;
  struct sigaction now {};
  // Someone may have taken the signal over since (the loop does): then it is theirs.
  if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler == restore_and_die) {
    ::sigaction(number, &saved.actions[index], nullptr);
  }
}

}  // namespace

TerminalGuard::TerminalGuard(int fd) {
  saved.fd = fd;
  saved.farewell_size = 0;
  saved.has_settings = ::tcgetattr(fd, &saved.settings) == 0;
  const int flags = ::fcntl(fd, F_GETFL);
  // The loop may have made the keyboard non-blocking before; no shell wants to find it so.
  saved.flags = flags < 0 ? -1 : flags & ~O_NONBLOCK;
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  ::sigaltstack(&stack, &saved.stack_before);
  for (const int number : kFaults) handle(number, false);
  for (const int number : kEndings) handle(number, true);
}

TerminalGuard::~TerminalGuard() {
  for (const int number : kFaults) release(number);
  for (const int number : kEndings) release(number);
  put_settings_back();
  ::sigaltstack(&saved.stack_before, nullptr);
}

void TerminalGuard::set_farewell(const std::string& octets) {
  saved.farewell_size = 0;
  const std::size_t size = std::min(octets.size(), saved.farewell.size());
  std::copy_n(octets.begin(), size, saved.farewell.begin());
  saved.farewell_size = size;
}

void TerminalGuard::restore_settings() const { put_settings_back(); }

}  // namespace screen
