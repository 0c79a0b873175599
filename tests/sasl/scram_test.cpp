#include <array>
#include <string>
#include <string_view>

#include "core/base64.h"
#include "step.h"

using sasl_test::begin_client;
using sasl_test::claim_of;
using sasl_test::credentials;
using sasl_test::describe;
using sasl_test::exchange_of;
using sasl_test::octets;

namespace {

// One exchange as a standard prints it; the user is "user" and the password "pencil".
struct Example {
  std::string mechanism;
  std::string nonce;
  std::string client_first;
  std::string server_first;
  std::string client_final;
  std::string server_final;
};

const std::array kExamples{
    Example{
        "SCRAM-SHA-1",  // RFC 5802 §5
        "fyko+d2lbbFgONRv9qkxdawL", "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="},
    Example{"SCRAM-SHA-256",  // RFC 7677 §3
            "rOprNGfwEbeRWgbNEkqO", "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="},
};

// An exchange that has heard the client's first message and said the example's answer.
sasl::Exchange second_round(const Example& example) {
  sasl::Exchange exchange = exchange_of(example.mechanism);
  REQUIRE(exchange.respond(example.client_first).has_value());
  exchange.challenged(example.server_first);
  return exchange;
}

sasl::Client second_round_client(const Example& example) {
  sasl::Client client = begin_client(example.mechanism, credentials("user", "pencil"), example.nonce);
  REQUIRE(client.respond("").has_value());
  return client;
}

}  // namespace

TEST_CASE("scram: the server's side of the examples of RFC 5802 and RFC 7677") {
  for (const Example& example : kExamples) {
    CAPTURE(example.mechanism);
    sasl::Exchange exchange = exchange_of(example.mechanism);
    exchange.challenged("");
    CHECK(describe(exchange.respond(example.client_first)).starts_with("ask r=" + example.nonce));
    exchange.challenged(example.server_first);
    CHECK_FALSE(exchange.next_is_secret());
    const auto step = exchange.respond(example.client_final);
    CHECK(describe(step) == "proof /user");
    const sasl::Claim claim = claim_of(step);
    CHECK(claim.proves("pencil"));
    CHECK_FALSE(claim.proves("Pencil"));
    CHECK_FALSE(claim.proves(""));
    CHECK(claim.last_word(true, "pencil") == example.server_final);
    CHECK(claim.last_word(false, "pencil") == std::nullopt);
    CHECK(claim.password.empty());

    exchange.challenged(example.server_final);
    CHECK(describe(exchange.respond("v=")) == "error: the answer to the server's signature is an empty line");
    const auto last = exchange.respond("");
    CHECK(describe(last) == "proof /user final");
    CHECK(claim_of(last).proves("pencil"));
    CHECK(claim_of(last).last_word(true, "pencil") == std::nullopt);
    CHECK(describe(exchange.respond("")) == "error: the exchange is over: the server has not asked for anything more");
  }
}

TEST_CASE("scram: the client's side of the examples of RFC 5802 and RFC 7677") {
  for (const Example& example : kExamples) {
    CAPTURE(example.mechanism);
    sasl::Client client = begin_client(example.mechanism, credentials("user", "pencil"), example.nonce);
    CHECK(describe(client.respond("")) == example.client_first);
    CHECK(describe(client.respond(example.server_first)) == example.client_final);
    CHECK_FALSE(client.is_done());
    sasl::Client deceived = client;
    CHECK(describe(client.respond(example.server_final)).empty());
    CHECK(client.is_done());
    CHECK(describe(client.respond("")) == "error: the exchange is over: the server asks once more than this mechanism does");

    const auto refused = deceived.respond("v=rmF9pqV8S7suAoZWja4dJRkFsKA=");
    CHECK(describe(refused) == "error: the server's signature is wrong: it does not know this password");
    CHECK(refused.error().id == "sasl-impostor");
    CHECK(refused.error().blame == core::Blame::kPeer);
    CHECK_FALSE(deceived.is_done());
  }
}

TEST_CASE("scram: the salt belongs to the user and the server, the nonce to the exchange") {
  const auto said = [](const char* user, const char* nonce, const char* host) {
    sasl::Exchange exchange = exchange_of("SCRAM-SHA-256", {nonce, host});
    return describe(exchange.respond("n,,n=" + std::string(user) + ",r=C"));
  };
  const auto salt = [](const std::string& text) { return text.substr(text.find(",s=")); };
  const std::string alice = said("alice", "1", "a.example");
  CHECK(alice.starts_with("ask r=C1,s="));
  CHECK(alice.ends_with(",i=4096"));
  CHECK(said("alice", "1", "a.example") == alice);
  CHECK(said("alice", "2", "a.example").starts_with("ask r=C2,s="));
  CHECK(salt(said("alice", "2", "a.example")) == salt(alice));
  CHECK(salt(said("bob", "1", "a.example")) != salt(alice));
  CHECK(salt(said("alice", "1", "b.example")) != salt(alice));
  const std::string base64 = salt(alice).substr(3, salt(alice).find(",i=") - 3);
  CHECK(core::base64_decode(base64).value_or("").size() == 16);
}

TEST_CASE("scram: the client's first message is read strictly") {
  struct Row {
    std::string name;
    std::string message;
    std::string want;
  };
  const std::string headless = "error: the message does not begin with a GS2 header";
  const std::string no_pair = "error: between two commas there is no letter, '=' and a value";
  const std::string bad_escape = "error: the name holds a '=' that is neither =2C nor =3D";
  const std::string bad_nonce = "error: the nonce holds something else than printable ASCII";
  const std::array rows{
      Row{"no channel binding", "n,,n=user,r=C", "ask"},
      Row{"the client could bind", "y,,n=user,r=C", "ask"},
      Row{"for somebody else", "n,a=other,n=user,r=C", "ask"},
      Row{"a comma and an equals sign in the name", "n,,n=a=2Cb=3Dc,r=C", "ask"},
      Row{"a name in UTF-8", "n,,n=张三,r=C", "ask"},
      Row{"an extension behind it", "n,,n=user,r=C,x=1", "ask"},
      Row{"a nonce as long as allowed", "n,,n=user,r=" + std::string(1024, 'C'), "ask"},
      Row{"a nonce that is longer", "n,,n=user,r=" + std::string(1025, 'C'), "error: the nonce is longer than 1024 octets"},
      Row{"channel binding", "p=tls-unique,,n=user,r=C",
          "error: the client wants to bind the exchange to the TLS channel, which this mechanism does not do"},
      Row{"a mandatory extension", "n,,m=x,n=user,r=C", "error: the message asks for an extension (m=) that is not known"},
      Row{"nothing", "", headless},
      Row{"no header", "n=user,r=C", headless},
      Row{"a header of another letter", "x,,n=user,r=C", headless},
      Row{"half a header", "n,", headless},
      Row{"the header alone", "n,,", no_pair},
      Row{"something else in the header", "n,b=x,n=user,r=C", "error: the GS2 header holds something that is not a=name"},
      Row{"nobody to act for", "n,a=,n=user,r=C", "error: the name is empty"},
      Row{"a bad escape in the header", "n,a=x=2c,n=user,r=C", bad_escape},
      Row{"no user", "n,,n=,r=C", no_pair},
      Row{"a bad escape", "n,,n=a=b,r=C", bad_escape},
      Row{"an escape in small letters", "n,,n=a=3d,r=C", bad_escape},
      Row{"an escape cut off", "n,,n=a=2,r=C", bad_escape},
      Row{"NUL in the name", "n,,n=a|b,r=C", no_pair},
      Row{"no nonce", "n,,n=user", "error: 'r=' is not where it belongs"},
      Row{"an empty nonce", "n,,n=user,r=", no_pair},
      Row{"a blank in the nonce", "n,,n=user,r=a b", bad_nonce},
      Row{"UTF-8 in the nonce", "n,,n=user,r=ü", bad_nonce},
      Row{"the wrong order", "n,,r=C,n=user", "error: 'n=' is not where it belongs"},
      Row{"a comma at the end", "n,,n=user,r=C,", no_pair},
      Row{"a digit for a letter", "n,,n=user,r=C,1=x", no_pair},
      Row{"the form of PLAIN", "|user|pencil", headless},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = exchange_of("SCRAM-SHA-1");
    CHECK(exchange.first_challenge() == sasl::Challenge{"", sasl::Wants::kResponse});
    const std::string got = describe(exchange.respond(octets(row.message)));
    CHECK((row.want == "ask" ? got.substr(0, 3) : got) == row.want);
  }
}

TEST_CASE("scram: names come out of their escapes") {
  sasl::Exchange exchange = exchange_of("SCRAM-SHA-1");
  REQUIRE(exchange.respond("n,a=x=2Cy,n=a=2Cb=3Dc=3D2C,r=C").has_value());
  exchange.challenged("r=CS,s=QQ==,i=1");
  CHECK(describe(exchange.respond("c=" + core::base64_encode("n,a=x=2Cy,") + ",r=CS,p=QQ==")) == "proof x,y/a,b=c=2C");
}

TEST_CASE("scram: the client's final message is read strictly") {
  const Example& example = kExamples[0];
  const std::string nonce = "fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";
  const std::string proof = ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=";
  const std::string no_pair = "error: between two commas there is no letter, '=' and a value";
  struct Row {
    std::string name;
    std::string message;
    std::string want;  // "proof": taken, and then it is no proof of the password
  };
  const std::array rows{
      Row{"one octet of the proof changed", "c=biws,r=" + nonce + ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ss=", "proof /user"},
      Row{"a proof that is too short", "c=biws,r=" + nonce + ",p=v0X8", "proof /user"},
      Row{"a proof that is too long", "c=biws,r=" + nonce + ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4TsA", "proof /user"},
      Row{"an extension that the proof does not know", "c=biws,r=" + nonce + ",x=1" + proof, "proof /user"},
      Row{"the header changed from y to n", "c=eSws,r=" + nonce + proof,
          "error: 'c=' is not the GS2 header of the first message"},
      Row{"the header not in base64", "c=n,r=" + nonce + proof,
          "error: the value of 'c=' is no base64: the length is not a multiple of four: padding '=' is missing or too much"},
      Row{"another nonce", "c=biws,r=" + nonce + "x" + proof, "error: 'r=' is not the nonce that the server gave"},
      Row{"the client's nonce alone", "c=biws,r=fyko+d2lbbFgONRv9qkxdawL" + proof,
          "error: 'r=' is not the nonce that the server gave"},
      Row{"no proof", "c=biws,r=" + nonce, "error: the message does not end with p=proof"},
      Row{"something behind the proof", "c=biws,r=" + nonce + proof + ",x=1", "error: the message does not end with p=proof"},
      Row{"an empty proof", "c=biws,r=" + nonce + ",p=", no_pair},
      Row{"a proof that is no base64", "c=biws,r=" + nonce + ",p=v0X8v",
          "error: the value of 'p=' is no base64: the length is not a multiple of four: padding '=' is missing or too much"},
      Row{"no nonce", "c=biws" + proof, "error: 'r=' is not where it belongs"},
      Row{"no header", "r=" + nonce + proof, "error: 'c=' is not where it belongs"},
      Row{"a mandatory extension", "m=x,c=biws,r=" + nonce + proof,
          "error: the message asks for an extension (m=) that is not known"},
      Row{"nothing", "", no_pair},
      Row{"the first message again", "n,,n=user,r=C", no_pair},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = second_round(example);
    const auto step = exchange.respond(row.message);
    CHECK(describe(step) == row.want);
    if (step) CHECK_FALSE(claim_of(step).proves("pencil"));
    // An error leaves the exchange where it is.
    if (!step) CHECK(claim_of(exchange.respond(example.client_final)).proves("pencil"));
  }
}

TEST_CASE("scram: beside the client the user is known whatever the server says") {
  for (const char* const said :
       {"", "hello", "r=", "r=C,s=,i=1", "r=CS,s=QQ==,i=0", "r=CS,s=QQ==,i=1000001", "m=x,r=CS,s=QQ==,i=1"}) {
    CAPTURE(std::string(said));
    sasl::Exchange exchange = exchange_of("SCRAM-SHA-256");
    exchange.challenged("");
    REQUIRE(exchange.respond("n,,n=user,r=C").has_value());
    exchange.challenged(said);
    const auto step = exchange.respond("c=biws,r=CS,p=QQ==");
    CHECK(describe(step) == "proof /user");
    CHECK_FALSE(claim_of(step).proves("pencil"));
    CHECK(claim_of(step).last_word(true, "pencil") == std::nullopt);
  }
}

TEST_CASE("scram: the server's messages are read strictly, and its demands are bounded") {
  const std::string nonce = "fyko+d2lbbFgONRv9qkxdawL";
  const std::string no_pair = "error: between two commas there is no letter, '=' and a value";
  const std::string no_number = "error: the number of iterations is no positive number";
  const std::string foreign = "error: the server's nonce does not begin with ours and go on";
  const std::string too_many = "error: the server asks for more than 1000000 iterations";
  struct Row {
    std::string name;
    std::string message;
    std::string want;  // "c=": answered
  };
  const std::array rows{
      Row{"one iteration", "r=" + nonce + "S,s=QQ==,i=1", "c="},
      Row{"an extension behind it", "r=" + nonce + "S,s=QQ==,i=1,x=y", "c="},
      Row{"a nonce that is not ours", "r=other,s=QQ==,i=1", foreign},
      Row{"a longer nonce that is not ours", "r=x" + nonce + "S,s=QQ==,i=1", foreign},
      Row{"our nonce and nothing more", "r=" + nonce + ",s=QQ==,i=1", foreign},
      Row{"half of our nonce", "r=fyko,s=QQ==,i=1", foreign},
      Row{"no salt", "r=" + nonce + "S,i=1", "error: 's=' is not where it belongs"},
      Row{"an empty salt", "r=" + nonce + "S,s=,i=1", no_pair},
      Row{"a salt that is no base64", "r=" + nonce + "S,s=Q,i=1",
          "error: the value of 's=' is no base64: the length is not a multiple of four: padding '=' is missing or too much"},
      Row{"no iterations", "r=" + nonce + "S,s=QQ==", "error: 'i=' is not where it belongs"},
      Row{"zero iterations", "r=" + nonce + "S,s=QQ==,i=0", no_number},
      Row{"a zero in front", "r=" + nonce + "S,s=QQ==,i=01", no_number},
      Row{"less than none", "r=" + nonce + "S,s=QQ==,i=-1", no_number},
      Row{"no number", "r=" + nonce + "S,s=QQ==,i=4k", no_number},
      Row{"a million and one iterations", "r=" + nonce + "S,s=QQ==,i=1000001", too_many},
      Row{"more than a number holds", "r=" + nonce + "S,s=QQ==,i=99999999999999999999", too_many},
      Row{"a mandatory extension", "m=x,r=" + nonce + "S,s=QQ==,i=1",
          "error: the message asks for an extension (m=) that is not known"},
      Row{"nothing", "", no_pair},
      Row{"a prompt", "Password:", no_pair},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Client client = second_round_client(kExamples[0]);
    const auto said = client.respond(row.message);
    const std::string got = describe(said);
    CHECK((row.want == "c=" ? got.substr(0, 2) : got) == row.want);
    if (!said) CHECK(said.error().id == "sasl-challenge");
  }
}

TEST_CASE("scram: the server's last message is a signature or an error") {
  struct Row {
    std::string name;
    std::string message;
    std::string want;
  };
  const std::array rows{
      Row{"right", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", ""},
      Row{"right, with an extension", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=,x=1", ""},
      Row{"cut short", "v=rmF9", "error: the server's signature is wrong: it does not know this password"},
      Row{"an error of the standard", "e=invalid-proof", "error: the server refuses the proof: invalid-proof"},
      Row{"an error that would reach the terminal", "e=a\x1b[2J", "error: the server refuses the proof: a\\x1b[2J"},
      Row{"no base64", "v=r",
          "error: the value of 'v=' is no base64: the length is not a multiple of four: padding '=' is "
          "missing or too much"},
      Row{"an empty signature", "v=", "error: between two commas there is no letter, '=' and a value"},
      Row{"nothing", "", "error: between two commas there is no letter, '=' and a value"},
      Row{"something else", "x=1", "error: 'v=' is not where it belongs"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Client client = second_round_client(kExamples[0]);
    REQUIRE(client.respond(kExamples[0].server_first).has_value());
    CHECK(describe(client.respond(row.message)) == row.want);
    CHECK(client.is_done() == row.want.empty());
  }
}
