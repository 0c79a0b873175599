#include "client/conversation/watch.h"

#include <utility>

namespace client {

Watch::Watch(net::Loop& loop, Wishes wishes) : wishes_(std::move(wishes)), timer_(loop, [this] { on_time(); }) {}

void Watch::wait_for(Wait wait) {
  wait_ = wait;
  remarked_ = false;
  if (wait == Wait::kNothing) {
    timer_.stop();
  } else {
    timer_.start(deadlines(wait, wishes_.patience).note);
  }
}

void Watch::on_time() {
  const Deadlines times = deadlines(wait_, wishes_.patience);
  if (remarked_) {
    wishes_.give_up(silence_error(wait_, times.end));
    return;
  }
  remarked_ = true;
  if (wishes_.gives_up) timer_.start(times.end - times.note);
  wishes_.remark(silence_error(wait_, times.note));
}

}  // namespace client
