#include "findings/login.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <variant>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/password_form.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace findings {
namespace {

std::string_view id_of(sasl::ResponseFlaw flaw) {
  switch (flaw) {
    case sasl::ResponseFlaw::kNotBase64: return "credentials-not-base64";
    case sasl::ResponseFlaw::kNoPadding: return "base64-no-padding";
    case sasl::ResponseFlaw::kPythonLiteral: return "base64-python-literal";
    case sasl::ResponseFlaw::kOfNewline: return "base64-of-newline";
    case sasl::ResponseFlaw::kPlainFormat: return "auth-plain-format";
    case sasl::ResponseFlaw::kCancelled: break;
  }
  return {};
}

// A piece of source that was to be run, not sent.
bool is_source(std::string_view text) {
  constexpr std::array<std::string_view, 4> kWords{"b64encode(", "base64.", ".encode(", "Base64."};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_readable(std::string_view text) {
  return core::is_utf8(text) && std::none_of(text.begin(), text.end(), core::is_control);
}

// The server has the last word of the exchange, proof or refusal, and an empty line lets it end (RFC 4954 §4, RFC 7628 §3.2.3).
bool ends_with_empty_line(std::string_view mechanism) {
  return mechanism.starts_with("SCRAM-") || mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
}

core::Text plain_form() { return core::same("base64(NUL user NUL password)"); }

}  // namespace

std::vector<Sight> Login::begun(std::string_view mechanism, const std::optional<std::string>& response, std::size_t offset) {
  reset();
  mechanism_ = mechanism;
  exchange_ = sasl::Exchange::begin(mechanism_);
  if (!response) return {};
  return this->response(*response, offset, sasl::ResponsePlace::kInitial);
}

std::vector<Sight> Login::said(std::string_view line, std::size_t line_end) {
  empty_password_ = false;
  if (line.empty() && responses_ > 0 && ends_with_empty_line(mechanism_)) return {};
  if (line.empty()) {
    empty_password_ = responses_ > 0 && !user_.empty();
    ++responses_;
    return {Sight{empty_password_ ? "empty-password" : "empty-credentials", {0, line_end}}};
  }
  return response(line, 0, sasl::ResponsePlace::kLater);
}

bool Login::shows_password() const {
  constexpr std::array<std::string_view, 4> kOpen{"LOGIN", "PLAIN", "XOAUTH2", "OAUTHBEARER"};
  return std::find(kOpen.begin(), kOpen.end(), mechanism_) != kOpen.end();
}

std::vector<Sight> Login::response(std::string_view base64, std::size_t offset, sasl::ResponsePlace place) {
  const core::Span all{offset, offset + base64.size()};
  const bool is_plain = mechanism_ == "PLAIN";
  const bool knows_text = is_plain || mechanism_ == "LOGIN";
  ++responses_;
  if (base64 == core::kMask) return {};  // of a transcript without its passwords: nobody can tell any more
  if (is_source(base64)) return {Sight{"base64-python-literal", all}};
  std::vector<Sight> sights;
  for (const sasl::ResponseFlaw flaw : sasl::flaws_of_response(base64, place, is_plain)) {
    if (flaw == sasl::ResponseFlaw::kCancelled) return {};
    sights.push_back({id_of(flaw), all, true, flaw == sasl::ResponseFlaw::kPlainFormat ? plain_form() : core::Text{}});
  }
  const auto decoded = sasl::decode_response(base64, place);
  if (!decoded) return sights;
  if (sights.empty() && decoded->empty()) return {Sight{"empty-credentials", all}};
  std::string text = core::replace_all(*decoded, std::string_view("\0", 1), "");
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }), text.end());
  if (knows_text && sights.empty() && !is_readable(text)) sights.push_back({"credentials-not-base64", all, false});
  if (knows_text && sights.empty() && decoded->ends_with(' ')) sights.push_back({"base64-of-newline", all, false});
  take(*decoded);
  if (is_plain && sights.empty() && (user_.empty() || password_.empty())) sights.push_back({"empty-credentials", all});
  return sights;
}

void Login::take(const std::string& decoded) {
  if (mechanism_ == "LOGIN") (responses_ == 1 ? user_ : password_) = decoded;
  if (!exchange_) return;
  const auto step = exchange_->respond(decoded);
  if (!step || !std::holds_alternative<sasl::Claim>(*step)) return;
  user_ = std::get<sasl::Claim>(*step).user;
  password_ = std::get<sasl::Claim>(*step).password.reveal();
}

void Login::challenged(std::string_view base64) {
  if (!exchange_) return;
  if (const auto challenge = core::base64_decode(base64)) exchange_->challenged(*challenge);
}

namespace {

// It cannot be what programs log in with there.
bool is_no_code(const Server& server, std::string_view user, std::string_view password) {
  const std::size_t at = user.rfind('@');
  const bool wants_code = !server.accounts.empty() && !server.accounts.front().web_password.empty();
  if (!wants_code || at == std::string_view::npos || at == 0) return false;
  return !core::has_form_of(password, server.accounts.front().password) &&
         std::any_of(server.guests.begin(), server.guests.end(),
                     [&](const std::string& domain) { return core::equals_ignoring_case(domain, user.substr(at + 1)); });
}

}  // namespace

Mismatched why_refused(const Server& server, std::string_view user, std::string_view password) {
  for (const Account& account : server.accounts) {
    const bool same = core::equals_ignoring_case(user, account.user);
    if (same && !account.web_password.empty() && password == account.web_password && password != account.password)
      return {Mismatch::kWebPassword, {}, true};
    if (same) return {};
    const std::string_view local = std::string_view(account.user).substr(0, account.user.find('@'));
    const std::string_view here = user.substr(0, user.find('@'));
    const bool one_is_bare = (local.size() == account.user.size()) != (here.size() == user.size());
    if (!same && !here.empty() && one_is_bare && core::equals_ignoring_case(local, here))
      return {Mismatch::kUserForm, account.user, true};
  }
  if (!password.empty() && is_no_code(server, user, password)) return {Mismatch::kWebPassword, {}, false};
  return {};
}

}  // namespace findings
