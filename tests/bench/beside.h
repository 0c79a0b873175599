// A piece of work measured beside a yardstick, so that the figure says the same on a slow machine and on a busy one.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {

template <typename Work>
double seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The same work over and over: for what is too short for the clock.
template <typename Work>
auto times(std::size_t count, Work work) {
  return [count, work = std::move(work)] {
    for (std::size_t i = 0; i < count; ++i) work();
  };
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Runs both in turn for as long as the library asks. The time reported is that of `work`; counter "speed" is the median of
// time of the yardstick / time of the work: 1 is as fast as the yardstick, 0.5 half as fast.
// REQUIRES: the benchmark is registered with UseManualTime().
template <typename Work, typename Yardstick>
void beside(benchmark::State& state, const std::string& yardstick_name, const Work& work, const Yardstick& yardstick) {
  std::vector<double> speeds;
  for ([[maybe_unused]] auto _ : state) {
    const double allowed = seconds_of(yardstick);
    const double took = seconds_of(work);
    state.SetIterationTime(took);
    speeds.push_back(allowed / took);
  }
  if (!speeds.empty()) state.counters["speed"] = median(std::move(speeds));
  state.SetLabel("beside " + yardstick_name);
}

}  // namespace bench
