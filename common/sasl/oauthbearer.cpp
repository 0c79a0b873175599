// OAUTHBEARER (RFC 7628): n,a=NAME, ^A host=HOST ^A port=PORT ^A auth=Bearer TOKEN ^A ^A
#include <utility>

#include "sasl/gs2.h"
#include "sasl/oauth.h"

namespace sasl {
namespace {

// client-resp = gs2-header kvsep *kvpair kvsep
core::Result<TokenMessage> read_oauthbearer(std::string_view message) {
  const auto header = read_gs2(message);
  if (!header) return core::Failure(header.error());
  if (message.substr(header->length, 1) != std::string_view(&kControlA, 1))
    return malformed({"no ^A follows the GS2 header", "GS2 头后面没有 ^A"}, "RFC 7628 §3.1",
                     core::same("n,a=NAME, ^A auth=Bearer TOKEN ^A ^A"));
  TokenMessage out;
  out.parts.push_back({"channel-binding", {0, 1}});
  // The one name in the message. Whose the token is stands in the token, so it is often left out.
  if (!header->authorization.empty()) out.parts.push_back({"user", header->authorization_where});
  out.parts.push_back({"separator", {header->length, header->length + 1}});
  if (auto read = read_pairs(message, header->length + 1, out); !read) return core::Failure(read.error());
  out.user = header->authorization;
  return out;
}

std::string write_oauthbearer(const Credentials& credentials) {
  std::string message = write_gs2(credentials.user) + kControlA;
  if (!credentials.host.empty()) message += "host=" + credentials.host + kControlA;
  if (credentials.port != 0) message += "port=" + std::to_string(credentials.port) + kControlA;
  return message + write_token(credentials.token);
}

}  // namespace

Mechanism oauthbearer() {
  Mechanism one;
  one.name = "OAUTHBEARER";
  one.takes_token = true;
  one.server = [](const ServerPart& part) { return token_server(read_oauthbearer, part); };
  one.client = [](const Credentials& credentials, const std::string&) {
    return token_client({credentials.user, credentials.host, credentials.token.reveal()}, write_oauthbearer(credentials),
                        std::string(1, kControlA));
  };
  one.parts = [](Speaker speaker, std::size_t round, std::string_view octets) {
    return token_parts(read_oauthbearer, speaker, round, octets);
  };
  return one;
}

}  // namespace sasl
