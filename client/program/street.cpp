#include "client/program/street.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mockserver/scenario/probe.h"

namespace program {
namespace {

// What a provider refuses in a message that came by a dialogue without a fault.
constexpr std::array<std::string_view, 10> kAboutForm{"header",         "header_missing", "has_header",   "from_has_address",
                                                      "from_is_sender", "from_is_login",  "header_twice", "header_eight_bit",
                                                      "eight_bit",      "mistake"};

bool is_about_form(const scenario::Rule& rule) {
  return rule.on == scenario::On::kMessage &&
         std::any_of(kAboutForm.begin(), kAboutForm.end(), [&](std::string_view key) { return rule.when.asks(key); });
}

}  // namespace

core::Result<Street> street_for(const RunOptions& options, const scenario::Catalogue& catalogue) {
  std::vector<scenario::Probe> probes;
  if (!options.probes.empty()) {
    auto parsed = scenario::parse_probes(options.probes);
    if (!parsed) return core::Failure(parsed.error());
    probes = std::move(*parsed);
  }
  auto street = build_street(catalogue, options.scenarios, probes, options.account);
  if (!street) return street;
  for (Stand& stand : street->stands) {
    stand.scenario.welcomes_anybody = options.welcomes_anybody && stand.scenario.subject != "authentication";
    const bool is_named = &stand == &street->stands.front();
    if (options.welcomes_anybody && !is_named) std::erase_if(stand.scenario.rules, is_about_form);
    std::vector<std::string>& quirks = stand.scenario.server.quirks;
    quirks.insert(quirks.end(), options.lenient.begin(), options.lenient.end());
  }
  return street;
}

}  // namespace program
