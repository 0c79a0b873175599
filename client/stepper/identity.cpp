#include "client/stepper/identity.h"

#include <random>
#include <string>
#include <utility>

#include "core/base64.h"
#include "protocol/protocol.h"

namespace stepper {
namespace {

// For SCRAM; nobody shall be able to guess it (RFC 5802 §5.1).
std::string fresh_nonce() {
  std::random_device random;
  std::string octets;
  for (int i = 0; i < 18; ++i) octets += static_cast<char>(random() & 0xFFU);
  return core::base64_encode(octets);
}

}  // namespace

Identity identity_of(const scenario::Scenario& scenario) {
  Identity identity;
  if (scenario.accounts.empty()) return identity;
  const scenario::Account& first = scenario.accounts.front();
  sasl::Credentials credentials;
  credentials.user = first.user;
  credentials.password = core::Secret(first.password);
  credentials.token = core::Secret(first.token);
  credentials.host = scenario.server.name;
  const bool is_encrypted = scenario.security == scenario::Security::kTls;
  credentials.port = is_encrypted ? scenario.protocol->tls_port() : scenario.protocol->upgrade_port();
  identity.credentials = std::move(credentials);
  identity.from = first.user;
  identity.to = {scenario.accounts.size() > 1 ? scenario.accounts[1].user : first.user};
  return identity;
}

Identity identity_of(const client::StepOptions& options, const scenario::Scenario* scenario) {
  Identity identity = scenario != nullptr ? identity_of(*scenario) : Identity();
  if (!options.server) return identity;
  identity.nonce = fresh_nonce();
  identity.wants_tls = !(options.security == client::Security::kNone && options.clear_is_wished);
  if (!options.client_name.empty()) identity.client_name = options.client_name;
  if (!options.user.empty()) {
    sasl::Credentials credentials;
    credentials.user = options.user;
    credentials.password = options.password;
    credentials.host = *options.server;
    credentials.port = options.port.value_or(client::usual_port(*options.protocol, options.security));
    identity.credentials = std::move(credentials);
    if (options.user.find('@') != std::string::npos) identity.from = options.user;
  }
  if (!options.from.empty()) identity.from = options.from;
  if (!options.to.empty()) identity.to = options.to;
  return identity;
}

}  // namespace stepper
