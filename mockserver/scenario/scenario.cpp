#include "mockserver/scenario/scenario.h"

#include <array>

namespace scenario {
namespace {

constexpr std::array<std::string_view, 3> kSecurityNames{"none", "starttls", "tls"};

}  // namespace

std::string_view name(Security security) { return kSecurityNames[static_cast<std::size_t>(security)]; }

const Scenario& server_of(const Scenario& scenario, std::size_t number) {
  return number == 0 ? scenario : *scenario.others[number - 1];
}

}  // namespace scenario
