#include "sasl/scram_messages.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "sasl/mechanism.h"

namespace sasl {
namespace {

constexpr std::string_view kScramRule = "RFC 5802 §7";

// The message from `at` on as attributes, of which the first have these letters. shape: the whole message, for the error.
core::Result<Attributes> read_attributes(std::string_view message, std::size_t at, std::string_view letters,
                                         const core::Text& shape) {
  const auto misfit = [&](core::Text text) { return malformed(std::move(text), kScramRule, shape); };
  Attributes attributes;
  while (at <= message.size()) {
    const std::size_t end = std::min(message.find(',', at), message.size());
    const std::string_view one = message.substr(at, end - at);
    // RFC 5802 §5.1: "m" is reserved for an extension that must be understood, and none is.
    if (attributes.empty() && one.starts_with("m="))
      return misfit({"the message asks for an extension (m=) that is not known", "消息要求使用一个未知的扩展（m=）"});
    if (one.size() < 3 || !core::is_alpha(one[0]) || one[1] != '=' || one.find('\0') != std::string_view::npos)
      return misfit({"between two commas there is no letter, '=' and a value", "两个逗号之间不是“字母、'='、值”"});
    attributes.push_back({one[0], one.substr(2), at + 2});
    at = end + 1;
  }
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i >= attributes.size() || attributes[i].letter != letters[i])
      return misfit(core::phrase("'{0}=' is not where it belongs", "'{0}=' 不在它该在的位置", {std::string(1, letters[i])}));
  }
  return attributes;
}

// printable = %x21-2B / %x2D-7E; no nonce is longer than it has to be.
core::Result<std::string> read_nonce(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!printable)
    return malformed({"the nonce holds something else than printable ASCII", "随机数里有可打印 ASCII 以外的字符"}, kScramRule);
  if (text.size() > kMaxNonce)
    return malformed(core::phrase("the nonce is longer than {0} octets", "随机数超过 {0} 个字节", {kMaxNonce}), kScramRule);
  return std::string(text);
}

core::Result<std::string> read_base64(const Attribute& attribute) {
  auto decoded = core::base64_decode(attribute.value);
  if (!decoded) {
    decoded.error().text = core::phrase("the value of '{0}=' is no base64: {1}", "'{0}=' 的值不是 base64：{1}",
                                        {std::string(1, attribute.letter), decoded.error().text});
    return decoded;
  }
  return decoded;
}

}  // namespace

// client-first-message = gs2-header [reserved-mext ","] username "," nonce ["," extensions]
core::Result<ClientFirst> read_client_first(std::string_view message) {
  auto header = read_gs2(message);
  if (!header) return core::Failure(header.error());
  auto attributes = read_attributes(message, header->length, "nr",
                                    {"the first message is n,,n=user,r=nonce", "第一条消息是 n,,n=user,r=nonce"});
  if (!attributes) return core::Failure(attributes.error());
  auto user = decode_saslname((*attributes)[0].value);
  if (!user) return core::Failure(user.error());
  auto nonce = read_nonce((*attributes)[1].value);
  if (!nonce) return core::Failure(nonce.error());
  return ClientFirst{std::move(*header), std::move(*user), std::move(*nonce), std::move(*attributes)};
}

// server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
core::Result<ServerFirst> read_server_first(std::string_view message) {
  static const core::Text kShape{"the server's first message is r=nonce,s=salt,i=iterations",
                                 "服务器的第一条消息是 r=nonce,s=salt,i=iterations"};
  auto attributes = read_attributes(message, 0, "rsi", kShape);
  if (!attributes) return core::Failure(attributes.error());
  auto nonce = read_nonce((*attributes)[0].value);
  if (!nonce) return core::Failure(nonce.error());
  auto salt = read_base64((*attributes)[1]);
  if (!salt) return core::Failure(salt.error());
  // posit-number = %x31-39 *DIGIT
  const std::string_view digits = (*attributes)[2].value;
  if (digits[0] == '0' || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return malformed({"the number of iterations is no positive number", "迭代次数不是正数"}, kScramRule, kShape);
  std::uint32_t iterations = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), iterations);
  if (read.ec != std::errc() || iterations > kMaxIterations) {
    return malformed(
        core::phrase("the server asks for more than {0} iterations", "服务器要求的迭代次数超过 {0}", {kMaxIterations}),
        "RFC 5802 §5.1",
        {"cancel with *: a server must not make its clients compute for minutes", "用 * 取消：服务器不该让客户端算上几分钟"});
  }
  return ServerFirst{std::move(*nonce), std::move(*salt), iterations, std::move(*attributes)};
}

// client-final-message = channel-binding "," nonce ["," extensions] "," proof
core::Result<ClientFinal> read_client_final(std::string_view message) {
  static const core::Text kShape{"the final message is c=biws,r=nonce,p=proof", "最后一条消息是 c=biws,r=nonce,p=proof"};
  auto attributes = read_attributes(message, 0, "cr", kShape);
  if (!attributes) return core::Failure(attributes.error());
  const Attribute last = attributes->back();
  if (last.letter != 'p')
    return malformed({"the message does not end with p=proof", "消息没有以 p=证明 结尾"}, kScramRule, kShape);
  auto header = read_base64((*attributes)[0]);
  if (!header) return core::Failure(header.error());
  auto nonce = read_nonce((*attributes)[1].value);
  if (!nonce) return core::Failure(nonce.error());
  auto proof = read_base64(last);
  if (!proof) return core::Failure(proof.error());
  return ClientFinal{std::move(*header), std::move(*nonce), std::move(*proof), message.substr(0, last.at - 3),
                     std::move(*attributes)};
}

// server-final-message = (server-error / verifier) ["," extensions]
core::Result<ServerFinal> read_server_final(std::string_view message) {
  const bool refuses = message.starts_with("e=");
  auto attributes = read_attributes(
      message, 0, refuses ? "e" : "v",
      {"the server's last message is v=signature, or e= and an error", "服务器的最后一条消息是 v=签名，或者 e= 加错误"});
  if (!attributes) return core::Failure(attributes.error());
  if (refuses) return ServerFinal{{}, std::string((*attributes)[0].value), std::move(*attributes)};
  auto signature = read_base64((*attributes)[0]);
  if (!signature) return core::Failure(signature.error());
  return ServerFinal{std::move(*signature), {}, std::move(*attributes)};
}

}  // namespace sasl
