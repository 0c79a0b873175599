#include "client/program/stands.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "protocol/known.h"

namespace {

program::Street street_of(const std::vector<std::string>& named) {
  auto street = program::build_street(scenario::Catalogue::embedded(), named, {});
  REQUIRE(street);
  return std::move(*street);
}

const program::Door& door_of(const program::Street& street, const std::string& name, std::uint16_t port) {
  const auto found = std::find_if(street.doors.begin(), street.doors.end(),
                                  [&](const program::Door& door) { return door.name == name && door.place.port == port; });
  REQUIRE(found != street.doors.end());
  return *found;
}

TEST_CASE("street: every provider stands at its own names, as itself") {
  const program::Street street = street_of({});
  struct Stood {
    std::string name;
    std::uint16_t port;
    std::string scenario;
    std::string protocol;
    bool is_tls;
  };
  const std::vector<Stood> rows{
      {"smtp.163.com", 25, "netease", "smtp", false},        {"smtp.163.com", 994, "netease", "smtp", true},
      {"pop.163.com", 995, "netease-pop3", "pop3", true},    {"smtp.qq.com", 587, "qq", "smtp", false},
      {"smtp.office365.com", 587, "outlook", "smtp", false}, {"localhost", 25, "any/accept-all", "smtp", false},
      {"localhost", 465, "any/accept-all", "smtp", true},    {"localhost", 110, "any/accept-all", "pop3", false},
      {"imap.163.com", 143, "netease-imap", "imap", false},  {"imap.qq.com", 993, "qq-imap", "imap", true},
      {"imap.gmail.com", 993, "gmail-imap", "imap", true},   {"outlook.office365.com", 993, "outlook-imap", "imap", true},
      {"localhost", 993, "any/accept-all", "imap", true},    {"outlook.office365.com", 995, "outlook-pop3", "pop3", true},
  };
  for (const Stood& row : rows) {
    CAPTURE(row.name);
    const program::Door& door = door_of(street, row.name, row.port);
    CHECK(street.stands[door.stand].scenario.id == row.scenario);
    CHECK(door.protocol == protocol::find(row.protocol));
    CHECK(door.is_tls == row.is_tls);
  }
}

TEST_CASE("street: no two doors at one place, and one address for a name") {
  const std::vector<std::vector<std::string>> rows{
      {}, {"qq/authorization-code", "netease/auth-required", "any/accept-all"}, {std::string("postfix/greylisting")}};
  for (const std::vector<std::string>& named : rows) {
    const program::Street street = street_of(named);
    std::set<std::tuple<std::string, std::uint16_t>> places;
    std::map<std::string, std::string> addresses;
    for (const program::Door& door : street.doors) {
      CAPTURE(door.name);
      CHECK(places.emplace(door.place.address, door.place.port).second);
      CHECK(addresses.emplace(door.name, door.place.address).first->second == door.place.address);
    }
  }
}

TEST_CASE("street: what is named takes its provider's place, and the first one localhost") {
  const program::Street street = street_of({"qq/authorization-code", "netease/auth-required"});
  CHECK(street.stands[door_of(street, "localhost", 25).stand].scenario.id == "qq/authorization-code");
  CHECK(street.stands[door_of(street, "smtp.qq.com", 25).stand].scenario.id == "qq/authorization-code");
  CHECK(street.stands[door_of(street, "smtp.126.com", 25).stand].scenario.id == "netease/auth-required");
  CHECK(door_of(street_of({"postfix/greylisting"}), "mail.example.com", 25).stand == 0);
}

TEST_CASE("street: two of one provider cannot stand in one place") {
  const auto street =
      program::build_street(scenario::Catalogue::embedded(), {"netease/auth-required", "netease/wrong-password"}, {});
  REQUIRE_FALSE(street);
  CHECK(core::describe(street.error(), core::Language::kEnglish) ==
        "netease/wrong-password would stand at the same place as the scenario before it (name one scenario of each provider)");
}

TEST_CASE("street: whoever has an address at a provider's has an account there, but in lessons about logins") {
  const program::Street street = street_of({"qq/authorization-code"});
  CHECK(street.stands[door_of(street, "smtp.qq.com", 25).stand].scenario.guests.empty());
  const std::vector<std::string> guests = street.stands[door_of(street, "smtp.163.com", 25).stand].scenario.guests;
  CHECK(std::find(guests.begin(), guests.end(), "163.com") != guests.end());
}

TEST_CASE("street: a provider has the same accounts at each of its servers") {
  const auto password_of = [](const program::Street& street, const std::string& name, std::uint16_t port,
                              const std::string& user) {
    for (const scenario::Account& account : street.stands[door_of(street, name, port).stand].scenario.accounts) {
      if (account.user == user) return account.password;
    }
    return std::string();
  };
  for (const char* const named : {"netease/first-mail", "qq/authorization-code", "gmail/app-password"}) {
    CAPTURE(named);
    const program::Street street = street_of({named});
    const scenario::Scenario& scenario = street.stands.front().scenario;
    const std::string pop = "pop." + street.doors.front().name.substr(5);
    for (const scenario::Account& account : scenario.accounts) {
      CHECK(password_of(street, pop, 995, account.user) == account.password);
    }
  }
  const program::Street street = street_of({});
  const auto& guests = street.stands[door_of(street, "pop.126.com", 110).stand].scenario.guests;
  CHECK(std::find(guests.begin(), guests.end(), "126.com") != guests.end());
}

TEST_CASE("street: its names") {
  const program::Street street = street_of({});
  const std::string hosts = program::hosts_file(street, "machine");
  CHECK(hosts.starts_with("127.0.0.1 localhost machine\n"));
  const std::string address = door_of(street, "smtp.qq.com", 25).place.address;
  CHECK(hosts.find("\n" + address + " smtp.qq.com\n") != std::string::npos);
  CHECK(program::addresses_of(street)["smtp.qq.com"] == address);
  CHECK(program::exchangers_of(street)["163.com"] == "smtp.163.com");
  CHECK(program::exchangers_of(street)["126.com"] == "smtp.126.com");
}

}  // namespace
