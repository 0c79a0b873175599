#include "mockserver/judging.h"

#include "tls/authority.h"

namespace mockserver {

Judging::Judging(const scenario::Scenario& scenario) {
  for (const scenario::Account& account : scenario.accounts)
    server_.accounts.push_back({account.user, account.password, account.web_password});
  server_.is_not_to_be_trusted = scenario.tls.certificate != tls::Flaw::kNone;
}

std::vector<findings::Finding> Judging::take(ConnectionId connection, const dialogue::Event& event) {
  const auto judge = judges_.try_emplace(connection, server_).first;
  judge->second.take(event);
  std::vector<findings::Finding> findings = judge->second.take_findings();
  if (event.kind == dialogue::Kind::kClosed) judges_.erase(judge);
  return findings;
}

}  // namespace mockserver
