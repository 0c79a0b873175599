#include "net/loop.h"

#include <cassert>
#include <csignal>
#include <cstdlib>

#include <uv.h>

namespace net {

Loop::Loop() : loop_(std::make_unique<uv_loop_t>()), read_buffer_(std::make_unique_for_overwrite<char[]>(kReadBuffer)) {
  // Whoever tells pipes from sockets (closed_pipe.h) goes on doing so.
  struct sigaction now {};
  if (sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
  // Fails only without memory or file descriptors, before anything could be reported in a better way.
  if (uv_loop_init(loop_.get()) != 0) std::abort();
  loop_->data = this;
}

Loop::~Loop() {
  // Handles that were just destroyed wait for the loop to call their close callbacks, which free them.
  bool alive = true;
  while (alive && uv_loop_close(loop_.get()) == UV_EBUSY) alive = uv_run(loop_.get(), UV_RUN_ONCE) != 0;
  if (!alive && uv_loop_close(loop_.get()) == UV_EBUSY) assert(false && "a handle outlives its loop");
}

void Loop::run() { uv_run(loop_.get(), UV_RUN_DEFAULT); }

void Loop::stop() { uv_stop(loop_.get()); }

std::chrono::milliseconds Loop::now() const { return std::chrono::milliseconds(uv_now(loop_.get())); }

std::chrono::microseconds Loop::precise_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(uv_hrtime()));
}

std::string Loop::library_version() { return std::string("libuv ") + uv_version_string(); }

}  // namespace net
