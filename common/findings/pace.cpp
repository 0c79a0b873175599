#include "findings/pace.h"

#include <algorithm>

namespace findings {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kFast{250};   // a program that answers
constexpr milliseconds kTyped{400};  // a person needs at least so long
constexpr seconds kLong{1};          // no program computes that long
constexpr std::size_t kAlike = 4;    // so many pauses of one length are no chance

}  // namespace

void Pace::answered_after(std::chrono::microseconds gap) {
  shortest_ = gaps_ == 0 ? gap : std::min(shortest_, gap);
  ++gaps_;
  last_.push_back(gap);
  if (last_.size() > kAlike) last_.erase(last_.begin());
}

bool Pace::is_by_hand() const { return !is_stepped_ && gaps_ >= 2 && shortest_ >= kTyped; }

bool Pace::is_program() const { return !is_stepped_ && gaps_ > 0 && shortest_ < kFast; }

bool Pace::is_clockwork() const {
  if (is_stepped_ || last_.size() < kAlike) return false;
  const auto [least, most] = std::minmax_element(last_.begin(), last_.end());
  return *least >= kLong && *most - *least <= *least / 10;
}

std::chrono::microseconds Pace::patience() const { return is_by_hand() ? seconds(30) : seconds(2); }

}  // namespace findings
