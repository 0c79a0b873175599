// The terminal, through ncurses. The only place that knows it.
#pragma once

#include <memory>
#include <optional>

#include "client/screen/canvas.h"
#include "client/screen/key.h"
#include "core/result.h"

namespace screen {

struct CursesOptions {
  bool colour = true;  // NO_COLOR, TERM=dumb and --color are decided by the caller
  bool mouse = true;
};

// While it lives the terminal is in screen mode. It is put back by the destructor, and also when the process dies by
// SIGSEGV, SIGABRT, SIGTERM or SIGHUP. Ctrl-Z and fg work.
class CursesScreen {
 public:
  // Errors (Blame::kSystem): no terminal, or TERM unknown.
  static core::Result<std::unique_ptr<CursesScreen>> open(CursesOptions options);
  ~CursesScreen();
  CursesScreen(const CursesScreen&) = delete;
  CursesScreen& operator=(const CursesScreen&) = delete;

  [[nodiscard]] Size size() const;
  // Puts the canvas on the terminal; only what changed is sent.
  void show(const Canvas& canvas);
  // The next key that is waiting, or nothing. Never blocks.
  std::optional<Key> next_key();
  // Tells the screen that the terminal's size may have changed (after SIGWINCH).
  void resized();
  // Leaves screen mode to run another program on the terminal ($EDITOR), and comes back.
  void suspend();
  void resume();

 private:
  struct Impl;
  explicit CursesScreen(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace screen
