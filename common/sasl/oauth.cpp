#include "sasl/oauth.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"

namespace sasl {
namespace {

constexpr std::string_view kOauthRule = "RFC 7628 §3.1";
constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBlanks = " \t\r\n";

// auth=Bearer TOKEN. The name of the scheme is written in any letter case (RFC 9110 §11.1).
core::Result<void> read_auth(std::string_view value, std::size_t at, TokenMessage& into) {
  if (value.empty()) return {};
  if (!core::starts_with_ignoring_case(value, kBearer))
    return malformed({"'auth=' does not say Bearer and a token", "'auth=' 后面不是 Bearer 和令牌"}, kOauthRule,
                     core::same("auth=Bearer TOKEN"));
  value.remove_prefix(kBearer.size());
  into.token = value;
  into.parts.push_back({"token", {at + kBearer.size(), at + kBearer.size() + value.size()}, true});
  return {};
}

class TokenServer final : public Cloneable<TokenServer, ServerSide> {
 public:
  TokenServer(ReadToken read, std::string oauth_error) : read_(read), oauth_error_(std::move(oauth_error)) {}

  core::Result<Step> respond(std::string_view response) override {
    if (claim_ && claim_->is_final) return too_many_responses();
    if (claim_) return error_answered(response);
    auto message = read_(response);
    if (!message) return core::Failure(message.error());
    claim_.emplace();
    claim_->user = std::move(message->user);
    claim_->password = core::Secret(std::move(message->token));
    claim_->is_token = true;
    claim_->oauth_error = oauth_error_;
    return *claim_;
  }

  [[nodiscard]] bool next_is_secret() const override { return !claim_; }

 private:
  // RFC 7628 §3.2.3 wants ^A, Google an empty line; clients of either kind talk to servers of the other.
  core::Result<Step> error_answered(std::string_view response) {
    if (!response.empty() && response != std::string_view(&kControlA, 1))
      return malformed({"the answer to the error is ^A or an empty line", "对错误的回答是 ^A 或空行"}, "RFC 7628 §3.2.3",
                       {"base64 of ^A is AQ==", "^A 的 base64 是 AQ=="});
    claim_->is_final = true;
    return *claim_;
  }

  ReadToken read_;
  std::string oauth_error_;
  std::optional<Claim> claim_;
};

class TokenClient final : public Cloneable<TokenClient, ClientSide> {
 public:
  TokenClient(bool is_writable, std::string message, std::string farewell)
      : is_writable_(is_writable), message_(std::move(message)), farewell_(std::move(farewell)) {}

  core::Result<std::string> respond(std::string_view /*challenge*/) override {
    if (!is_writable_) return cannot_write({"a name or the token holds ^A or NUL", "名字或令牌里有 ^A 或 NUL"}, kOauthRule);
    if (round_ == 2) return too_many_challenges();
    return ++round_ == 1 ? message_.reveal() : farewell_;
  }

  [[nodiscard]] bool is_done() const override { return round_ > 0; }

 private:
  bool is_writable_;
  core::Secret message_;
  std::string farewell_;
  int round_ = 0;
};

// Where the text behind "key" : " stands in a JSON object. Only for showing it: what is written otherwise is not found.
std::optional<core::Span> find_text(std::string_view json, std::string_view key) {
  const std::string quoted = '"' + std::string(key) + '"';
  const std::size_t name = json.find(quoted);
  if (name == std::string_view::npos) return std::nullopt;
  const std::size_t colon = json.find_first_not_of(kBlanks, name + quoted.size());
  if (colon == std::string_view::npos || json[colon] != ':') return std::nullopt;
  const std::size_t quote = json.find_first_not_of(kBlanks, colon + 1);
  if (quote == std::string_view::npos || json[quote] != '"') return std::nullopt;
  const std::size_t end = json.find('"', quote + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return core::Span{quote + 1, end};
}

std::vector<Part> error_parts(std::string_view octets) {
  const std::size_t begin = octets.find_first_not_of(kBlanks);
  const std::size_t last = octets.find_last_not_of(kBlanks);
  if (begin == std::string_view::npos || octets[begin] != '{' || octets[last] != '}') return {};
  std::vector<Part> parts{{"oauth-error", {begin, last + 1}}};
  if (const auto status = find_text(octets, "status")) parts.push_back({"oauth-status", *status});
  return parts;
}

}  // namespace

// *kvpair kvsep; kvpair = key "=" value kvsep; key = 1*ALPHA; kvsep = %x01
core::Result<void> read_pairs(std::string_view message, std::size_t at, TokenMessage& into) {
  static const core::Text kShape{"key=value and ^A for each, and one more ^A at the end",
                                 "每一项写 key=value 和 ^A，最后再加一个 ^A"};
  bool has_auth = false;
  while (at < message.size() && message[at] != kControlA) {
    const std::size_t end = message.find(kControlA, at);
    const std::string_view pair = message.substr(at, end == std::string_view::npos ? end : end - at);
    const std::size_t equals = pair.find('=');
    if (end == std::string_view::npos || equals == std::string_view::npos || equals == 0)
      return malformed({"the message is not made of key=value and ^A", "消息不是由 key=value 和 ^A 组成的"}, kOauthRule,
                       kShape);
    const std::string_view key = pair.substr(0, equals);
    const std::string_view value = pair.substr(equals + 1);
    const std::size_t value_at = at + equals + 1;
    if (key == "auth") {
      if (has_auth) return malformed({"'auth=' stands there twice", "'auth=' 出现了两次"}, kOauthRule);
      has_auth = true;
      if (auto read = read_auth(value, value_at, into); !read) return read;
    } else if (key == "user" || key == "host" || key == "port") {
      if (key == "user") into.user = value;
      into.parts.push_back({std::string(key), {value_at, value_at + value.size()}});
    }
    into.parts.push_back({"separator", {end, end + 1}});
    at = end + 1;
  }
  if (at + 1 != message.size())
    return malformed({"the message does not end in ^A^A", "消息没有以 ^A^A 结尾"}, kOauthRule, kShape);
  if (!has_auth) return malformed({"'auth=' is missing", "缺少 'auth='"}, kOauthRule, core::same("auth=Bearer TOKEN"));
  into.parts.push_back({"separator", {at, at + 1}});
  return {};
}

std::string write_token(const core::Secret& token) {
  return "auth=" + std::string(kBearer) + token.reveal() + kControlA + kControlA;
}

std::unique_ptr<ServerSide> token_server(ReadToken read, const ServerPart& part) {
  return std::make_unique<TokenServer>(read, part.oauth_error);
}

std::unique_ptr<ClientSide> token_client(const std::vector<std::string_view>& pieces, std::string message,
                                         std::string farewell) {
  constexpr std::string_view kParting("\x01\0", 2);
  const bool writable = std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
    return piece.find_first_of(kParting) == std::string_view::npos;
  });
  return std::make_unique<TokenClient>(writable, std::move(message), std::move(farewell));
}

std::vector<Part> token_parts(ReadToken read, Speaker speaker, std::size_t round, std::string_view octets) {
  if (speaker == Speaker::kClient && round == 0) {
    auto message = read(octets);
    return message ? std::move(message->parts) : std::vector<Part>{};
  }
  if (round != 1) return {};
  if (speaker == Speaker::kServer) return error_parts(octets);
  if (octets.empty()) return {{"empty", {0, 0}}};
  return octets == std::string_view(&kControlA, 1) ? std::vector<Part>{{"cancel", {0, 1}}} : std::vector<Part>{};
}

}  // namespace sasl
