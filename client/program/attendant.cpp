#include "client/program/attendant.h"

#include <algorithm>
#include <string>
#include <utility>

namespace program {
namespace {

// Between two looks. What is asked must stand for one of them, so that a prompt is whole.
constexpr std::chrono::milliseconds kEvery{50};
// It has printed nothing since something was typed: it may not have read that yet, on a busy machine.
constexpr std::chrono::milliseconds kNothingNew{1000};
// Everything sleeps without a time-out of its own, and nothing is under way to it: it sleeps for ever. The longest that a
// server of ours keeps silent between two words is shorter.
constexpr std::chrono::milliseconds kForever{4000};
// Somebody may still wake by the clock.
constexpr std::chrono::milliseconds kWithClock{25000};
// Every connection was closed, and it works on without a sign.
constexpr std::chrono::milliseconds kSpinning{10000};
// Times that the end of the input is said: a program may ask again and again.
constexpr std::uint64_t kMostEnds = 20;

}  // namespace

Attendant::Attendant(net::Loop& loop, const RunOptions& options, TypedStreams& streams, Events events)
    : options_(options), streams_(streams), events_(std::move(events)), timer_(loop, [this] { look(); }) {}

void Attendant::begin(const Watch& watch, const Services& services) {
  watch_ = &watch;
  services_ = &services;
  timer_.start(kEvery);
}

void Attendant::look() {
  if (options_.most_memory != 0 && watch_->resident() > options_.most_memory) return events_.too_large();
  const Progress now{streams_.written(), services_->events(), typed_};
  const Watch::Rest rest = watch_->rest();
  const bool is_quiet = now == last_ && rest != Watch::Rest::kBusy;
  // Threads of a runtime wake now and then (Java): a look at such a moment is no sign that anything goes on.
  if (now != last_) quiet_ = std::chrono::milliseconds(0);
  if (is_quiet) quiet_ += kEvery;
  const bool spins = now == last_ && services_->was_visited() && !services_->has_clients() && rest == Watch::Rest::kBusy;
  spun_ = spins ? spun_ + kEvery : std::chrono::milliseconds(0);
  last_ = now;
  const bool is_patient = quiet_ >= (streams_.written() == heard_ ? kNothingNew : kEvery);
  const bool asks = is_quiet && is_patient && options_.input.empty() && watch_->reads_input() && has_heard_all();
  const bool is_answered = asks && answer();
  if (!is_answered && options_.ends_when_stuck && is_stuck(rest)) return events_.stuck();
  timer_.start(kEvery);
}

// What it printed before it began to read may still be on its way to us, on a busy machine.
bool Attendant::has_heard_all() {
  streams_.drain();
  return streams_.written() == last_.written;
}

// Whether something was typed.
bool Attendant::answer() {
  if (has_ended_) {
    if (typed_ >= kMostEnds) return false;
    ++typed_;
    streams_.type_end();
    return true;
  }
  const std::string said = streams_.said();
  const std::size_t fresh = std::min<std::size_t>(said.size(), streams_.written() - heard_);
  const auto line = options_.typist->next(std::string_view(said).substr(said.size() - fresh));
  heard_ = streams_.written();
  if (line) {
    ++typed_;
    streams_.type(*line);
    return true;
  }
  has_ended_ = true;
  typed_ = 0;
  return answer();
}

bool Attendant::is_stuck(Watch::Rest rest) const {
  if (spun_ >= kSpinning) return true;
  if (rest == Watch::Rest::kForever) return quiet_ >= kForever;
  return options_.clock_factor == 1 && quiet_ >= kWithClock;  // who is to wait may wait long where no clock runs faster
}

}  // namespace program
