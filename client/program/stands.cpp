#include "client/program/stands.h"

#include <algorithm>
#include <set>
#include <utility>

#include "mockserver/scenario/guest.h"
#include "protocol/known.h"
#include "protocol/protocol.h"

namespace program {
namespace {

constexpr const char* kPlain = "any/accept-all";
constexpr const char* kLocal = "127.0.0.1";

// Where a server stands that nobody knows by names of its own, and everybody's localhost: a scenario that speaks another
// protocol has its ports alone.
std::vector<scenario::Host> usual_hosts(const std::string& name, const protocol::Protocol& spoken) {
  using Port = scenario::Host::Port;
  const protocol::Protocol* const pop3 = protocol::find("pop3");
  std::vector<scenario::Host> hosts;
  if (&spoken != pop3) {
    const std::vector<Port> ports{{25, false}, {587, false}, {2525, false}, {465, true}};
    hosts.push_back({name, &spoken, ports});
  }
  if (pop3 != nullptr) hosts.push_back({name, pop3, {{110, false}, {995, true}}});
  return hosts;
}

core::Result<scenario::Scenario> load(const scenario::Catalogue& catalogue, const std::string& name,
                                      const std::vector<scenario::Probe>& probes) {
  auto loaded = catalogue.load(name, scenario::Gives::kAlways);
  if (!loaded) return loaded;
  if (auto laid = scenario::lay_over(probes, *loaded); !laid) return core::Failure(laid.error());
  // A lesson about logins keeps its own rules.
  if (loaded->subject != "authentication") loaded->guests = scenario::domains_of(loaded->accounts);
  return loaded;
}

class Builder {
 public:
  // Nothing where the place is taken already.
  void add(scenario::Scenario scenario) {
    std::vector<scenario::Host> hosts = scenario.hosts;
    if (hosts.empty()) hosts = usual_hosts(scenario.server.name, *scenario.protocol);
    Stand stand{std::move(scenario), {}};
    const std::size_t number = street_.stands.size();
    std::size_t house = 0;
    std::string last;
    for (const scenario::Host& host : hosts) {
      if (host.name != last) ++house;
      last = host.name;
      if (!taken_.contains(host.name)) stand.names.push_back(host.name);
      open(host, "127.1." + std::to_string(number + 1) + "." + std::to_string(house), number);
    }
    for (const std::string& name : stand.names) taken_.insert(name);
    if (number == 0) {
      for (const scenario::Host& host : usual_hosts("localhost", *stand.scenario.protocol)) open(host, kLocal, number);
    }
    street_.stands.push_back(std::move(stand));
  }

  [[nodiscard]] bool has_taken(const scenario::Scenario& scenario) const {
    const auto is_taken = [&](const scenario::Host& host) { return taken_.contains(host.name); };
    return std::any_of(scenario.hosts.begin(), scenario.hosts.end(), is_taken) ||
           (scenario.hosts.empty() && taken_.contains(scenario.server.name));
  }

  Street take() { return std::move(street_); }

 private:
  void open(const scenario::Host& host, const std::string& address, std::size_t stand) {
    for (const scenario::Host::Port& port : host.ports)
      street_.doors.push_back({{address, port.number, false}, host.name, stand, host.protocol, port.is_tls});
  }

  Street street_;
  std::set<std::string> taken_;
};

}  // namespace

core::Result<Street> build_street(const scenario::Catalogue& catalogue, const std::vector<std::string>& named,
                                  const std::vector<scenario::Probe>& probes) {
  Builder builder;
  const std::vector<std::string> first = named.empty() ? std::vector<std::string>{kPlain} : named;
  for (const std::string& name : first) {
    auto loaded = load(catalogue, name, probes);
    if (!loaded) return core::Failure(loaded.error());
    if (builder.has_taken(*loaded)) {
      return core::fail(core::Blame::kInput,
                        core::phrase("{0} would stand at the same place as the scenario before it",
                                     "{0} 和前面的场景会在同一个地址上", {loaded->id}),
                        {}, {"name one scenario of each provider", "每个服务商只写一个场景"});
    }
    builder.add(std::move(*loaded));
  }
  for (const std::string& provider : catalogue.provider_names()) {
    auto loaded = load(catalogue, provider, probes);
    if (!loaded) return core::Failure(loaded.error());
    if (!loaded->hosts.empty() && !builder.has_taken(*loaded)) builder.add(std::move(*loaded));
  }
  return builder.take();
}

std::map<std::string, std::string> addresses_of(const Street& street) {
  std::map<std::string, std::string> addresses;
  for (const Door& door : street.doors) addresses.emplace(core::to_lower(door.name), door.place.address);
  return addresses;
}

std::map<std::string, std::string> exchangers_of(const Street& street) {
  std::map<std::string, std::string> exchangers;
  const protocol::Protocol* const smtp = protocol::find("smtp");
  for (const Door& door : street.doors) {
    if (door.protocol != smtp || door.name == "localhost") continue;
    for (const std::string& domain : scenario::domains_of(street.stands[door.stand].scenario.accounts))
      exchangers.emplace(domain, core::to_lower(door.name));
  }
  return exchangers;
}

std::string hosts_file(const Street& street, const std::string& machine) {
  std::string text = "127.0.0.1 localhost";
  if (!machine.empty()) text += " " + machine;
  text += "\n";
  std::set<std::string> told{"localhost"};
  for (const Door& door : street.doors) {
    if (told.insert(door.name).second) text += door.place.address + " " + door.name + "\n";
  }
  return text;
}

}  // namespace program
