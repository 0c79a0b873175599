#include "sasl/client_login.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base64.h"
#include "sasl/exchange.h"

namespace sasl {
namespace {

constexpr std::array<std::string_view, 4> kPasswordOnTheWire{"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"};

// An empty response that stands in the AUTH command is written "=" (RFC 4954 §4).
std::string in_command(const std::string& response) { return response.empty() ? "=" : core::base64_encode(response); }

}  // namespace

bool sends_password(std::string_view mechanism) {
  return std::any_of(kPasswordOnTheWire.begin(), kPasswordOnTheWire.end(),
                     [&](std::string_view one) { return core::equals_ignoring_case(one, mechanism); });
}

ClientLogin::ClientLogin(std::optional<Credentials> credentials, std::string nonce)
    : credentials_(std::move(credentials)), nonce_(std::move(nonce)) {}

std::optional<Client> ClientLogin::begin(std::string_view mechanism) const {
  if (!credentials_) return std::nullopt;
  const bool wants_token = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";  // RFC 7628
  if ((wants_token ? credentials_->token : credentials_->password).empty()) return std::nullopt;
  return Client::begin(mechanism, *credentials_, nonce_ + std::to_string(exchanges_));
}

std::optional<std::string> ClientLogin::initial_response(std::string_view mechanism) const {
  std::optional<Client> client = begin(mechanism);
  if (!client || !client->speaks_first()) return std::nullopt;
  const auto response = client->respond({});
  if (!response) return std::nullopt;
  return in_command(*response);
}

std::vector<std::string> ClientLogin::beginnings(const std::vector<std::string>& offered) const {
  std::vector<std::string> lines;
  for (const std::string_view mechanism : mechanisms()) {
    if (std::find(offered.begin(), offered.end(), mechanism) == offered.end()) continue;
    if (credentials_ && !begin(mechanism)) continue;
    const std::optional<std::string> response = initial_response(mechanism);
    lines.push_back(std::string(mechanism) + (response ? " " + *response : ""));
  }
  return lines;
}

// An initial response of one's own may say anything; the exchange then goes on as if it had said what we would have.
void ClientLogin::begun(std::string_view mechanism, bool has_initial_response) {
  response_.reset();
  problem_.clear();
  client_ = begin(mechanism);
  ++exchanges_;
  if (client_ && has_initial_response && client_->speaks_first()) (void)client_->respond({});
}

void ClientLogin::challenged(std::string_view base64) {
  response_.reset();
  problem_.clear();
  if (!client_) return;
  const auto challenge = core::base64_decode(base64);
  const auto response = client_->respond(challenge ? *challenge : std::string(base64));
  if (response) {
    response_ = core::base64_encode(*response);
    return;
  }
  response_ = "*";
  problem_ = response.error().id;
  client_.reset();
}

void ClientLogin::ended() {
  client_.reset();
  response_.reset();
  problem_.clear();
}

void ClientLogin::restart() {
  exchanges_ = 0;
  client_.reset();
  response_.reset();
  problem_.clear();
}

}  // namespace sasl
