#include "mockserver/announcement.h"

#include <algorithm>
#include <string>

#include "core/show.h"

namespace mockserver {
namespace {

core::Text accounts_of(const scenario::Scenario& scenario) {
  std::string users;
  for (const scenario::Account& account : scenario.accounts) users += (users.empty() ? "" : ", ") + account.user;
  if (users.empty()) return {"no accounts", "没有账户"};
  return core::phrase("accounts: {0}", "账户：{0}", {core::show_bytes(users)});
}

bool goes_by_chance(const scenario::Scenario& scenario) {
  return std::any_of(scenario.rules.begin(), scenario.rules.end(),
                     [](const scenario::Rule& rule) { return rule.when.chance.has_value(); });
}

}  // namespace

core::Text announcement(const MockServer& server, std::string_view bind, std::uint64_t seed) {
  const scenario::Scenario& scenario = server.scenario();
  const std::string id = core::show_bytes(scenario.id);
  const std::string address = core::show_bytes(bind);
  const std::string_view title = scenario.protocol->title();
  core::Text text = scenario.listens ? core::phrase("{0} listens on {1} port {2} for {3}", "{0} 在 {1} 端口 {2} 监听 {3}",
                                                    {id, address, server.port(), title})
                                     : core::phrase("{0} refuses connections to {1} port {2} for {3}",
                                                    "{0} 拒绝到 {1} 端口 {2} 的 {3} 连接", {id, address, server.port(), title});
  const std::string_view starttls = scenario.protocol->input(protocol::Role::kStartTls).verb();
  if (protocol::offers(scenario.server.offers, starttls))
    text = core::phrase("{0} with {1}", "{0}（可用 {1}）", {text, starttls});
  const auto also = [&](std::uint16_t port, const core::Text& what) {
    if (port != 0) text = core::phrase("{0}, port {1} for {2}", "{0}，端口 {1} 是{2}", {text, port, what});
  };
  also(server.tls_port(), core::phrase("{0} inside TLS", " TLS 里的 {0}", {title}));
  also(server.pop3_port(), {"POP3", " POP3"});
  also(server.pop3s_port(), {"POP3 inside TLS", " TLS 里的 POP3"});
  also(server.imap_port(), {"IMAP", " IMAP"});
  also(server.imaps_port(), {"IMAP inside TLS", " TLS 里的 IMAP"});
  text = core::phrase("{0}; {1}", "{0}；{1}", {text, accounts_of(scenario)});
  if (goes_by_chance(scenario)) text = core::phrase("{0}; chances as --seed {1}", "{0}；随机按 --seed {1}", {text, seed});
  return text;
}

}  // namespace mockserver
