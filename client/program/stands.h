// Which server stands where in a closed network: every provider under its own names, and what a person has named in the place
// of its provider.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/program/plan.h"
#include "core/result.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/probe.h"
#include "mockserver/scenario/scenario.h"

namespace program {

// One server, whoever comes to it by whichever name.
struct Stand {
  scenario::Scenario scenario;
  std::vector<std::string> names;  // under which it is found
};

// Where somebody can come to a stand.
struct Door {
  Place place;
  std::string name;       // that leads there
  std::size_t stand = 0;  // which
  const protocol::Protocol* protocol = nullptr;
  bool is_tls = false;  // from the first octet on
};

struct Street {
  std::vector<Stand> stands;  // the first one stands at localhost, too
  std::vector<Door> doors;
};

// named: scenarios; without any localhost is the plain server any/accept-all. account: of somebody, at every server of the
// provider that has its domain. Errors (Blame::kInput) of their loading, two of them would stand at the same place, or nobody
// has that domain.
[[nodiscard]] core::Result<Street> build_street(const scenario::Catalogue& catalogue, const std::vector<std::string>& named,
                                                const std::vector<scenario::Probe>& probes,
                                                const std::optional<scenario::Account>& account = std::nullopt);

// Where its names lead, and which host takes the mail for a domain of its accounts: what a name server says.
[[nodiscard]] std::map<std::string, std::string> addresses_of(const Street& street);
[[nodiscard]] std::map<std::string, std::string> exchangers_of(const Street& street);

// The hosts file of the street. machine: what this computer calls itself.
[[nodiscard]] std::string hosts_file(const Street& street, const std::string& machine);

}  // namespace program
