#include "mockserver/scenario/tally.h"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using scenario::Counting;
using scenario::Tally;

namespace {

// Whether it holds at these moments, one after the other: "x" where it does.
std::string at(const Counting& counting, const std::vector<std::chrono::milliseconds>& moments) {
  Tally tally;
  std::string held;
  for (const auto now : moments) held += tally.count("k", counting, now) ? 'x' : '.';
  return held;
}

Counting with(auto change) {
  Counting counting;
  change(counting);
  return counting;
}

}  // namespace

TEST_CASE("tally: the first times, one time, since the first time") {
  CHECK(at(with([](Counting& c) { c.times = 2; }), {0ms, 1ms, 2ms, 3ms}) == "xx..");
  CHECK(at(with([](Counting& c) { c.nth = 3; }), {0ms, 1ms, 2ms, 3ms}) == "..x.");
  CHECK(at(with([](Counting& c) { c.since_first_under = 5s; }), {100s, 101s, 104999ms, 105s, 200s}) == "xxx..");
  CHECK(at(Counting(), {0ms, 1ms}) == "xx");
}

TEST_CASE("tally: a rate lets its share through in every window, however hard a client knocks") {
  const Counting two_a_second = with([](Counting& c) { c.rate = 2, c.window = 1s; });
  CHECK(at(two_a_second, {0ms, 1ms, 2ms, 3ms}) == "..xx");
  // At 1000 ms the first of the two has left the window, at 1001 ms the second.
  CHECK(at(two_a_second, {0ms, 1ms, 500ms, 999ms, 1000ms, 1000ms, 1001ms, 1500ms}) == "..xx.x.x");
  CHECK(at(with([](Counting& c) { c.rate = 0, c.window = 1s; }), {0ms, 5s}) == "xx");
}

TEST_CASE("tally: keys are counted apart, and bounded") {
  Tally tally;
  const Counting first = with([](Counting& c) { c.times = 1; });
  CHECK(tally.count("a", first, 0ms));
  CHECK(tally.count("b", first, 0ms));
  CHECK_FALSE(tally.count("a", first, 0ms));
  CHECK(tally.times("a") == 2);
  CHECK(tally.times("never") == 0);
  for (std::size_t i = 0; i < Tally::kMost; ++i) tally.count("k" + std::to_string(i), first, 0ms);
  CHECK(tally.times("a") == 0);  // the oldest
  CHECK(tally.times("k0") == 1);
}

TEST_CASE("tally: chances hang on everything they are asked with, on nothing else, and are even") {
  CHECK(scenario::chance_of(1, 2, 3, 4) == scenario::chance_of(1, 2, 3, 4));
  const std::set<double> different{scenario::chance_of(1, 2, 3, 4), scenario::chance_of(2, 2, 3, 4),
                                   scenario::chance_of(1, 3, 3, 4), scenario::chance_of(1, 2, 4, 4),
                                   scenario::chance_of(1, 2, 3, 5)};
  CHECK(different.size() == 5);
  int below = 0;
  for (std::size_t i = 0; i < 10'000; ++i) below += scenario::chance_of(0, 1, 0, i) < 0.3 ? 1 : 0;
  CHECK(below > 2800);
  CHECK(below < 3200);
}
