#include "sasl/exchange.h"

#include <algorithm>

#include "core/text.h"

namespace sasl {
namespace {

core::Failure malformed(std::string text, std::string place, std::string hint) {
  return core::fail(core::Blame::kPeer, std::move(text), std::move(place), std::move(hint));
}

// RFC 4616 §2: message = [authzid] UTF8NUL authcid UTF8NUL passwd
core::Result<Step> plain(std::string_view response) {
  const std::size_t first = response.find('\0');
  const std::size_t second = first == std::string_view::npos ? first : response.find('\0', first + 1);
  if (second == std::string_view::npos || response.find('\0', second + 1) != std::string_view::npos) {
    return malformed("PLAIN wants exactly two NUL octets", "RFC 4616 §2", "base64 of NUL user NUL password");
  }
  Claim claim;
  claim.authorization = response.substr(0, first);
  claim.user = response.substr(first + 1, second - first - 1);
  claim.password = core::Secret(std::string(response.substr(second + 1)));
  if (claim.user.empty()) return malformed("the user name is empty", "RFC 4616 §2", "base64 of NUL user NUL password");
  return claim;
}

}  // namespace

const std::vector<std::string_view>& mechanisms() {
  static const std::vector<std::string_view> kNames{"PLAIN", "LOGIN"};
  return kNames;
}

std::optional<Exchange> Exchange::begin(std::string_view mechanism) {
  const auto& known = mechanisms();
  if (std::find(known.begin(), known.end(), mechanism) == known.end()) return std::nullopt;
  return Exchange(mechanism);
}

Challenge Exchange::first_challenge() const {
  if (mechanism_ == "LOGIN") return {"Username:", Wants::kUser};
  return {"", Wants::kResponse};
}

core::Result<Step> Exchange::respond(std::string_view response) {
  if (mechanism_ == "PLAIN") return plain(response);
  // LOGIN has no RFC; draft-murchison-sasl-login describes what everybody does: two prompts, two answers.
  if (!login_user_) {
    login_user_ = response;
    return Challenge{"Password:", Wants::kPassword};
  }
  return Claim{{}, *login_user_, core::Secret(std::string(response))};
}

bool Exchange::next_is_secret() const { return mechanism_ != "LOGIN" || login_user_.has_value(); }

}  // namespace sasl
