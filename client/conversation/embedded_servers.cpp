#include "client/conversation/embedded_servers.h"

#include <set>
#include <string>
#include <utility>

#include "core/text.h"
#include "mockserver/unix_time.h"

namespace client {

EmbeddedServers::EmbeddedServers(net::Loop& loop, const scenario::Scenario& scenario, std::uint64_t seed)
    : loop_(loop), scenario_(scenario), seed_(seed) {
  for (std::size_t i = 0; i <= scenario.others.size(); ++i)
    running_.push_back({0, 0, std::make_unique<MockAccounts>(*scenario::server_of(scenario, i).protocol)});
}

EmbeddedServers::~EmbeddedServers() = default;

core::Result<void> EmbeddedServers::start() { return mailboxes_ == nullptr ? start_anew() : core::Result<void>(); }

core::Result<void> EmbeddedServers::start_anew() {
  for (Running& one : running_) one.server.reset();
  std::set<std::string> users;
  for (std::size_t i = 0; i < running_.size(); ++i) {
    for (const scenario::Account& account : scenario(i).accounts) users.insert(core::to_lower(account.user));
  }
  // Messages are gone with the process: the next one must not give their UIDs to others.
  mailboxes_ = std::make_unique<store::Memory>(store::Owners{{users.begin(), users.end()}},
                                               static_cast<std::uint32_t>(mockserver::unix_time()));
  for (std::size_t i = 0; i < running_.size(); ++i) {
    if (auto started = start(i); !started) return started;
  }
  lay_there_ = mailboxes_->messages().size();
  return {};
}

core::Result<void> EmbeddedServers::start(std::size_t number) {
  Running& one = running_[number];
  *one.accounts = MockAccounts(*scenario(number).protocol);
  mockserver::Options options;
  options.patient = true;  // a person reads between two steps
  options.seed = seed_;
  options.common_store = mailboxes_.get();
  options.port = one.port;
  if (one.tls_port != 0) options.tls_port = one.tls_port;
  options.observer = [accounts = one.accounts.get()](mockserver::ConnectionId connection, const dialogue::Event& event,
                                                     const protocol::Knows& knows) {
    accounts->observe(connection, event, knows);
  };
  one.server = std::make_unique<mockserver::MockServer>(loop_, scenario(number), std::move(options));
  if (auto listening = one.server->listen(); !listening) return listening;
  one.port = one.server->port();
  one.tls_port = one.server->tls_port();
  return {};
}

Door EmbeddedServers::door(std::size_t number) const {
  const scenario::Scenario& there = scenario(number);
  const bool begins_with_tls = there.security == scenario::Security::kTls;
  const Running& one = running_[number];
  return {"127.0.0.1",        begins_with_tls ? one.tls_port : one.port,
          there.server.name,  there.protocol,
          &there.server,      begins_with_tls,
          running_.size() > 1};
}

findings::Server EmbeddedServers::known(std::size_t number) const {
  findings::Server server;
  for (const scenario::Account& account : scenario(number).accounts)
    server.accounts.push_back({account.user, account.password, account.web_password});
  return server;
}

const mockserver::StoredMessage* EmbeddedServers::last_kept() const {
  if (mailboxes_ == nullptr || mailboxes_->messages().size() <= lay_there_) return nullptr;
  return mailboxes_->messages().back().get();
}

}  // namespace client
