#include "net/closed_pipe.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <sys/poll.h>
#include <unistd.h>

namespace net {
namespace {

void die_of(int number) {
  std::signal(number, SIG_DFL);
  std::raise(number);  // inside a handler it takes effect when that returns
}

// The signal does not say which descriptor it is about. poll(2) may be called here (signal-safety(7)).
void on_broken_pipe(int number) {
  const int before = errno;
  std::array<pollfd, 2> outputs{{{STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}}};
  poll(outputs.data(), outputs.size(), 0);
  for (const pollfd& output : outputs) {
    if ((output.revents & POLLERR) != 0) die_of(number);
  }
  errno = before;
}

}  // namespace

void end_with_reader() {
  struct sigaction action {};
  action.sa_handler = on_broken_pipe;
  action.sa_flags = SA_RESTART;
  sigaction(SIGPIPE, &action, nullptr);
}

void end_as_filter() {
  die_of(SIGPIPE);
  std::_Exit(128 + SIGPIPE);  // the signal is blocked: the status is what a shell calls that end
}

}  // namespace net
