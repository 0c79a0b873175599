#include "mockserver/scenario/attempt_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/attempt_rows.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;

std::string plain(std::string_view user, std::string_view password) {
  const std::string nul(1, '\0');
  return core::base64_encode(nul + std::string(user) + nul + std::string(password));
}

// The token of XOAUTH2 in its frame.
std::string xoauth2(std::string_view user, std::string_view token) {
  return core::base64_encode("user=" + std::string(user) + "\x01" + "auth=Bearer " + std::string(token) + "\x01\x01");
}

struct Credentials {
  std::string user;
  std::string password;
};

// Names and passwords that a rule's conditions could be about.
std::vector<Credentials> credentials_for(const When& when, const Scenario& scenario) {
  const Account& account = scenario.accounts.front();
  Lines users{account.user};
  if (const auto* const user = when.asked<Pattern>("user")) users = texts_for(*user, usual_addresses(scenario));
  if (when.asks_for("user_known", false))
    users.insert(users.begin(), "nobody" + account.user.substr(std::min(account.user.find('@'), account.user.size())));
  Lines passwords{account.password, "not-the-password", account.password + "\n", account.password + "\r\n", ""};
  if (!account.token.empty()) passwords.insert(passwords.begin() + 1, account.token);
  if (!account.web_password.empty()) passwords.insert(passwords.begin() + 1, account.web_password);
  std::vector<Credentials> all;
  for (const std::string& user : users) {
    for (const std::string& password : passwords) all.push_back({user, password});
  }
  return all;
}

// What begins an exchange: "AUTH ".
std::string auth_in(const protocol::Protocol& protocol) {
  return tagged(protocol, std::string(protocol.input(protocol::Role::kLogin).verb()) + " ");
}

// Ways to give them. `offers` says which mechanisms come first.
void add_ways(const Credentials& one, const Scenario& scenario, std::vector<Lines>& to) {
  const protocol::Protocol& protocol = *scenario.protocol;
  const bool is_line = (one.user + one.password).find_first_of("\r\n") == std::string::npos;
  if (is_line && protocol.find_command("PASS")) to.push_back({"USER " + one.user, "PASS " + one.password});
  if (is_line && protocol.find_command("LOGIN"))
    to.push_back({tagged(protocol, "LOGIN " + one.user + " \"" + one.password + "\"")});
  const std::string auth = auth_in(protocol);
  const std::string user = core::base64_encode(one.user);
  const std::string password = core::base64_encode(one.password);
  to.push_back({auth + "LOGIN", user, password});
  to.push_back({auth + "PLAIN " + plain(one.user, one.password)});
  to.push_back({auth + "PLAIN", plain(one.user, one.password)});
  to.push_back({auth + "LOGIN " + user, password});
  const Account& account = scenario.accounts.front();
  const bool has_token = !account.token.empty() && account.token != one.password;
  if (!has_token || one.password != account.password) to.push_back({auth + "XOAUTH2 " + xoauth2(one.user, one.password), ""});
  to.push_back({auth + "CRAM-MD5", core::base64_encode(one.user + " 00000000000000000000000000000000")});
}

std::vector<Lines> unreadable_logins(const std::string& user, const std::string& auth) {
  const std::string name = core::base64_encode(user);
  return {{auth + "LOGIN", name, "not base64!"},
          {auth + "PLAIN", "not base64!"},
          {auth + "LOGIN", name, "*"},
          {auth + "LOGIN", "*"},
          {auth + "PLAIN", "*"},
          {auth + "PLAIN bm90IHBsYWlu"},
          {auth + "LOGIN", "not base64!"},
          {auth + "PLAIN not-base64!"},
          {auth + "PLAIN", "bm90IHBsYWlu"},
          {auth + "CRAM-MD5", "not base64!"},
          {auth + "XOAUTH2 bm90IHhvYXV0aDI="},
          {auth + "CRAM-MD5", "*"},
          {auth + "LOGIN", "=", "="}};
}

const protocol::Offers& offered(const Scenario& scenario, bool encrypted) {
  const protocol::ServerSettings& server = scenario.server;
  return encrypted && server.offers_tls ? *server.offers_tls : server.offers;
}

// Empty for a login without one.
std::string_view mechanism_of(const Lines& login, const std::string& auth) {
  if (!login.front().starts_with(auth)) return {};
  const std::string_view rest = std::string_view(login.front()).substr(auth.size());
  return rest.substr(0, rest.find(' '));
}

bool is_offered(const protocol::Protocol& protocol, const protocol::Offers& offers, std::string_view mechanism) {
  if (mechanism.empty()) return takes_password(protocol, offers);
  const std::vector<std::string> mechanisms = protocol.mechanisms_in(offers);
  return std::any_of(mechanisms.begin(), mechanisms.end(),
                     [&](const std::string& one) { return core::equals_ignoring_case(one, mechanism); });
}

}  // namespace

// A server that offers nothing takes USER all the same, and LOGIN is taken unless somebody says that it is not.
bool takes_password(const protocol::Protocol& protocol, const protocol::Offers& offers) {
  if (protocol.find_command("PASS")) return offers.empty() || protocol::offers(offers, "USER");
  if (!protocol.find_command("LOGIN")) return false;
  return std::none_of(offers.begin(), offers.end(),
                      [](const std::string& line) { return line.find("LOGINDISABLED") != std::string::npos; });
}

Lines usual_clients() {
  return {"{client}",          "client",      "localhost",   "laptop",
          "my_computer",       "[127.0.0.1]", "127.0.0.1",   "localhost.localdomain",
          "alice@example.com", "a/b",         "laptop.local"};
}

Lines usual_addresses(const Scenario& scenario) {
  Lines all{scenario.accounts.front().user};
  const std::string own_domain = all.front().substr(std::min(all.front().find('@'), all.front().size()));
  if (scenario.accounts.size() > 1) all.push_back(scenario.accounts[1].user);
  for (const char* const one : {"carol@example.net", "", "carol@example.com", "carol@nowhere.invalid", "alice", "root",
                                "carol@laptop.localdomain", "newsletter@example.com", "postmaster@example.com",
                                "carol%example.net@example.com", "carol!dave@example.com", "b\xC3\xB8@b.example"}) {
    all.emplace_back(one);
  }
  if (!own_domain.empty()) all.insert(all.begin() + 1, "nobody" + own_domain);
  return all;
}

Lines texts_for(const Pattern& pattern, const Lines& usual) {
  Lines fitting;
  std::copy_if(usual.begin(), usual.end(), std::back_inserter(fitting),
               [&](const std::string& text) { return pattern.matches(text == "{client}" ? "client.example" : text); });
  if (!fitting.empty()) return fitting;
  std::string made = core::replace_all(core::replace_all(pattern.text(), "*@", "carol@"), "@*", "@example.net");
  made = core::replace_all(core::replace_all(made, "?*", "x"), "?", "x");
  for (const char* const run : {"", "x"}) {
    std::string one = core::replace_all(made, "*", run);
    if (!one.empty() && pattern.matches(one)) return {std::move(one)};
  }
  return {};
}

std::vector<Lines> logins_for(const When& when, const Scenario& scenario) {
  std::vector<Lines> logins;
  const std::string auth = auth_in(*scenario.protocol);
  const std::vector<Lines> unreadable = unreadable_logins(scenario.accounts.front().user, auth);
  if (when.syntax == Wanted::kWrong || when.asks("mistake")) logins = unreadable;
  for (const Credentials& one : credentials_for(when, scenario)) add_ways(one, scenario, logins);
  if (when.syntax == Wanted::kAny) logins.insert(logins.end(), unreadable.begin(), unreadable.end());
  if (const auto* const mechanism = when.asked<Pattern>("mechanism")) {
    std::erase_if(logins, [&](const Lines& one) { return !mechanism->matches(mechanism_of(one, auth)); });
    if (logins.empty()) logins.push_back({auth + mechanism->text()});
  }
  const auto* const tls = when.asked<bool>("tls");
  const bool encrypted = tls == nullptr ? scenario.security != Security::kNone : *tls;
  std::stable_partition(logins.begin(), logins.end(), [&](const Lines& one) {
    return is_offered(*scenario.protocol, offered(scenario, encrypted), mechanism_of(one, auth));
  });
  return logins;
}

Lines ordinary_login(const Scenario& scenario, bool encrypted) {
  const protocol::Offers& offers = offered(scenario, encrypted);
  const std::string auth = auth_in(*scenario.protocol);
  if (takes_password(*scenario.protocol, offers)) {
    if (scenario.protocol->find_command("PASS")) return {"USER {user}", "PASS {password}"};
    return {tagged(*scenario.protocol, "LOGIN {user} \"{password}\"")};
  }
  if (is_offered(*scenario.protocol, offers, "LOGIN")) return {auth + "LOGIN", "{user|base64}", "{password|base64}"};
  if (is_offered(*scenario.protocol, offers, "PLAIN")) return {auth + "PLAIN {plain}"};
  const bool has_token = !scenario.accounts.front().token.empty();
  if (has_token && is_offered(*scenario.protocol, offers, "XOAUTH2")) return {auth + "XOAUTH2 {xoauth2}"};
  return {};
}

}  // namespace scenario
