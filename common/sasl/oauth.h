// What XOAUTH2 and OAUTHBEARER have in common: key=value pairs parted by ^A, a bearer token, and a server that tells in JSON
// what is wrong with it, to which the client has to say something before it is refused (RFC 7628 §3.2.3).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "sasl/mechanism.h"

namespace sasl {

inline constexpr char kControlA = '\x01';

// What one message says: the name and the token, and its pieces in their order.
struct TokenMessage {
  std::string user;   // may be empty in OAUTHBEARER
  std::string token;  // may be empty: RFC 7628 §4.3 asks so for what is wanted
  std::vector<Part> parts;
};
using ReadToken = core::Result<TokenMessage> (*)(std::string_view message);

// The pairs of `message` from `at` on, each ending in ^A, and one more ^A behind the last, into `into`: "user" when there is
// such a key, the token behind "auth=Bearer ", and the parts. Exactly one "auth" is wanted.
core::Result<void> read_pairs(std::string_view message, std::size_t at, TokenMessage& into);

// "auth=Bearer TOKEN" and the two ^A behind it.
[[nodiscard]] std::string write_token(const core::Secret& token);

// The two sides. The client says `message`, and `farewell` to an error; it cannot when a name or the token, of which `pieces`
// are all, holds an octet that parts the pieces.
std::unique_ptr<ServerSide> token_server(ReadToken read, const ServerPart& part);
std::unique_ptr<ClientSide> token_client(const std::vector<std::string_view>& pieces, std::string message,
                                         std::string farewell);
std::vector<Part> token_parts(ReadToken read, Speaker speaker, std::size_t round, std::string_view octets);

}  // namespace sasl
