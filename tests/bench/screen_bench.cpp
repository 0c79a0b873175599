// Laying a screen out: what happens between a key and the octets for the terminal.
#include <benchmark/benchmark.h>

#include "client/screen/canvas.h"
#include "client/screen/locale.h"
#include "tests/bench/beside.h"
#include "tests/screen/sample.h"

namespace {

constexpr screen::Size kSmall{80, 24};
constexpr screen::Size kLarge{200, 60};

template <typename Model>
void draw(benchmark::State& state, const Model& model) {
  if (!screen::use_utf8_locale()) state.SkipWithError("no UTF-8 locale");
  const screen::Size size = state.range(0) == 0 ? kSmall : kLarge;
  const auto work = [&] { benchmark::DoNotOptimize(screen::draw(model, size, core::Language::kEnglish)); };
  bench::beside(state, "an empty canvas", work, [&] { benchmark::DoNotOptimize(screen::Canvas(size)); });
}

void first_frame(benchmark::State& state) { draw(state, sample::picker(core::Language::kEnglish)); }
void step_frame(benchmark::State& state) { draw(state, sample::long_step(core::Language::kEnglish)); }
BENCHMARK(first_frame)->ArgName("large")->Arg(0)->Arg(1)->UseManualTime();
BENCHMARK(step_frame)->ArgName("large")->Arg(0)->Arg(1)->UseManualTime();

}  // namespace
