// CRAM-MD5 (RFC 2195): the server sends something that it never sent before, the client its HMAC-MD5 with the password as key.
#include <algorithm>
#include <optional>
#include <utility>

#include "sasl/hashes.h"
#include "sasl/mechanism.h"

namespace sasl {
namespace {

// Where the blank is: response = user SP digest; digest = 32 hexadecimal digits in lower case. A name may hold blanks.
std::optional<std::size_t> find_blank(std::string_view response) {
  const std::size_t blank = response.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return std::nullopt;
  const std::string_view digest = response.substr(blank + 1);
  const bool fits = digest.size() == 32 && digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return fits ? std::optional(blank) : std::nullopt;
}

class CramServer final : public Cloneable<CramServer, ServerSide> {
 public:
  explicit CramServer(const ServerPart& part) : proposed_("<" + part.nonce + "@" + part.host + ">") {}

  [[nodiscard]] Challenge first_challenge() const override { return {proposed_, Wants::kResponse}; }

  void challenged(std::string_view octets) override { challenge_ = octets; }

  core::Result<Step> respond(std::string_view response) override {
    if (is_over_) return too_many_responses();
    if (!challenge_) {
      return malformed(
          {"the server speaks first in CRAM-MD5: there can be no initial response", "CRAM-MD5 由服务器先说话，不能带初始响应"},
          "RFC 4954 §4", {"send AUTH CRAM-MD5 alone and wait for 334", "只发 AUTH CRAM-MD5，等到 334 再说"});
    }
    const auto blank = find_blank(response);
    if (!blank) {
      return malformed({"this is not a user name, a blank and 32 hexadecimal digits in lower case",
                        "这不是“用户名、空格、32 位小写十六进制数”"},
                       "RFC 2195 §2",
                       {"user, blank, HMAC-MD5 of the challenge with the password as key",
                        "用户名，空格，以密码为密钥对质询算出的 HMAC-MD5"});
    }
    Claim claim;
    claim.user = response.substr(0, *blank);
    claim.is_proof = true;
    claim.is_final = true;
    claim.check = [challenge = *challenge_, digest = std::string(response.substr(*blank + 1))](std::string_view password) {
      return same_octets(hexadecimal(hmac(Hash::kMd5, password, challenge)), digest);
    };
    is_over_ = true;
    return claim;
  }

 private:
  std::string proposed_;
  std::optional<std::string> challenge_;  // what went out
  bool is_over_ = false;
};

class CramClient final : public Cloneable<CramClient, ClientSide> {
 public:
  explicit CramClient(Credentials credentials) : credentials_(std::move(credentials)) {}

  core::Result<std::string> respond(std::string_view challenge) override {
    if (is_done_) return too_many_challenges();
    // The answer to nothing would be the same every time, and worth recording.
    if (challenge.empty())
      return malformed({"the challenge of CRAM-MD5 is empty", "CRAM-MD5 的质询是空的"}, "RFC 2195 §2",
                       {"cancel with *", "用 * 取消"});
    is_done_ = true;
    return credentials_.user + " " + hexadecimal(hmac(Hash::kMd5, credentials_.password.reveal(), challenge));
  }

  [[nodiscard]] bool is_done() const override { return is_done_; }

 private:
  Credentials credentials_;
  bool is_done_ = false;
};

std::vector<Part> cram_parts(Speaker speaker, std::size_t round, std::string_view octets) {
  if (round != 0 || octets.empty()) return {};
  if (speaker == Speaker::kServer) return {{"timestamp-challenge", {0, octets.size()}}};
  const auto blank = find_blank(octets);
  if (!blank) return {};
  return {{"user", {0, *blank}}, {"separator", {*blank, *blank + 1}}, {"digest", {*blank + 1, octets.size()}}};
}

}  // namespace

Mechanism cram_md5() {
  Mechanism one;
  one.name = "CRAM-MD5";
  one.client_first = false;
  one.server = [](const ServerPart& part) -> std::unique_ptr<ServerSide> { return std::make_unique<CramServer>(part); };
  one.client = [](const Credentials& credentials, const std::string&) -> std::unique_ptr<ClientSide> {
    return std::make_unique<CramClient>(credentials);
  };
  one.parts = cram_parts;
  return one;
}

}  // namespace sasl
