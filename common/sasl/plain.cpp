// PLAIN (RFC 4616): user and password in one message. message = [authzid] UTF8NUL authcid UTF8NUL passwd
#include <optional>
#include <utility>

#include "sasl/mechanism.h"

namespace sasl {
namespace {

const core::Text kPlainShape{"base64 of NUL user NUL password", "对“NUL 用户名 NUL 密码”做 base64 编码"};

// Where the two NULs are, when there are exactly two.
std::optional<std::pair<std::size_t, std::size_t>> find_nuls(std::string_view message) {
  const std::size_t first = message.find('\0');
  const std::size_t second = first == std::string_view::npos ? first : message.find('\0', first + 1);
  if (second == std::string_view::npos || message.find('\0', second + 1) != std::string_view::npos) return std::nullopt;
  return std::pair{first, second};
}

class PlainServer final : public Cloneable<PlainServer, ServerSide> {
 public:
  core::Result<Step> respond(std::string_view response) override {
    if (is_over_) return too_many_responses();
    const auto nuls = find_nuls(response);
    if (!nuls)
      return malformed({"PLAIN wants exactly two NUL octets", "PLAIN 里应当正好有两个 NUL 字节"}, "RFC 4616 §2", kPlainShape);
    const auto [first, second] = *nuls;
    Claim claim;
    claim.authorization = response.substr(0, first);
    claim.user = response.substr(first + 1, second - first - 1);
    claim.password = core::Secret(std::string(response.substr(second + 1)));
    claim.is_final = true;
    if (claim.user.empty()) return malformed({"the user name is empty", "用户名是空的"}, "RFC 4616 §2", kPlainShape);
    is_over_ = true;
    return claim;
  }

  // Whatever a server asks for here, the answer is made of the password.
  [[nodiscard]] bool next_is_secret() const override { return true; }

 private:
  bool is_over_ = false;
};

class PlainClient final : public Cloneable<PlainClient, ClientSide> {
 public:
  explicit PlainClient(Credentials credentials) : credentials_(std::move(credentials)) {}

  core::Result<std::string> respond(std::string_view /*challenge*/) override {
    if (is_done_) return too_many_challenges();
    std::string message = credentials_.authorization;
    message += '\0' + credentials_.user + '\0' + credentials_.password.reveal();
    if (!find_nuls(message))
      return cannot_write({"a name or password holds a NUL octet, which PLAIN parts them by",
                           "名字或密码里有 NUL 字节，而 PLAIN 用它分隔各部分"},
                          "RFC 4616 §2");
    is_done_ = true;
    return message;
  }

  [[nodiscard]] bool is_done() const override { return is_done_; }

 private:
  Credentials credentials_;
  bool is_done_ = false;
};

std::vector<Part> plain_parts(Speaker speaker, std::size_t round, std::string_view octets) {
  const auto nuls = find_nuls(octets);
  if (speaker != Speaker::kClient || round != 0 || !nuls) return {};
  const auto [first, second] = *nuls;
  std::vector<Part> parts;
  if (first > 0) parts.push_back({"authorization", {0, first}});
  parts.push_back({"separator", {first, first + 1}});
  parts.push_back({"user", {first + 1, second}});
  parts.push_back({"separator", {second, second + 1}});
  parts.push_back({"password", {second + 1, octets.size()}, true});
  return parts;
}

}  // namespace

Mechanism plain() {
  Mechanism one;
  one.name = "PLAIN";
  one.server = [](const ServerPart&) -> std::unique_ptr<ServerSide> { return std::make_unique<PlainServer>(); };
  one.client = [](const Credentials& credentials, const std::string&) -> std::unique_ptr<ClientSide> {
    return std::make_unique<PlainClient>(credentials);
  };
  one.parts = plain_parts;
  return one;
}

}  // namespace sasl
