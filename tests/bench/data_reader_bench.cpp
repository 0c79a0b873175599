// Receiving mail data in the pieces in which it comes from the network: find the end, check line ends, unstuff, copy.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "smtp/data_reader.h"
#include "tests/bench/beside.h"
#include "tests/bench/octets.h"

namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;  // net::Loop::kReadBuffer
constexpr std::size_t kLimit = std::size_t{36} << 20U;

void receive_whole(std::string_view data) {
  smtp::DataReader reader(kLimit);
  for (std::size_t at = 0; at < data.size(); at += kPiece) reader.receive(data.substr(at, kPiece));
  if (!reader.is_done()) std::abort();
  benchmark::DoNotOptimize(reader.message().data());
}

// Arguments: octets, octets a line, whether lines begin with dots.
void data_reader(benchmark::State& state) {
  const std::string data =
      bench::mail_data(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), state.range(2) != 0);
  const std::size_t repeat = std::max<std::size_t>(1, 100'000 / data.size());
  const auto work = [&] { receive_whole(data); };
  const auto walk = [&] { benchmark::DoNotOptimize(bench::count_line_ends(data)); };
  bench::beside(state, bench::kWalk, bench::times(repeat, work), bench::times(repeat, walk));
  state.SetBytesProcessed(static_cast<std::int64_t>(data.size() * repeat) * state.iterations());
}
BENCHMARK(data_reader)
    ->ArgNames({"octets", "line", "dots"})
    ->ArgsProduct({{1'000, 100'000, 10'000'000}, {20, 76, 998}, {0, 1}})
    ->UseManualTime();

// The copy alone, which receiving cannot do without: where lines are long it is slower than the walk.
void copying(benchmark::State& state) {
  const std::string data =
      bench::mail_data(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), false);
  const std::size_t repeat = std::max<std::size_t>(1, 100'000 / data.size());
  const auto work = [&] {
    std::string message;
    message.reserve(data.size());
    for (std::size_t at = 0; at < data.size(); at += kPiece) message.append(data, at, kPiece);
    benchmark::DoNotOptimize(message.data());
  };
  const auto walk = [&] { benchmark::DoNotOptimize(bench::count_line_ends(data)); };
  bench::beside(state, bench::kWalk, bench::times(repeat, work), bench::times(repeat, walk));
}
BENCHMARK(copying)->ArgNames({"octets", "line"})->ArgsProduct({{1'000, 100'000, 10'000'000}, {76, 998}})->UseManualTime();

}  // namespace
