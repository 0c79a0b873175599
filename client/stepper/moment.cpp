#include "client/stepper/moment.h"

#include <algorithm>

namespace stepper {

bool Moment::next_is_secret() const {
  if (next == nullptr) return view.session.next_is_secret();
  return next->is_secret || (view.session.next_is_secret() && next->text != "*") ||
         (next->is_line() && !view.protocol.read_line(next->text).secrets.empty());
}

std::chrono::milliseconds Moment::waited() const {
  if (next == nullptr || next->wait.count() == 0) return {};
  const auto& events = view.log.events();
  const auto last = std::find_if(events.rbegin(), events.rend(), [](const dialogue::Event& event) {
    return event.kind == dialogue::Kind::kClient || event.kind == dialogue::Kind::kServer;
  });
  const std::chrono::microseconds since = last == events.rend() ? std::chrono::microseconds(0) : last->at;
  return std::min(next->wait, std::chrono::duration_cast<std::chrono::milliseconds>(view.now - since));
}

std::chrono::milliseconds Moment::pause() const {
  return next == nullptr || next->wait.count() == 0 ? std::chrono::milliseconds(0) : next->wait - waited();
}

}  // namespace stepper
