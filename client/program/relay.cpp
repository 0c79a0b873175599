#include "client/program/relay.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace program {
namespace {

constexpr std::size_t kPiece = 4096;  // a pipe that takes something takes as much at once (pipe(7), PIPE_BUF)
constexpr std::chrono::milliseconds kUntilItTakesMore{5};
constexpr int kLastPatience = 500;  // milliseconds

}  // namespace

Relay::Relay(net::Loop& loop, int source, int target, Allow allow)
    : source_(source),
      target_(target),
      allow_(std::move(allow)),
      again_(loop, [this] { pass(); }),
      readable_(std::make_unique<net::Readable>(loop, source, [this] {
        if (!take()) return readable_->pause();
        pass();
      })) {}

bool Relay::take() {
  std::string piece(kPiece, '\0');
  ssize_t got = 0;
  do got = read(source_, piece.data(), piece.size());
  while (got < 0 && errno == EINTR);
  if (got <= 0) return got < 0 && errno == EAGAIN;
  piece.resize(static_cast<std::size_t>(got));
  if (allow_) piece.resize(std::min(piece.size(), allow_(piece.size())));
  waiting_ += piece;
  kept_ += piece;
  if (kept_.size() > 2 * kMostKept) kept_.erase(0, kept_.size() - kMostKept);
  return true;
}

void Relay::pass() {
  if (give(0)) return readable_->resume();
  readable_->pause();
  again_.start(kUntilItTakesMore);
}

bool Relay::give(int patience_ms) {
  while (!waiting_.empty()) {
    pollfd out{target_, POLLOUT, 0};
    if (poll(&out, 1, patience_ms) == 0) return false;
    const ssize_t put = write(target_, waiting_.data(), std::min(waiting_.size(), kPiece));
    if (put < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (put < 0) {
      waiting_.clear();
    } else {
      waiting_.erase(0, static_cast<std::size_t>(put));
    }
  }
  return true;
}

void Relay::drain() {
  for (;;) {
    pollfd in{source_, POLLIN, 0};
    if (!give(kLastPatience) || poll(&in, 1, 0) <= 0 || (in.revents & POLLIN) == 0 || !take()) return;
  }
}

}  // namespace program
