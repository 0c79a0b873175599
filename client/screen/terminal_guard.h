// Puts the terminal back when the process dies by a signal.
#pragma once

#include <string>

namespace screen {

// While it lives, SIGSEGV, SIGABRT, SIGBUS, SIGFPE and SIGILL, and those of SIGTERM, SIGHUP, SIGINT and SIGQUIT that nobody
// handles, restore the terminal before they do what they did before. Only one can live at a time. Uses write, tcsetattr and
// fcntl only, all async-signal-safe, on a stack of its own.
class TerminalGuard {
 public:
  // Takes the settings of the terminal `fd` as they are now.
  explicit TerminalGuard(int fd);
  // Puts back settings, file flags (libuv makes the keyboard non-blocking) and handlers. Sends nothing.
  ~TerminalGuard();
  TerminalGuard(const TerminalGuard&) = delete;
  TerminalGuard& operator=(const TerminalGuard&) = delete;

  // What a dying process sends to leave screen mode.
  void set_farewell(const std::string& octets);
  // Puts back settings and flags for a while, to run another program or to be suspended.
  void restore_settings() const;
};

}  // namespace screen
