#include "sasl/exchange.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "step.h"

using sasl_test::claim_of;
using sasl_test::describe;
using sasl_test::exchange_of;
using sasl_test::octets;

TEST_CASE("sasl exchange: mechanisms are known by their names in upper case, strongest first") {
  const std::vector<std::string_view> want{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "OAUTHBEARER",
                                           "XOAUTH2",       "PLAIN",       "LOGIN"};
  CHECK(sasl::mechanisms() == want);
  for (const std::string_view mechanism : sasl::mechanisms()) CHECK(exchange_of(mechanism).mechanism() == mechanism);
  for (const char* const unknown : {"", "PLAI", "PLAINS", "CRAM-MD5-X", "plain", "SCRAM-SHA-256-PLUS"}) {
    CAPTURE(std::string(unknown));
    CHECK_FALSE(sasl::Exchange::begin(unknown).has_value());
  }
}

TEST_CASE("sasl exchange: LOGIN asks for the user and then for the password") {
  sasl::Exchange exchange = exchange_of("LOGIN");
  CHECK(exchange.first_challenge() == sasl::Challenge{"Username:", sasl::Wants::kUser});
  CHECK_FALSE(exchange.next_is_secret());

  const auto asked = exchange.respond("alice@163.com");
  REQUIRE(asked.has_value());
  REQUIRE(std::holds_alternative<sasl::Challenge>(*asked));
  CHECK(std::get<sasl::Challenge>(*asked) == sasl::Challenge{"Password:", sasl::Wants::kPassword});
  CHECK(exchange.next_is_secret());

  const auto claimed = exchange.respond("HVKQXZDNRTLMWABC");
  CHECK(describe(claimed) == "claim /alice@163.com/HVKQXZDNRTLMWABC final");
  CHECK(claim_of(claimed).proves("HVKQXZDNRTLMWABC"));
  CHECK_FALSE(claim_of(claimed).proves("account-password"));
}

TEST_CASE("sasl exchange: the second answer of LOGIN is a secret whatever the server asks") {
  struct Row {
    std::string name;
    std::vector<std::string> said;  // ">" a challenge, "<" a response, "!" a response that has to be hidden
    std::string want;               // of the last response
  };
  const std::array rows{
      Row{"prompts of its own", {">User Name", "<alice", ">Enter PASSWORD please", "!secret"}, "claim /alice/secret final"},
      Row{"prompts without words", {">", "<alice", ">", "!secret"}, "claim /alice/secret final"},
      Row{"the user asked for twice", {">Username:", "<alice", ">Username:", "!secret"}, "claim /alice/secret final"},
      Row{"line ends are kept", {"<alice\n", "!pass word\r\n"}, "claim /alice␊/pass word␍␊ final"},
      Row{"an empty password", {"<alice", "!"}, "claim /alice/ final"},
      Row{"the password first", {">Password:", "!secret"}, "ask Username:"},
      Row{"the password first, then the user", {">Password:", "!secret", ">Username:", "<alice"}, "claim /alice/secret final"},
      Row{"the password first, then whatever is proposed", {">Password:", "!secret", "<alice"}, "claim /alice/secret final"},
      Row{"a third answer",
          {"<alice", "!secret", "!more"},
          "error: the exchange is over: the server has not asked for anything more"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = exchange_of("LOGIN");
    std::string last;
    for (const std::string& said : row.said) {
      const std::string text = said.substr(1);
      CAPTURE(said);
      if (said[0] == '>') {
        exchange.challenged(text);
      } else {
        CHECK(exchange.next_is_secret() == (said[0] == '!'));
        last = describe(exchange.respond(text));
      }
    }
    CHECK(last == row.want);
  }
}

TEST_CASE("sasl exchange: a copy goes on by itself") {
  sasl::Exchange exchange = exchange_of("LOGIN");
  CHECK(describe(exchange.respond("alice")) == "ask Password:");
  sasl::Exchange copy = exchange;
  CHECK(copy.next_is_secret());
  CHECK(describe(copy.respond("x")) == "claim /alice/x final");
  CHECK(describe(exchange.respond("y")) == "claim /alice/y final");
  copy = exchange_of("PLAIN");
  CHECK(copy.mechanism() == "PLAIN");
  sasl::Exchange moved = std::move(copy);
  CHECK(describe(moved.respond(octets("|a|b"))) == "claim /a/b final");
}

TEST_CASE("sasl exchange: PLAIN says everything at once, parted by NUL (RFC 4616)") {
  struct Row {
    std::string name;
    std::string response;
    std::string read;
  };
  const std::string nuls = "error: PLAIN wants exactly two NUL octets";
  const std::string nobody = "error: the user name is empty";
  const std::array rows{
      Row{"user and password", "|tim|tanstaaftanstaaf", "claim /tim/tanstaaftanstaaf final"},
      Row{"acting as somebody else", "Ursel|Kurt|xipj3plmq", "claim Ursel/Kurt/xipj3plmq final"},
      Row{"an address as user", "|alice@163.com|HVKQ", "claim /alice@163.com/HVKQ final"},
      Row{"a colon in the password", "|a|b:c", "claim /a/b:c final"},
      Row{"UTF-8", "|张三|密码", "claim /张三/密码 final"},
      Row{"no password", "|a|", "claim /a/ final"},
      Row{"nothing", "", nuls},
      Row{"no NUL", "alice:secret", nuls},
      Row{"one NUL", "alice|secret", nuls},
      Row{"three NULs", "|alice|secret|", nuls},
      Row{"NULs only", "||", nobody},
      Row{"no user", "||secret", nobody},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = exchange_of("PLAIN");
    CHECK(exchange.first_challenge() == sasl::Challenge{"", sasl::Wants::kResponse});
    CHECK(exchange.next_is_secret());
    CHECK(describe(exchange.respond(octets(row.response))) == row.read);
    CHECK(exchange.next_is_secret());
    if (row.read.starts_with("claim")) CHECK_FALSE(exchange.respond(octets(row.response)).has_value());
  }
}

TEST_CASE("sasl exchange: CRAM-MD5 wants a name, a blank and a digest (RFC 2195)") {
  struct Row {
    std::string name;
    std::string response;
    std::string read;
  };
  const std::string digest = "b913a602c7eda7a495b4e6e7334d3890";
  const std::string misfit = "error: this is not a user name, a blank and 32 hexadecimal digits in lower case";
  const std::array rows{
      Row{"the example of RFC 2195", "tim " + digest, "proof /tim final"},
      Row{"a blank in the name", "tim the user " + digest, "proof /tim the user final"},
      Row{"a name in UTF-8", "张三 " + digest, "proof /张三 final"},
      Row{"nothing", "", misfit},
      Row{"no name", " " + digest, misfit},
      Row{"no blank", digest, misfit},
      Row{"a digit too few", "tim " + digest.substr(1), misfit},
      Row{"a digit too many", "tim " + digest + "0", misfit},
      Row{"capital letters", "tim B913A602C7EDA7A495B4E6E7334D3890", misfit},
      Row{"a line end behind it", "tim " + digest + "\n", misfit},
      Row{"NUL in the digest", octets("tim " + digest.substr(1) + "|"), misfit},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = exchange_of("CRAM-MD5");
    exchange.challenged("<1896.697170952@postoffice.reston.mci.net>");
    CHECK_FALSE(exchange.next_is_secret());
    const auto step = exchange.respond(row.response);
    CHECK(describe(step) == row.read);
    if (!step) continue;
    CHECK(claim_of(step).proves("tanstaaftanstaaf"));
    CHECK_FALSE(claim_of(step).proves("tanstaaftanstaa"));
    CHECK_FALSE(claim_of(step).proves(""));
    CHECK_FALSE(exchange.respond(row.response).has_value());
  }
}

TEST_CASE("sasl exchange: CRAM-MD5 has no initial response (RFC 4954 §4)") {
  sasl::Exchange exchange = exchange_of("CRAM-MD5", {"1896.697170952", "postoffice.reston.mci.net"});
  CHECK(describe(exchange.respond("tim b913a602c7eda7a495b4e6e7334d3890")) ==
        "error: the server speaks first in CRAM-MD5: there can be no initial response");
  const sasl::Challenge challenge = exchange.first_challenge();
  CHECK(challenge == sasl::Challenge{"<1896.697170952@postoffice.reston.mci.net>", sasl::Wants::kResponse});
  exchange.challenged(challenge.octets);
  CHECK(claim_of(exchange.respond("tim b913a602c7eda7a495b4e6e7334d3890")).proves("tanstaaftanstaaf"));
}

TEST_CASE("sasl exchange: XOAUTH2 and OAUTHBEARER say who and show a token") {
  struct Row {
    std::string name;
    std::string mechanism;
    std::string response;
    std::string read;
  };
  const std::string shape = "error: the message is not made of key=value and ^A";
  const std::string unended = "error: the message does not end in ^A^A";
  const std::string headless = "error: the message does not begin with a GS2 header";
  const std::array rows{
      Row{"Google's example", "XOAUTH2",
          "user=someuser@example.com^auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg^^",
          "token someuser@example.com/ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"},
      Row{"bearer in small letters", "XOAUTH2", "user=a^auth=bearer t^^", "token a/t"},
      Row{"the other order", "XOAUTH2", "auth=Bearer t^user=a^^", "token a/t"},
      Row{"a pair that nobody knows", "XOAUTH2", "user=a^colour=red^auth=Bearer t^^", "token a/t"},
      Row{"no token, to hear what is wanted", "XOAUTH2", "user=a^auth=^^", "token a/"},
      Row{"a scheme without a token", "XOAUTH2", "user=a^auth=Bearer ^^", "token a/"},
      Row{"an = in the token", "XOAUTH2", "user=a^auth=Bearer dG9rZW4=^^", "token a/dG9rZW4="},
      Row{"no user", "XOAUTH2", "auth=Bearer t^^", "error: 'user=' is missing"},
      Row{"an empty user", "XOAUTH2", "user=^auth=Bearer t^^", "error: 'user=' is missing"},
      Row{"no auth", "XOAUTH2", "user=a^^", "error: 'auth=' is missing"},
      Row{"auth twice", "XOAUTH2", "user=a^auth=Bearer t^auth=Bearer u^^", "error: 'auth=' stands there twice"},
      Row{"auth twice, first without a token", "XOAUTH2", "user=a^auth=^auth=Bearer u^^", "error: 'auth=' stands there twice"},
      Row{"another scheme", "XOAUTH2", "user=a^auth=Basic YTpi^^", "error: 'auth=' does not say Bearer and a token"},
      Row{"one ^A at the end", "XOAUTH2", "user=a^auth=Bearer t^", unended},
      Row{"no ^A at the end", "XOAUTH2", "user=a^auth=Bearer t", shape},
      Row{"something behind the end", "XOAUTH2", "user=a^auth=Bearer t^^x", unended},
      Row{"nothing", "XOAUTH2", "", unended},
      Row{"^A alone", "XOAUTH2", "^", "error: 'auth=' is missing"},
      Row{"no =", "XOAUTH2", "user^^", shape},
      Row{"no key", "XOAUTH2", "=a^^", shape},
      Row{"the form of PLAIN", "XOAUTH2", "|a|t", shape},
      Row{"RFC 7628 §4.1", "OAUTHBEARER",
          "n,a=user@example.com,^host=server.example.com^port=143^auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==^^",
          "token user@example.com/vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="},
      Row{"nobody named", "OAUTHBEARER", "n,,^auth=Bearer t^^", "token /t"},
      Row{"y is as good as n", "OAUTHBEARER", "y,a=a,^auth=Bearer t^^", "token a/t"},
      Row{"a comma in the name", "OAUTHBEARER", "n,a=a=2Cb=3D,^auth=Bearer t^^", "token a,b=/t"},
      Row{"no token, RFC 7628 §4.3", "OAUTHBEARER", "n,a=user@example.com,^host=server.example.com^port=143^auth=^^",
          "token user@example.com/"},
      Row{"user= is no key here", "OAUTHBEARER", "n,,^user=b^auth=Bearer t^^", "token /t"},
      Row{"channel binding", "OAUTHBEARER", "p=tls-unique,,^auth=Bearer t^^",
          "error: the client wants to bind the exchange to the TLS channel, which this mechanism does not do"},
      Row{"no header", "OAUTHBEARER", "user=a^auth=Bearer t^^", headless},
      Row{"half a header", "OAUTHBEARER", "n,^auth=Bearer t^^", headless},
      Row{"no ^A behind the header", "OAUTHBEARER", "n,,auth=Bearer t^^", "error: no ^A follows the GS2 header"},
      Row{"the header alone", "OAUTHBEARER", "n,,", "error: no ^A follows the GS2 header"},
      Row{"something else in the header", "OAUTHBEARER", "n,b=a,^auth=Bearer t^^",
          "error: the GS2 header holds something that is not a=name"},
      Row{"no pairs", "OAUTHBEARER", "n,,^^", "error: 'auth=' is missing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = exchange_of(row.mechanism);
    CHECK(exchange.first_challenge() == sasl::Challenge{"", sasl::Wants::kResponse});
    CHECK(exchange.next_is_secret());
    const auto step = exchange.respond(octets(row.response));
    CHECK(describe(step) == row.read);
    CHECK(exchange.next_is_secret() == !step.has_value());
  }
}

TEST_CASE("sasl exchange: a token that nobody has proves nothing") {
  sasl::Exchange exchange = exchange_of("XOAUTH2");
  const sasl::Claim claim = claim_of(exchange.respond(octets("user=a^auth=^^")));
  CHECK_FALSE(claim.proves(""));
  CHECK_FALSE(claim.proves("t"));
}

TEST_CASE("sasl exchange: a refused token is explained, then refused") {
  for (const char* const mechanism : {"XOAUTH2", "OAUTHBEARER"}) {
    for (const char* const answer : {"", "^"}) {
      CAPTURE(std::string(mechanism));
      CAPTURE(std::string(answer));
      sasl::ServerPart part;
      part.oauth_error = R"({"status":"401"})";
      sasl::Exchange exchange = exchange_of(mechanism, part);
      const std::string head = std::string(mechanism) == "XOAUTH2" ? "user=a" : "n,a=a,";
      const sasl::Claim claim = claim_of(exchange.respond(octets(head + "^auth=Bearer t^^")));
      CHECK_FALSE(claim.is_final);
      CHECK(claim.proves("t"));
      CHECK(claim.last_word(true, "t") == std::nullopt);
      CHECK(claim.last_word(false, "u") == R"({"status":"401"})");
      exchange.challenged(*claim.last_word(false, "u"));
      CHECK(describe(exchange.respond("no")) == "error: the answer to the error is ^A or an empty line");
      const auto last = exchange.respond(octets(answer));
      CHECK(describe(last) == "token a/t final");
      CHECK(claim_of(last).last_word(false, "u") == std::nullopt);
      CHECK(describe(exchange.respond("")) == "error: the exchange is over: the server has not asked for anything more");
    }
  }
}

TEST_CASE("sasl exchange: a server may have nothing to say about a refused token") {
  sasl::ServerPart part;
  part.oauth_error.clear();
  sasl::Exchange exchange = exchange_of("XOAUTH2", part);
  CHECK(claim_of(exchange.respond(octets("user=a^auth=Bearer t^^"))).last_word(false, "u") == std::nullopt);
}

TEST_CASE("sasl exchange: an error shows nothing of what was sent") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(std::string(mechanism));
    sasl::Exchange exchange = exchange_of(mechanism);
    exchange.challenged("x");
    if (mechanism == "LOGIN") continue;  // takes everything
    const auto step = exchange.respond("alice:secret\x1b");
    REQUIRE_FALSE(step.has_value());
    CHECK(describe(step).find("secret") == std::string::npos);
  }
}
