#include "client/conversation/deeds.h"

#include <algorithm>

namespace client {

std::deque<Deed> Deeds::all() const {
  std::deque<Deed> all = done_;
  all.insert(all.end(), left_.begin(), left_.end());
  return all;
}

void Deeds::do_again(std::deque<Deed> deeds, Renew renew) {
  done_.clear();
  left_ = std::move(deeds);
  renew_ = std::move(renew);
}

void Deeds::do_in_turn(const std::vector<std::string>& lines) {
  renew_ = {};
  for (const std::string& line : lines) left_.push_back({line, false, {}, false});
}

Deed Deeds::take_next() {
  Deed deed = std::move(left_.front());
  left_.pop_front();
  if (deed.connects || !renew_) return deed;
  if (auto renewed = renew_(done_.size())) deed.bytes = std::move(*renewed);
  return deed;
}

void Deeds::drop_connection() {
  left_.erase(left_.begin(), std::find_if(left_.begin(), left_.end(), [](const Deed& deed) { return deed.connects; }));
}

}  // namespace client
