#include "mockserver/judging.h"

#include <utility>

#include "tls/authority.h"

namespace mockserver {

Judging::Judging(const scenario::Scenario& scenario) {
  for (const scenario::Account& account : scenario.accounts)
    server_.accounts.push_back({account.user, account.password, account.web_password});
  if (!scenario.welcomes_anybody) server_.guests = scenario.guests;
  server_.is_not_to_be_trusted = scenario.tls.certificate != tls::Flaw::kNone;
}

std::vector<findings::Finding> Judging::take(ConnectionId connection, const Visit& visit, const dialogue::Event& event) {
  const auto [hit, is_new] = judges_.try_emplace(connection);
  if (is_new) {
    findings::Server server = server_;
    server.begins_in_tls = visit.begins == Begins::kInTls;
    hit->second = findings::make_judge(visit.protocol->name(), std::move(server));
  }
  std::vector<findings::Finding> findings;
  if (hit->second != nullptr) {
    hit->second->take(event);
    findings = hit->second->take_findings();
  }
  if (event.kind == dialogue::Kind::kClosed) judges_.erase(hit);
  return findings;
}

std::vector<findings::Finding> Judging::quiet(ConnectionId connection, const Silence& silence) {
  const auto hit = judges_.find(connection);
  if (hit == judges_.end() || hit->second == nullptr) return {};
  hit->second->quiet(silence.now, silence.untold);
  return hit->second->take_findings();
}

}  // namespace mockserver
