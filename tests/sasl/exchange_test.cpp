#include "sasl/exchange.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"

namespace {

// "ask:Password:" for a challenge, "claim authorization/user/password" for a claim, "error".
std::string describe(const core::Result<sasl::Step>& step) {
  if (!step) {
    CHECK(step.error().blame == core::Blame::kPeer);
    CHECK_FALSE(step.error().text.empty());
    return "error";
  }
  if (const auto* const challenge = std::get_if<sasl::Challenge>(&*step)) return "ask " + challenge->octets;
  const auto& claim = std::get<sasl::Claim>(*step);
  return "claim " + core::show_bytes(claim.authorization) + "/" + core::show_bytes(claim.user) + "/" +
         core::show_bytes(claim.password.reveal());
}

std::string nul(std::string text) {
  for (char& c : text) {
    if (c == '|') c = '\0';
  }
  return text;
}

sasl::Exchange begin(std::string_view mechanism) {
  auto exchange = sasl::Exchange::begin(mechanism);
  REQUIRE(exchange.has_value());
  return *exchange;
}

}  // namespace

TEST_CASE("sasl: LOGIN asks for the user and then for the password") {
  sasl::Exchange exchange = begin("LOGIN");
  CHECK(exchange.mechanism() == "LOGIN");
  CHECK(exchange.first_challenge() == sasl::Challenge{"Username:", sasl::Wants::kUser});
  CHECK_FALSE(exchange.next_is_secret());

  const auto asked = exchange.respond("alice@163.com");
  REQUIRE(asked.has_value());
  REQUIRE(std::holds_alternative<sasl::Challenge>(*asked));
  CHECK(std::get<sasl::Challenge>(*asked) == sasl::Challenge{"Password:", sasl::Wants::kPassword});
  CHECK(exchange.next_is_secret());

  const auto claimed = exchange.respond("HVKQXZDNRTLMWABC");
  CHECK(describe(claimed) == "claim /alice@163.com/HVKQXZDNRTLMWABC");
  REQUIRE(claimed.has_value());
  CHECK(std::get<sasl::Claim>(*claimed).proves("HVKQXZDNRTLMWABC"));
  CHECK_FALSE(std::get<sasl::Claim>(*claimed).proves("account-password"));
}

TEST_CASE("sasl: LOGIN keeps whatever octets it is given") {
  sasl::Exchange exchange = begin("LOGIN");
  CHECK(describe(exchange.respond("alice\n")) == "ask Password:");
  CHECK(describe(exchange.respond("pass word\r\n")) == "claim /alice␊/pass word␍␊");
}

TEST_CASE("sasl: LOGIN with an empty password is a claim that proves nothing") {
  sasl::Exchange exchange = begin("LOGIN");
  CHECK(describe(exchange.respond("alice")) == "ask Password:");
  const auto claimed = exchange.respond("");
  REQUIRE(claimed.has_value());
  CHECK_FALSE(std::get<sasl::Claim>(*claimed).proves("secret"));
}

TEST_CASE("sasl: a copy of an exchange goes on by itself") {
  sasl::Exchange exchange = begin("LOGIN");
  CHECK(describe(exchange.respond("alice")) == "ask Password:");
  sasl::Exchange copy = exchange;
  CHECK(copy.next_is_secret());
  CHECK(describe(copy.respond("x")) == "claim /alice/x");
  CHECK(describe(exchange.respond("y")) == "claim /alice/y");
}

TEST_CASE("sasl: PLAIN says everything at once, parted by NUL (RFC 4616)") {
  struct Row {
    std::string name;
    std::string response;  // | stands for NUL
    std::string read;
  };
  const std::array rows{
      Row{"user and password", "|tim|tanstaaftanstaaf", "claim /tim/tanstaaftanstaaf"},
      Row{"acting as somebody else", "Ursel|Kurt|xipj3plmq", "claim Ursel/Kurt/xipj3plmq"},
      Row{"an address as user", "|alice@163.com|HVKQ", "claim /alice@163.com/HVKQ"},
      Row{"a colon in the password", "|a|b:c", "claim /a/b:c"},
      Row{"UTF-8", "|张三|密码", "claim /张三/密码"},
      Row{"nothing", "", "error"},
      Row{"no NUL", "alice:secret", "error"},
      Row{"one NUL", "alice|secret", "error"},
      Row{"three NULs", "|alice|secret|", "error"},
      Row{"NULs only", "||", "error"},
      Row{"no user", "||secret", "error"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    sasl::Exchange exchange = begin("PLAIN");
    CHECK(exchange.first_challenge() == sasl::Challenge{"", sasl::Wants::kResponse});
    CHECK(exchange.next_is_secret());
    CHECK(describe(exchange.respond(nul(row.response))) == row.read);
  }
}

TEST_CASE("sasl: an error shows nothing of what was sent") {
  sasl::Exchange exchange = begin("PLAIN");
  const auto step = exchange.respond("alice:secret\x1b");
  REQUIRE_FALSE(step.has_value());
  CHECK(core::describe(step.error()).find("secret") == std::string::npos);
  CHECK(core::show_bytes(core::describe(step.error())) == core::describe(step.error()));
}

TEST_CASE("sasl: mechanisms are known by their names in upper case, and the list is what begin knows") {
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(std::string(mechanism));
    const auto exchange = sasl::Exchange::begin(mechanism);
    REQUIRE(exchange.has_value());
    CHECK(exchange->mechanism() == mechanism);
  }
  CHECK(sasl::mechanisms().size() >= 2);
  for (const char* const unknown : {"", "PLAI", "PLAINS", "CRAM-MD5-X", "plain"}) {
    CAPTURE(std::string(unknown));
    CHECK_FALSE(sasl::Exchange::begin(unknown).has_value());
  }
}
