#include "sasl/parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sasl/exchange.h"
#include "step.h"

using sasl::Speaker;
using sasl_test::octets;

namespace {

struct PartsRow {
  std::string name;
  std::string mechanism;
  Speaker speaker = Speaker::kClient;
  std::size_t round = 0;
  std::string octets;
  std::string want;  // "user=alice password!=secret": name, "!" where secret, "=" and the piece
};

constexpr std::string_view kServerFirst = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

const std::vector<PartsRow> kRows{
    {"PLAIN", "PLAIN", Speaker::kClient, 0, "|tim|pw", "separator=\\x00 user=tim separator=\\x00 password!=pw"},
    {"PLAIN for another", "PLAIN", Speaker::kClient, 0, "o|tim|pw",
     "authorization=o separator=\\x00 user=tim separator=\\x00 password!=pw"},
    {"PLAIN asks for the response", "PLAIN", Speaker::kServer, 0, "", "empty="},
    {"PLAIN asks with words", "PLAIN", Speaker::kServer, 0, "go", ""},
    {"PLAIN with one NUL", "PLAIN", Speaker::kClient, 0, "tim|pw", ""},
    {"PLAIN twice", "PLAIN", Speaker::kClient, 1, "|tim|pw", ""},
    {"LOGIN asks for the user", "LOGIN", Speaker::kServer, 0, "Username:", "prompt=Username:"},
    {"LOGIN, the user", "LOGIN", Speaker::kClient, 0, "tim", "user=tim"},
    {"LOGIN asks for the password", "LOGIN", Speaker::kServer, 1, "Password:", "prompt=Password:"},
    {"LOGIN, the password", "LOGIN", Speaker::kClient, 1, "pw", "password!=pw"},
    {"LOGIN, nothing", "LOGIN", Speaker::kClient, 1, "", "empty="},
    {"LOGIN, a third time", "LOGIN", Speaker::kClient, 2, "x", ""},
    {"CRAM-MD5 asks", "CRAM-MD5", Speaker::kServer, 0, "<1@a>", "timestamp-challenge=<1@a>"},
    {"CRAM-MD5 asks nothing", "CRAM-MD5", Speaker::kServer, 0, "", ""},
    {"CRAM-MD5", "CRAM-MD5", Speaker::kClient, 0, "tim t b913a602c7eda7a495b4e6e7334d3890",
     "user=tim t separator=  digest=b913a602c7eda7a495b4e6e7334d3890"},
    {"CRAM-MD5 without a digest", "CRAM-MD5", Speaker::kClient, 0, "tim", ""},
    {"SCRAM lets the client begin", "SCRAM-SHA-1", Speaker::kServer, 0, "", "empty="},
    {"SCRAM, first", "SCRAM-SHA-1", Speaker::kClient, 0, "n,,n=a=2Cb,r=C", "channel-binding=n user=a=2Cb client-nonce=C"},
    {"SCRAM, first, for another", "SCRAM-SHA-256", Speaker::kClient, 0, "y,a=o,n=a,r=C,x=1",
     "channel-binding=y authorization=o user=a client-nonce=C"},
    {"SCRAM, first of the server", "SCRAM-SHA-1", Speaker::kServer, 1, std::string(kServerFirst),
     "server-nonce=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j salt=QSXCR+Q6sek8bf92 iterations=4096"},
    {"SCRAM, final", "SCRAM-SHA-1", Speaker::kClient, 1,
     "c=biws,r=CS,p=QQ==", "channel-binding=biws server-nonce=CS proof=QQ=="},
    {"SCRAM, final of the server", "SCRAM-SHA-1", Speaker::kServer, 2, "v=QQ==", "server-signature=QQ=="},
    {"SCRAM, error of the server", "SCRAM-SHA-1", Speaker::kServer, 2, "e=invalid-proof", "server-error=invalid-proof"},
    {"SCRAM, the end", "SCRAM-SHA-1", Speaker::kClient, 2, "", "empty="},
    {"SCRAM in the wrong round", "SCRAM-SHA-1", Speaker::kClient, 1, "n,,n=a,r=C", ""},
    {"SCRAM with too many iterations", "SCRAM-SHA-1", Speaker::kServer, 1, "r=C,s=QQ==,i=1000001", ""},
    {"XOAUTH2", "XOAUTH2", Speaker::kClient, 0, "user=a^auth=Bearer t^^",
     "user=a separator=\\x01 token!=t separator=\\x01 separator=\\x01"},
    {"XOAUTH2 without a token", "XOAUTH2", Speaker::kClient, 0, "user=a^auth=^^",
     "user=a separator=\\x01 separator=\\x01 separator=\\x01"},
    {"XOAUTH2, broken", "XOAUTH2", Speaker::kClient, 0, "user=a^auth=Bearer t", ""},
    {"XOAUTH2, the error", "XOAUTH2", Speaker::kServer, 1, R"({"status":"400","scope":"mail"})",
     R"(oauth-error={"status":"400","scope":"mail"} oauth-status=400)"},
    {"XOAUTH2, an error with blanks", "XOAUTH2", Speaker::kServer, 1, " { \"status\" : \"400\" } ",
     R"(oauth-error={ "status" : "400" } oauth-status=400)"},
    {"XOAUTH2, an error with a number", "XOAUTH2", Speaker::kServer, 1, R"({"status":400})", R"(oauth-error={"status":400})"},
    {"XOAUTH2, an error cut off", "XOAUTH2", Speaker::kServer, 1, R"({"status":"400)", ""},
    {"XOAUTH2, an error that is none", "XOAUTH2", Speaker::kServer, 1, "no", ""},
    {"XOAUTH2, the end", "XOAUTH2", Speaker::kClient, 1, "", "empty="},
    {"OAUTHBEARER", "OAUTHBEARER", Speaker::kClient, 0, "n,a=a,^host=h^port=587^auth=Bearer t^^",
     "channel-binding=n user=a separator=\\x01 host=h separator=\\x01 port=587 separator=\\x01 token!=t separator=\\x01 "
     "separator=\\x01"},
    {"OAUTHBEARER, the end", "OAUTHBEARER", Speaker::kClient, 1, "^", "cancel=\\x01"},
    {"OAUTHBEARER, another end", "OAUTHBEARER", Speaker::kClient, 1, "x", ""},
    {"no mechanism", "NTLM", Speaker::kClient, 0, "x", ""},
};

std::string describe(const std::vector<sasl::Part>& parts, const std::string& octets) {
  std::string out;
  for (const sasl::Part& part : parts) {
    REQUIRE(part.where.begin <= part.where.end);
    REQUIRE(part.where.end <= octets.size());
    const std::string piece = octets.substr(part.where.begin, part.where.end - part.where.begin);
    out += (out.empty() ? "" : " ") + part.name + (part.is_secret ? "!" : "") + "=" + core::show_bytes(piece);
  }
  return out;
}

}  // namespace

TEST_CASE("sasl parts: every piece of every message has a name") {
  for (const PartsRow& row : kRows) {
    CAPTURE(row.name);
    const std::string text = octets(row.octets);
    CHECK(describe(sasl::parts(row.mechanism, row.speaker, row.round, text), text) == row.want);
  }
}

TEST_CASE("sasl parts: the list of names holds all that are given, and no others") {
  std::set<std::string> given;
  for (const PartsRow& row : kRows) {
    for (const sasl::Part& part : sasl::parts(row.mechanism, row.speaker, row.round, octets(row.octets)))
      given.insert(part.name);
  }
  CHECK(given == std::set<std::string>(sasl::part_names().begin(), sasl::part_names().end()));
  CHECK(given.size() == sasl::part_names().size());
}

TEST_CASE("sasl parts: a message that the exchange takes has parts") {
  const std::array<std::string, 3> responses{octets("|a|b"), octets("user=a^auth=Bearer t^^"), "n,,n=a,r=C"};
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(std::string(mechanism));
    for (const std::string& response : responses) {
      const bool taken = sasl_test::exchange_of(mechanism).respond(response).has_value();
      CHECK(sasl::parts(mechanism, Speaker::kClient, 0, response).empty() == !taken);
    }
  }
}
