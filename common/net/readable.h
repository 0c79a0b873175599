// Tells when a file descriptor (the keyboard) has something to read.
#pragma once

#include <functional>

#include "net/loop.h"

namespace net {

class Readable {
 public:
  // Does not own fd and leaves its flags as they are. Calls back whenever reading would not block; a regular file is
  // always ready. REQUIRES: whoever is called back reads, pauses or destroys this, or is called again at once.
  Readable(Loop& loop, int fd, std::function<void()> on_readable);
  ~Readable();
  Readable(const Readable&) = delete;
  Readable& operator=(const Readable&) = delete;

  void pause();
  void resume();

 private:
  struct Handle;
  Handle* handle_;
};

}  // namespace net
