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
                                         std::string_view shape) {
  const auto misfit = [&](std::string text) { return malformed(std::move(text), std::string(kScramRule), std::string(shape)); };
  Attributes attributes;
  while (at <= message.size()) {
    const std::size_t end = std::min(message.find(',', at), message.size());
    const std::string_view one = message.substr(at, end - at);
    // RFC 5802 §5.1: "m" is reserved for an extension that must be understood, and none is.
    if (attributes.empty() && one.starts_with("m=")) return misfit("the message asks for an extension (m=) that is not known");
    if (one.size() < 3 || !core::is_alpha(one[0]) || one[1] != '=' || one.find('\0') != std::string_view::npos)
      return misfit("between two commas there is no letter, '=' and a value");
    attributes.push_back({one[0], one.substr(2), at + 2});
    at = end + 1;
  }
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i >= attributes.size() || attributes[i].letter != letters[i])
      return misfit("'" + std::string(1, letters[i]) + "=' is not where it belongs");
  }
  return attributes;
}

// printable = %x21-2B / %x2D-7E; no nonce is longer than it has to be.
core::Result<std::string> read_nonce(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!printable) return malformed("the nonce holds something else than printable ASCII", std::string(kScramRule));
  if (text.size() > kMaxNonce)
    return malformed("the nonce is longer than " + std::to_string(kMaxNonce) + " octets", std::string(kScramRule));
  return std::string(text);
}

core::Result<std::string> read_base64(const Attribute& attribute) {
  auto decoded = core::base64_decode(attribute.value);
  if (!decoded) {
    decoded.error().text = "the value of '" + std::string(1, attribute.letter) + "=' is no base64: " + decoded.error().text;
    return decoded;
  }
  return decoded;
}

}  // namespace

// client-first-message = gs2-header [reserved-mext ","] username "," nonce ["," extensions]
core::Result<ClientFirst> read_client_first(std::string_view message) {
  auto header = read_gs2(message);
  if (!header) return core::Failure(header.error());
  auto attributes = read_attributes(message, header->length, "nr", "the first message is n,,n=user,r=nonce");
  if (!attributes) return core::Failure(attributes.error());
  auto user = decode_saslname((*attributes)[0].value);
  if (!user) return core::Failure(user.error());
  auto nonce = read_nonce((*attributes)[1].value);
  if (!nonce) return core::Failure(nonce.error());
  return ClientFirst{std::move(*header), std::move(*user), std::move(*nonce), std::move(*attributes)};
}

// server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
core::Result<ServerFirst> read_server_first(std::string_view message) {
  constexpr std::string_view kShape = "the server's first message is r=nonce,s=salt,i=iterations";
  auto attributes = read_attributes(message, 0, "rsi", kShape);
  if (!attributes) return core::Failure(attributes.error());
  auto nonce = read_nonce((*attributes)[0].value);
  if (!nonce) return core::Failure(nonce.error());
  auto salt = read_base64((*attributes)[1]);
  if (!salt) return core::Failure(salt.error());
  // posit-number = %x31-39 *DIGIT
  const std::string_view digits = (*attributes)[2].value;
  if (digits[0] == '0' || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return malformed("the number of iterations is no positive number", std::string(kScramRule), std::string(kShape));
  std::uint32_t iterations = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), iterations);
  if (read.ec != std::errc() || iterations > kMaxIterations) {
    return malformed("the server asks for more than " + std::to_string(kMaxIterations) + " iterations", "RFC 5802 §5.1",
                     "cancel with *: a server must not make its clients compute for minutes");
  }
  return ServerFirst{std::move(*nonce), std::move(*salt), iterations, std::move(*attributes)};
}

// client-final-message = channel-binding "," nonce ["," extensions] "," proof
core::Result<ClientFinal> read_client_final(std::string_view message) {
  constexpr std::string_view kShape = "the final message is c=biws,r=nonce,p=proof";
  auto attributes = read_attributes(message, 0, "cr", kShape);
  if (!attributes) return core::Failure(attributes.error());
  const Attribute last = attributes->back();
  if (last.letter != 'p')
    return malformed("the message does not end with p=proof", std::string(kScramRule), std::string(kShape));
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
  auto attributes =
      read_attributes(message, 0, refuses ? "e" : "v", "the server's last message is v=signature, or e= and an error");
  if (!attributes) return core::Failure(attributes.error());
  if (refuses) return ServerFinal{{}, std::string((*attributes)[0].value), std::move(*attributes)};
  auto signature = read_base64((*attributes)[0]);
  if (!signature) return core::Failure(signature.error());
  return ServerFinal{std::move(*signature), {}, std::move(*attributes)};
}

}  // namespace sasl
