#include "client/program/stands.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/show.h"
#include "mockserver/scenario/guest.h"
#include "protocol/known.h"
#include "protocol/protocol.h"

namespace program {
namespace {

constexpr const char* kPlain = "any/accept-all";
constexpr const char* kLocal = "127.0.0.1";  // where names lead that stand everywhere

// What stands at the usual ports of a protocol.
struct UsualPorts {
  std::string_view protocol;
  std::vector<scenario::Host::Port> ports;
};

const std::vector<UsualPorts>& usual_ports() {
  static const std::vector<UsualPorts> kRows{
      {"smtp", {{25, false}, {587, false}, {2525, false}, {1025, false}, {465, true}}},
      {"pop3", {{110, false}, {995, true}}},
      {"imap", {{143, false}, {993, true}}},
  };
  return kRows;
}

// Where a server stands that nobody knows by names of its own, and everybody's localhost: a scenario that speaks another
// protocol than SMTP has its ports alone.
std::vector<scenario::Host> usual_hosts(const std::string& name, const protocol::Protocol& spoken) {
  std::vector<scenario::Host> hosts;
  for (const UsualPorts& row : usual_ports()) {
    const protocol::Protocol* const known = protocol::find(row.protocol);
    const bool is_beside = known != nullptr && spoken.name() == "smtp";
    if (known == &spoken || is_beside) hosts.push_back({name, known, row.ports});
  }
  return hosts;
}

core::Result<scenario::Scenario> load(const scenario::Catalogue& catalogue, const std::string& name) {
  auto loaded = catalogue.load(name, scenario::Gives::kAlways);
  if (!loaded) return loaded;
  // A lesson about logins keeps its own rules.
  if (loaded->subject != "authentication") loaded->guests = scenario::domains_of(*loaded);
  return loaded;
}

// A provider that nobody has named may speak a protocol that does not have the stage of a probe.
void lay_over_as_far_as_it_goes(const std::vector<scenario::Probe>& probes, scenario::Scenario& scenario) {
  for (const scenario::Probe& probe : probes) (void)scenario::lay_over({probe}, scenario);
}

bool are_kin(const scenario::Scenario& one, const scenario::Scenario& other) {
  const std::vector<std::string> domains = scenario::domains_of(one);
  return std::any_of(other.accounts.begin(), other.accounts.end(),
                     [&](const scenario::Account& account) { return scenario::is_guest(account.user, domains); });
}

void add_account(scenario::Scenario& to, const scenario::Account& account) {
  const auto known = std::find_if(to.accounts.begin(), to.accounts.end(), [&](const scenario::Account& one) {
    return core::equals_ignoring_case(one.user, account.user);
  });
  if (known == to.accounts.end()) {
    to.accounts.push_back(account);
  } else {
    *known = account;
  }
}

class Builder {
 public:
  // At places that are taken already it does not stand.
  void add(scenario::Scenario scenario) {
    const std::vector<scenario::Host> hosts = hosts_of(scenario);
    const std::size_t number = street_.stands.size();
    std::vector<std::string> names;
    for (const scenario::Host& host : hosts) {
      if (open(host, address_of(host.name), number)) names.push_back(host.name);
    }
    street_.stands.push_back({std::move(scenario), std::move(names)});
    if (number != 0) return;
    for (const scenario::Host& host : usual_hosts("localhost", *street_.stands.front().scenario.protocol)) {
      open(host, kEverywhere, number);
    }
  }

  [[nodiscard]] bool has_taken(const scenario::Scenario& scenario) const {
    for (const scenario::Host& host : hosts_of(scenario)) {
      for (const scenario::Host::Port& port : host.ports) {
        if (taken_.contains({host.name, port.number})) return true;
      }
    }
    return false;
  }

  // Where one provider stands several times, with another protocol each, its accounts are the same: of those that differ the
  // first stand's. The first `named` ones, which a person has named, keep their own.
  void share_accounts(std::size_t named) {
    std::vector<Stand>& stands = street_.stands;
    for (std::size_t own = named; own < stands.size(); ++own) {
      scenario::Scenario& scenario = stands[own].scenario;
      for (std::size_t one = 0; one < stands.size(); ++one) {
        const scenario::Scenario& other = stands[one].scenario;
        if (one == own || !are_kin(other, scenario)) continue;
        scenario.guests.insert(scenario.guests.end(), other.guests.begin(), other.guests.end());
        if (one > own) continue;
        for (const scenario::Account& account : other.accounts) add_account(scenario, account);
      }
    }
  }

  // False: nobody has its domain.
  bool open_account(const scenario::Account& account) {
    bool is_open = false;
    for (Stand& stand : street_.stands) {
      if (!scenario::is_guest(account.user, scenario::domains_of(stand.scenario))) continue;
      add_account(stand.scenario, account);
      is_open = true;
    }
    return is_open;
  }

  Street take() { return std::move(street_); }

 private:
  static std::vector<scenario::Host> hosts_of(const scenario::Scenario& scenario) {
    return scenario.hosts.empty() ? usual_hosts(scenario.server.name, *scenario.protocol) : scenario.hosts;
  }

  // Of each name another one, whoever stands behind it.
  std::string address_of(const std::string& name) {
    const std::size_t number = addresses_.size();
    const std::string next = "127.1." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1);
    return addresses_.emplace(name, next).first->second;
  }

  // Whether there is a door now.
  bool open(const scenario::Host& host, const std::string& address, std::size_t stand) {
    bool is_open = false;
    for (const scenario::Host::Port& port : host.ports) {
      if (!taken_.emplace(host.name, port.number).second) continue;
      street_.doors.push_back({{address, port.number, false}, host.name, stand, host.protocol, port.is_tls});
      is_open = true;
    }
    return is_open;
  }

  Street street_;
  std::map<std::string, std::string> addresses_;
  std::set<std::pair<std::string, std::uint16_t>> taken_;
};

}  // namespace

core::Result<Street> build_street(const scenario::Catalogue& catalogue, const std::vector<std::string>& named,
                                  const std::vector<scenario::Probe>& probes, const std::optional<scenario::Account>& account) {
  Builder builder;
  const std::vector<std::string> first = named.empty() ? std::vector<std::string>{kPlain} : named;
  for (const std::string& name : first) {
    auto loaded = load(catalogue, name);
    if (!loaded) return core::Failure(loaded.error());
    if (auto laid = scenario::lay_over(probes, *loaded); !laid) return core::Failure(laid.error());
    if (builder.has_taken(*loaded)) {
      return core::fail(core::Blame::kInput,
                        core::phrase("{0} would stand at the same place as the scenario before it",
                                     "{0} 和前面的场景会在同一个地址上", {loaded->id}),
                        {}, {"name one scenario of each provider", "每个服务商只写一个场景"});
    }
    builder.add(std::move(*loaded));
  }
  for (const std::string& provider : catalogue.provider_names()) {
    auto loaded = load(catalogue, provider);
    if (!loaded) return core::Failure(loaded.error());
    lay_over_as_far_as_it_goes(probes, *loaded);
    if (!loaded->hosts.empty() && !builder.has_taken(*loaded)) builder.add(std::move(*loaded));
  }
  builder.share_accounts(first.size());
  if (account && !builder.open_account(*account)) {
    return core::fail(
        core::Blame::kInput,
        core::phrase("{0} is at none of the providers here", "{0} 不属于这里的任何服务商", {core::show_bytes(account->user)}),
        "--account",
        {"name a scenario whose accounts are in that domain, or write another address",
         "请写一个账号属于这个域名的场景，或者换一个地址"});
  }
  return builder.take();
}

std::map<std::string, std::string> addresses_of(const Street& street) {
  std::map<std::string, std::string> addresses;
  for (const Door& door : street.doors)
    addresses.emplace(core::to_lower(door.name), is_everywhere(door.place) ? kLocal : door.place.address);
  return addresses;
}

std::map<std::string, std::string> exchangers_of(const Street& street) {
  std::map<std::string, std::string> exchangers;
  const protocol::Protocol* const smtp = protocol::find("smtp");
  for (const Door& door : street.doors) {
    if (door.protocol != smtp || door.name == "localhost") continue;
    const std::string name = core::to_lower(door.name);
    for (const std::string& domain : scenario::domains_of(street.stands[door.stand].scenario)) {
      std::string& exchanger = exchangers[domain];
      // smtp.126.com rather than smtp.163.com, where both stand for one provider.
      if (exchanger.empty() || (name.ends_with("." + domain) && !exchanger.ends_with("." + domain))) exchanger = name;
    }
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
