#include "sasl/client.h"

#include <algorithm>
#include <utility>

#include "sasl/mechanism.h"

namespace sasl {

Client::Client(bool speaks_first, std::unique_ptr<ClientSide> side) : speaks_first_(speaks_first), side_(std::move(side)) {}
Client::Client(const Client& other) : speaks_first_(other.speaks_first_), side_(other.side_ ? other.side_->clone() : nullptr) {}
Client::Client(Client&&) noexcept = default;
Client::~Client() = default;

Client& Client::operator=(Client other) noexcept {
  std::swap(speaks_first_, other.speaks_first_);
  side_.swap(other.side_);
  return *this;
}

std::optional<Client> Client::begin(std::string_view mechanism, const Credentials& credentials, const std::string& nonce) {
  const Mechanism* const known = find_mechanism(mechanism);
  if (known == nullptr) return std::nullopt;
  return Client(known->client_first, known->client(credentials, nonce));
}

core::Result<std::string> Client::respond(std::string_view challenge) {
  auto response = side_->respond(challenge);
  if (!response && response.error().id.empty()) {
    response.error().id = response.error().blame == core::Blame::kPeer ? "sasl-challenge" : "sasl-credentials";
  }
  return response;
}

bool Client::is_done() const { return side_->is_done(); }

std::optional<std::string> choose(const std::vector<std::string>& offered, const Credentials& credentials) {
  for (const bool by_token : {true, false}) {
    if ((by_token ? credentials.token : credentials.password).empty()) continue;
    for (const Mechanism& one : table()) {
      if (one.takes_token == by_token && std::find(offered.begin(), offered.end(), one.name) != offered.end())
        return std::string(one.name);
    }
  }
  return std::nullopt;
}

}  // namespace sasl
