#include "mockserver/arguments.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/probe.h"

namespace mockserver {
namespace {

bool speaks(const scenario::Scenario& scenario, std::string_view protocol) { return scenario.protocol->name() == protocol; }

}  // namespace

Arguments arguments_of(const usage::Parsed& said, core::Language language) {
  Arguments arguments;
  arguments.language = language;
  arguments.scenarios = said.values("SCENARIO");
  arguments.smtp = static_cast<std::uint16_t>(said.whole("--smtp").value_or(0));
  const auto port_of = [&](std::string_view option) {
    const auto port = said.whole(option);
    return port ? std::optional(static_cast<std::uint16_t>(*port)) : std::nullopt;
  };
  arguments.smtps = port_of("--smtps");
  arguments.pop3 = port_of("--pop3");
  arguments.pop3s = port_of("--pop3s");
  arguments.imap = port_of("--imap");
  arguments.imaps = port_of("--imaps");
  arguments.bind = said.value("--bind");
  arguments.store = said.value("--store");
  arguments.events = said.value("--events");
  arguments.ports_file = said.value("--ports-file");
  arguments.authority_file = said.value("--ca-out");
  arguments.scenario_folder = said.value("--scenarios");
  arguments.seed = said.whole("--seed").value_or(0);
  arguments.once = said.has("--once");
  arguments.show_secrets = said.has("--show-secrets");
  arguments.quiet = said.has("--quiet");
  arguments.probes = said.value("--with");
  return arguments;
}

core::Result<std::vector<scenario::Scenario>> load(const Arguments& arguments) {
  scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  if (!arguments.scenario_folder.empty()) {
    auto folder = scenario::Catalogue::from_folder(arguments.scenario_folder);
    if (!folder) return core::Failure(folder.error());
    catalogue = std::move(*folder);
  }
  std::vector<scenario::Scenario> scenarios;
  std::set<std::string> ids;
  for (const std::string& name : arguments.scenarios) {
    auto loaded = catalogue.load(name, scenario::Gives::kAlways);
    if (!loaded) return core::Failure(loaded.error());
    if (auto laid = scenario::lay_over(arguments.probes, *loaded); !laid) return core::Failure(laid.error());
    if (!ids.insert(loaded->id).second)
      return core::fail(core::Blame::kInput, core::phrase("scenario named twice: {0}", "场景写了两次：{0}", {loaded->id}));
    scenarios.push_back(std::move(*loaded));
  }
  const auto serves_beside = [&](std::string_view protocol, const auto& clear, const auto& tls) {
    const auto is_own = [&](const scenario::Scenario& scenario) { return speaks(scenario, protocol); };
    return (clear || tls) && !std::all_of(scenarios.begin(), scenarios.end(), is_own);
  };
  const bool serves_several =
      serves_beside("pop3", arguments.pop3, arguments.pop3s) || serves_beside("imap", arguments.imap, arguments.imaps);
  if (arguments.once && serves_several)
    return core::fail(core::Blame::kInput, {"--once ends with the first connection, and mail is fetched in another one",
                                            "--once 在第一个连接之后就结束，而收信要用另一个连接"});
  for (const std::uint16_t first : {arguments.smtp, arguments.smtps.value_or(0), arguments.pop3.value_or(0),
                                    arguments.pop3s.value_or(0), arguments.imap.value_or(0), arguments.imaps.value_or(0)}) {
    if (first == 0 || first + scenarios.size() - 1 <= 65535) continue;
    return core::fail(core::Blame::kInput, core::phrase("no port is left above {0} for the other scenarios",
                                                        "{0} 之后没有足够的端口给其余的场景", {first}));
  }
  return scenarios;
}

}  // namespace mockserver
