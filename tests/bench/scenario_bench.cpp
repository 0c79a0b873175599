// What a scenario costs: its rules at every turn, and reading it at the start.
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <benchmark/benchmark.h>

#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/catalogue.h"
#include "scenarios/embedded.h"
#include "tests/bench/beside.h"
#include "tests/bench/octets.h"

namespace {

scenario::Scenario load(std::string_view id) {
  auto loaded = scenario::Catalogue::embedded().load(id);
  if (!loaded) std::abort();
  return std::move(*loaded);
}

// Rules about recipients, none of which matches: each is asked all it can be asked.
scenario::Scenario with_rules(std::size_t count) {
  scenario::Scenario scenario = load("any/accept-all");
  scenario::ReplyEntry refusal;
  refusal.lines = {"550 no"};
  refusal.code = smtp::ReplyCode(550);
  scenario.replies.push_back(refusal);
  scenario.rules.clear();
  for (std::size_t i = 0; i < count; ++i) {
    scenario::Rule rule;
    rule.on = scenario::On::kCommand;
    rule.verb = smtp::Input::kRcpt;
    rule.reply = scenario.replies.size() - 1;
    rule.when.ask("recipient", scenario::Pattern::parse("*@host" + std::to_string(i) + ".example").value());
    scenario.rules.push_back(rule);
  }
  return scenario;
}

// A session that waits for the answer to its RCPT.
struct Scene {
  explicit Scene(std::size_t rules)
      : scenario(with_rules(rules)), session(scenario.server), behaviour(scenario, history, 1, {}) {
    session.receive("EHLO client.example\r\nMAIL FROM:<alice@client.example>\r\nRCPT TO:<bob@example.org>\r\n");
    for (int i = 0; i < 3; ++i) session.answer(session.next_turn()->proposed);
    turn = *session.next_turn();
  }
  void decide() { benchmark::DoNotOptimize(behaviour.decide(turn, session.state(), {1'700'000'000, {}})); }

  scenario::Scenario scenario;
  smtp::ServerSession session;
  scenario::History history;
  scenario::Behaviour behaviour;
  smtp::Turn turn;
};

void rules(benchmark::State& state) {
  Scene scene(static_cast<std::size_t>(state.range(0)));
  Scene without(0);
  const auto work = bench::times(100, [&] { scene.decide(); });
  bench::beside(state, "a scenario without rules", work, bench::times(100, [&] { without.decide(); }));
  state.SetItemsProcessed(100 * state.iterations());
}
BENCHMARK(rules)->ArgName("rules")->Arg(0)->Arg(31)->Arg(300)->UseManualTime();

void catalogue(benchmark::State& state) {
  const auto work = [] { benchmark::DoNotOptimize(scenario::Catalogue::embedded()); };
  const auto walk = [] {
    for (const scenarios::EmbeddedFile& file : scenarios::embedded_files())
      benchmark::DoNotOptimize(bench::count_line_ends(file.text));
  };
  bench::beside(state, std::string(bench::kWalk) + " over all files", work, walk);
}
BENCHMARK(catalogue)->UseManualTime();

void load_one(benchmark::State& state) {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  const auto work = [&] { benchmark::DoNotOptimize(catalogue.load("netease/auth-required")); };
  bench::beside(state, "the catalogue", work, [] { benchmark::DoNotOptimize(scenario::Catalogue::embedded()); });
}
BENCHMARK(load_one)->UseManualTime();

void load_all(benchmark::State& state) {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  const std::size_t count = catalogue.ids().size();
  const auto work = [&] {
    for (const std::string& id : catalogue.ids()) benchmark::DoNotOptimize(catalogue.load(id));
  };
  const auto one = bench::times(count, [&] { benchmark::DoNotOptimize(catalogue.load("any/accept-all")); });
  bench::beside(state, "the plainest scenario as often", work, one);
  state.SetItemsProcessed(static_cast<std::int64_t>(count) * state.iterations());
}
BENCHMARK(load_all)->UseManualTime();

}  // namespace
