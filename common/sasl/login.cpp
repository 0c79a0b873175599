// LOGIN: two prompts, two answers. It has no RFC; draft-murchison-sasl-login describes what everybody does.
#include <optional>
#include <utility>

#include "core/text.h"
#include "sasl/mechanism.h"

namespace sasl {
namespace {

class LoginServer final : public Cloneable<LoginServer, ServerSide> {
 public:
  [[nodiscard]] Challenge first_challenge() const override { return {"Username:", Wants::kUser}; }

  // The words are free, so the order counts; but a password that was asked for out of order must not become a name.
  void challenged(std::string_view octets) override { asks_password_ = core::matches_glob(octets, "*pass*"); }

  core::Result<Step> respond(std::string_view response) override {
    if (user_ && password_) return too_many_responses();
    if (next_is_secret()) {
      password_ = core::Secret(std::string(response));
    } else {
      user_ = response;
    }
    asks_password_ = false;
    if (!user_) return first_challenge();
    if (!password_) return Challenge{"Password:", Wants::kPassword};
    Claim claim;
    claim.user = *user_;
    claim.password = *password_;
    claim.is_final = true;
    return claim;
  }

  [[nodiscard]] bool next_is_secret() const override { return asks_password_ || user_.has_value(); }

 private:
  std::optional<std::string> user_;
  std::optional<core::Secret> password_;
  bool asks_password_ = false;
};

class LoginClient final : public Cloneable<LoginClient, ClientSide> {
 public:
  explicit LoginClient(Credentials credentials) : credentials_(std::move(credentials)) {}

  core::Result<std::string> respond(std::string_view /*challenge*/) override {
    if (round_ == 2) return too_many_challenges();
    return ++round_ == 1 ? credentials_.user : credentials_.password.reveal();
  }

  [[nodiscard]] bool is_done() const override { return round_ == 2; }

 private:
  Credentials credentials_;
  int round_ = 0;
};

std::vector<Part> login_parts(Speaker speaker, std::size_t round, std::string_view octets) {
  if (round > 1) return {};
  if (octets.empty()) return {{"empty", {0, 0}}};
  if (speaker == Speaker::kServer) return {{"prompt", {0, octets.size()}}};
  return {{round == 0 ? "user" : "password", {0, octets.size()}, round == 1}};
}

}  // namespace

Mechanism login() {
  Mechanism one;
  one.name = "LOGIN";
  one.client_first = false;
  one.server = [](const ServerPart&) -> std::unique_ptr<ServerSide> { return std::make_unique<LoginServer>(); };
  one.client = [](const Credentials& credentials, const std::string&) -> std::unique_ptr<ClientSide> {
    return std::make_unique<LoginClient>(credentials);
  };
  one.parts = login_parts;
  return one;
}

}  // namespace sasl
