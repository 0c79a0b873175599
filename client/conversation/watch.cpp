#include "client/conversation/watch.h"

#include <utility>

namespace client {

Watch::Watch(net::Loop& loop, Wishes wishes) : wishes_(std::move(wishes)), timer_(loop, [this] { on_time(); }) {}

void Watch::wait_for(Waiting waiting) {
  waiting_ = waiting;
  remarked_ = false;
  if (waiting.what == Wait::kNothing) {
    timer_.stop();
  } else {
    timer_.start(deadlines(waiting, wishes_.patience).note);
  }
}

void Watch::on_time() {
  const Deadlines times = deadlines(waiting_, wishes_.patience);
  if (remarked_) {
    wishes_.give_up(silence_error(waiting_, times.end));
    return;
  }
  remarked_ = true;
  if (wishes_.gives_up) timer_.start(times.end - times.note);
  wishes_.remark(silence_error(waiting_, times.note));
}

}  // namespace client
