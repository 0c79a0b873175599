// XOAUTH2, as Google describes it (developers.google.com/gmail/imap/xoauth2-protocol) and Microsoft copied it:
// user=NAME ^A auth=Bearer TOKEN ^A ^A
#include <utility>

#include "sasl/oauth.h"

namespace sasl {
namespace {

core::Result<TokenMessage> read_xoauth2(std::string_view message) {
  TokenMessage out;
  if (auto read = read_pairs(message, 0, out); !read) return core::Failure(read.error());
  if (out.user.empty())
    return malformed({"'user=' is missing", "缺少 'user='"},
                     core::Text{"Google: the XOAUTH2 protocol", "Google 的 XOAUTH2 协议"},
                     core::same("user=NAME ^A auth=Bearer TOKEN ^A ^A"));
  return out;
}

}  // namespace

Mechanism xoauth2() {
  Mechanism one;
  one.name = "XOAUTH2";
  one.takes_token = true;
  one.server = [](const ServerPart& part) { return token_server(read_xoauth2, part); };
  one.client = [](const Credentials& credentials, const std::string&) {
    std::string message = "user=" + credentials.user + kControlA + write_token(credentials.token);
    return token_client({credentials.user, credentials.token.reveal()}, std::move(message), "");
  };
  one.parts = [](Speaker speaker, std::size_t round, std::string_view octets) {
    return token_parts(read_xoauth2, speaker, round, octets);
  };
  return one;
}

}  // namespace sasl
