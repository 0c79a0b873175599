#include "mockserver/hold.h"

#include <utility>

namespace mockserver {
namespace {

// Between two looks. Whoever sleeps at one of them alone may only have stopped on the way, for a name or for another program.
constexpr std::chrono::milliseconds kBetweenLooks{1};

}  // namespace

Hold::Hold(net::Loop& loop, const IsWaiting& is_waiting, std::function<void()> over)
    : loop_(loop), is_waiting_(is_waiting), over_(std::move(over)), timer_(loop, [this] { look(); }) {}

void Hold::begin(const std::string& client) {
  client_ = client;
  until_ = loop_.now() + kLongest;
  was_waiting_ = false;
  timer_.start(kBetweenLooks);
}

void Hold::look() {
  const bool is_waiting = is_waiting_(client_);
  if (loop_.now() >= until_ || (is_waiting && was_waiting_)) return over_();
  was_waiting_ = is_waiting;
  timer_.start(kBetweenLooks);
}

}  // namespace mockserver
