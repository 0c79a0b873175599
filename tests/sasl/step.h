// What the tests of this folder share: exchanges as text.
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/show.h"
#include "sasl/client.h"
#include "sasl/exchange.h"
#include "tests/core/chinese.h"

namespace sasl_test {

// Rows write NUL as | and ^A as ^.
inline std::string octets(std::string text) {
  for (char& c : text) {
    if (c == '|') c = '\0';
    if (c == '^') c = '\x01';
  }
  return text;
}

// An error says whose fault it is and shows nothing raw.
inline void check_error(const core::Error& error, core::Blame blame) {
  CHECK(error.blame == blame);
  CHECK_FALSE(error.text.empty());
  test::check_chinese(error);
  CHECK_FALSE(error.place.empty());
  CHECK(core::show_bytes(core::describe(error, core::Language::kEnglish)) == core::describe(error, core::Language::kEnglish));
}

// "ask Password:", "claim authorization/user/password", "proof authorization/user", "token user/token", each with " final"
// where the server has nothing more to say, and "error: …".
inline std::string describe(const core::Result<sasl::Step>& step) {
  if (!step) {
    check_error(step.error(), core::Blame::kPeer);
    return "error: " + step.error().text.en;
  }
  if (const auto* const challenge = std::get_if<sasl::Challenge>(&*step)) return "ask " + core::show_bytes(challenge->octets);
  const auto& claim = std::get<sasl::Claim>(*step);
  const std::string end = claim.is_final ? " final" : "";
  if (claim.is_proof) return "proof " + core::show_bytes(claim.authorization + "/" + claim.user) + end;
  if (claim.is_token) return "token " + core::show_bytes(claim.user + "/" + claim.password.reveal()) + end;
  return "claim " + core::show_bytes(claim.authorization + "/" + claim.user + "/" + claim.password.reveal()) + end;
}

inline std::string describe(const core::Result<std::string>& response) {
  if (response) return core::show_bytes(*response);
  check_error(response.error(), response.error().blame);
  return "error: " + response.error().text.en;
}

inline sasl::Exchange exchange_of(std::string_view mechanism, const sasl::ServerPart& part = {}) {
  auto exchange = sasl::Exchange::begin(mechanism, part);
  REQUIRE(exchange.has_value());
  return *exchange;
}

inline sasl::Credentials credentials(std::string user, std::string password, std::string token = "") {
  sasl::Credentials out;
  out.user = std::move(user);
  out.password = core::Secret(std::move(password));
  out.token = core::Secret(std::move(token));
  return out;
}

inline sasl::Client begin_client(std::string_view mechanism, const sasl::Credentials& who,
                                 const std::string& nonce = "clientnonce") {
  auto client = sasl::Client::begin(mechanism, who, nonce);
  REQUIRE(client.has_value());
  return *client;
}

// The claim of a step. REQUIRES that it is one.
inline sasl::Claim claim_of(const core::Result<sasl::Step>& step) {
  REQUIRE_MESSAGE(step.has_value(), describe(step));
  REQUIRE(std::holds_alternative<sasl::Claim>(*step));
  return std::get<sasl::Claim>(*step);
}

}  // namespace sasl_test
