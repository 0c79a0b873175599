#include "mockserver/judging.h"

#include "tls/authority.h"

namespace mockserver {

Judging::Judging(const scenario::Scenario& scenario) : protocol_(scenario.protocol->name()) {
  for (const scenario::Account& account : scenario.accounts)
    server_.accounts.push_back({account.user, account.password, account.web_password});
  server_.guests = scenario.guests;
  server_.is_not_to_be_trusted = scenario.tls.certificate != tls::Flaw::kNone;
}

std::vector<findings::Finding> Judging::take(ConnectionId connection, const dialogue::Event& event) {
  const auto [hit, is_new] = judges_.try_emplace(connection);
  if (is_new) hit->second = findings::make_judge(protocol_, server_);
  std::vector<findings::Finding> findings;
  if (hit->second != nullptr) {
    hit->second->take(event);
    findings = hit->second->take_findings();
  }
  if (event.kind == dialogue::Kind::kClosed) judges_.erase(hit);
  return findings;
}

}  // namespace mockserver
