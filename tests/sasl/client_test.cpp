#include "sasl/client.h"

#include <array>
#include <string>
#include <vector>

#include "sasl/exchange.h"
#include "step.h"

using sasl_test::begin_client;
using sasl_test::credentials;
using sasl_test::describe;
using sasl_test::octets;

TEST_CASE("sasl client: what each mechanism says, with the examples of its standard") {
  struct Row {
    std::string name;
    std::string mechanism;
    sasl::Credentials who;
    std::vector<std::string> said;  // ">" a challenge, "<" the response to it
  };
  sasl::Credentials ursel = credentials("Kurt", "xipj3plmq");
  ursel.authorization = "Ursel";
  sasl::Credentials somebody = credentials("user@example.com", "", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
  somebody.host = "server.example.com";
  somebody.port = 587;
  const std::string bearer = "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==^^";
  const std::string json = R"({"status":"400","schemes":"bearer","scope":"https://mail.google.com/"})";
  const std::string over = "<error: the exchange is over: the server asks once more than this mechanism does";
  const std::array rows{
      Row{"PLAIN, RFC 4616 §4", "PLAIN", credentials("tim", "tanstaaftanstaaf"), {">", "<|tim|tanstaaftanstaaf"}},
      Row{"PLAIN for somebody else", "PLAIN", ursel, {">", "<Ursel|Kurt|xipj3plmq"}},
      Row{"PLAIN whatever the challenge", "PLAIN", credentials("a", "b"), {">go on", "<|a|b", ">more", over}},
      Row{"LOGIN", "LOGIN", credentials("a", "b"), {">Username:", "<a", ">Password:", "<b", ">What else?", over}},
      Row{"LOGIN in other words", "LOGIN", credentials("a", "b"), {">Who is there?", "<a", ">", "<b"}},
      Row{"CRAM-MD5, RFC 2195 §2",
          "CRAM-MD5",
          credentials("tim", "tanstaaftanstaaf"),
          {"><1896.697170952@postoffice.reston.mci.net>", "<tim b913a602c7eda7a495b4e6e7334d3890", "><1@a>", over}},
      Row{"CRAM-MD5 with an empty challenge",
          "CRAM-MD5",
          credentials("tim", "t"),
          {">", "<error: the challenge of CRAM-MD5 is empty"}},
      Row{"XOAUTH2", "XOAUTH2", somebody, {">", "<user=user@example.com^" + bearer, ">" + json, "<", ">", over}},
      Row{"OAUTHBEARER, RFC 7628 §4",
          "OAUTHBEARER",
          somebody,
          {">", "<n,a=user@example.com,^host=server.example.com^port=587^" + bearer, ">" + json, "<^", ">", over}},
      Row{"OAUTHBEARER with nothing but a token", "OAUTHBEARER", credentials("", "", "t"), {">", "<n,,^auth=Bearer t^^"}},
      Row{"OAUTHBEARER with a comma in the name",
          "OAUTHBEARER",
          credentials("a,b=c", "", "t"),
          {">", "<n,a=a=2Cb=3Dc,^auth=Bearer t^^"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Client client = begin_client(row.mechanism, row.who);
    CHECK_FALSE(client.is_done());
    for (std::size_t i = 0; i + 1 < row.said.size(); i += 2) {
      CAPTURE(row.said[i]);
      const std::string want = row.said[i + 1].substr(1);
      CHECK(describe(client.respond(octets(row.said[i].substr(1)))) ==
            (want.starts_with("error") ? want : core::show_bytes(octets(want))));
    }
  }
}

TEST_CASE("sasl client: which mechanisms let the client begin") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(std::string(mechanism));
    CHECK(begin_client(mechanism, credentials("a", "b", "t")).speaks_first() ==
          (mechanism != "LOGIN" && mechanism != "CRAM-MD5"));
  }
  CHECK_FALSE(sasl::Client::begin("plain", credentials("a", "b"), "n").has_value());
  CHECK_FALSE(sasl::Client::begin("", credentials("a", "b"), "n").has_value());
}

TEST_CASE("sasl client: credentials that a mechanism cannot write are the caller's fault") {
  struct Row {
    std::string mechanism;
    sasl::Credentials who;
  };
  const std::array rows{
      Row{"PLAIN", credentials(octets("a|b"), "p")},
      Row{"PLAIN", credentials("a", octets("p|"))},
      Row{"SCRAM-SHA-256", credentials("", "p")},
      Row{"SCRAM-SHA-256", credentials(octets("a|b"), "p")},
      Row{"XOAUTH2", credentials(octets("a^auth=Bearer u^"), "", "t")},
      Row{"XOAUTH2", credentials("a", "", octets("t^"))},
      Row{"OAUTHBEARER", credentials(octets("a|"), "", "t")},
      Row{"OAUTHBEARER", credentials("a", "", octets("t^user=b"))},
  };
  for (const Row& row : rows) {
    CAPTURE(row.mechanism);
    CAPTURE(core::show_bytes(row.who.user));
    sasl::Client client = begin_client(row.mechanism, row.who);
    const auto said = client.respond("");
    REQUIRE_FALSE(said.has_value());
    sasl_test::check_error(said.error(), core::Blame::kCaller);
    CHECK(said.error().id == "sasl-credentials");
    CHECK_FALSE(client.is_done());
  }
}

TEST_CASE("sasl client: a copy goes on by itself") {
  sasl::Client client = begin_client("LOGIN", credentials("a", "b"));
  CHECK(describe(client.respond("Username:")) == "a");
  sasl::Client copy = client;
  CHECK(describe(copy.respond("Password:")) == "b");
  CHECK(copy.is_done());
  CHECK_FALSE(client.is_done());
  copy = begin_client("PLAIN", credentials("c", "d"));
  CHECK(copy.speaks_first());
  CHECK(describe(copy.respond("")) == core::show_bytes(octets("|c|d")));
}

TEST_CASE("sasl client: the strongest mechanism that the credentials serve is chosen") {
  struct Row {
    std::string name;
    std::vector<std::string> offered;
    sasl::Credentials who;
    std::string want;  // "" for none
  };
  const std::vector<std::string> all{"LOGIN", "PLAIN", "XOAUTH2", "OAUTHBEARER", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"};
  const std::array rows{
      Row{"a password", all, credentials("a", "b"), "SCRAM-SHA-256"},
      Row{"a token", all, credentials("a", "", "t"), "OAUTHBEARER"},
      Row{"both", all, credentials("a", "b", "t"), "OAUTHBEARER"},
      Row{"both, and no OAuth", {"LOGIN", "PLAIN"}, credentials("a", "b", "t"), "PLAIN"},
      Row{"Gmail with a token", {"LOGIN", "PLAIN", "XOAUTH2", "PLAIN-CLIENTTOKEN"}, credentials("a", "", "t"), "XOAUTH2"},
      Row{"the server's order does not count", {"LOGIN", "CRAM-MD5", "PLAIN"}, credentials("a", "b"), "CRAM-MD5"},
      Row{"only what is known", {"NTLM", "GSSAPI"}, credentials("a", "b"), ""},
      Row{"OAuth alone, and no token", {"XOAUTH2"}, credentials("a", "b"), ""},
      Row{"a token, and no OAuth", {"PLAIN"}, credentials("a", "", "t"), ""},
      Row{"nothing to log in with", all, credentials("a", ""), ""},
      Row{"nothing offered", {}, credentials("a", "b"), ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(sasl::choose(row.offered, row.who).value_or("") == row.want);
  }
}
