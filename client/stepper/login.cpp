#include "client/stepper/login.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base64.h"
#include "sasl/exchange.h"

namespace stepper {
namespace {

constexpr std::array<std::string_view, 4> kPasswordOnTheWire{"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"};

// An empty response that stands in the AUTH command is written "=" (RFC 4954 §4).
std::string in_command(const std::string& response) { return response.empty() ? "=" : core::base64_encode(response); }

void add_words(std::vector<std::string>& words, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word = core::to_upper(text.substr(0, end));
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::vector<std::string> offered_mechanisms(const smtp::Extensions& extensions) {
  std::vector<std::string> mechanisms;
  for (const std::string& line : extensions.lines()) {
    if (core::starts_with_ignoring_case(line, "AUTH ") || core::starts_with_ignoring_case(line, "AUTH=")) {
      add_words(mechanisms, std::string_view(line).substr(5));
    }
  }
  return mechanisms;
}

bool sends_password(std::string_view mechanism) {
  return std::any_of(kPasswordOnTheWire.begin(), kPasswordOnTheWire.end(),
                     [&](std::string_view one) { return core::equals_ignoring_case(one, mechanism); });
}

Login::Login(std::optional<sasl::Credentials> credentials, std::string nonce)
    : credentials_(std::move(credentials)), nonce_(std::move(nonce)) {}

std::optional<sasl::Client> Login::begin(std::string_view mechanism) const {
  if (!credentials_) return std::nullopt;
  const bool wants_token = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";  // RFC 7628
  if ((wants_token ? credentials_->token : credentials_->password).empty()) return std::nullopt;
  return sasl::Client::begin(mechanism, *credentials_, nonce_ + std::to_string(exchanges_));
}

std::optional<std::string> Login::initial_response(std::string_view mechanism) const {
  std::optional<sasl::Client> client = begin(mechanism);
  if (!client || !client->speaks_first()) return std::nullopt;
  const auto response = client->respond({});
  if (!response) return std::nullopt;
  return in_command(*response);
}

std::vector<std::string> Login::lines(const std::vector<std::string>& offered) const {
  std::vector<std::string> lines;
  for (const std::string_view mechanism : sasl::mechanisms()) {
    if (std::find(offered.begin(), offered.end(), mechanism) == offered.end()) continue;
    if (credentials_ && !begin(mechanism)) continue;
    const std::optional<std::string> response = initial_response(mechanism);
    lines.push_back("AUTH " + std::string(mechanism) + (response ? " " + *response : ""));
  }
  return lines;
}

// An initial response of one's own may say anything; the exchange then goes on as if it had said what we would have.
void Login::begun(const smtp::Command& command) {
  response_.reset();
  problem_.clear();
  client_ = begin(command.mechanism);
  ++exchanges_;
  if (client_ && command.initial_response && client_->speaks_first()) (void)client_->respond({});
}

void Login::answered(const smtp::Reply& reply) {
  response_.reset();
  problem_.clear();
  if (reply.code.value() != 334) {
    client_.reset();
    return;
  }
  if (!client_) return;
  const auto challenge = core::base64_decode(reply.lines.front());
  const auto response = client_->respond(challenge ? *challenge : reply.lines.front());
  if (response) {
    response_ = core::base64_encode(*response);
    return;
  }
  response_ = "*";
  problem_ = response.error().id;
  client_.reset();
}

void Login::interrupted() {
  client_.reset();
  response_.reset();
  problem_.clear();
}

void Login::restart() {
  exchanges_ = 0;
  client_.reset();
  response_.reset();
  problem_.clear();
}

}  // namespace stepper
