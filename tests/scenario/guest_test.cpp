#include "mockserver/scenario/guest.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/judge.h"

namespace {

const std::vector<scenario::Account> kListed{{"alice@163.com", "HVKQXZDNRTLMWABC", "account-password"}};

TEST_CASE("scenario guest: an address at the provider's, with what looks like an authorization code") {
  struct GuestRow {
    std::string user;
    std::string password;
    scenario::PasswordUsed used;
    bool known;
  };
  const std::vector<GuestRow> rows{
      {"zhang@163.com", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kRight, true},
      {"Zhang@163.COM", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kRight, true},
      {"zhang@163.com", "abcdefghijklmnop", scenario::PasswordUsed::kRight, true},
      {"zhang@163.com", "abcdefgh", scenario::PasswordUsed::kWrong, true},
      {"zhang@163.com", "ABCDEFGH", scenario::PasswordUsed::kWrong, true},
      {"zhang@163.com", "my-password", scenario::PasswordUsed::kWrong, true},
      {"zhang@163.com", "", scenario::PasswordUsed::kEmpty, true},
      {"zhang@163.com", "ABCDEFGHIJKLMNOP\n", scenario::PasswordUsed::kNewline, true},
      {"zhang@163.com\n", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kNewline, false},
      {"zhang@qq.com", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kWrong, false},
      {"zhang", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kWrong, false},
      {"@163.com", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kWrong, false},
      {"alice@163.com", "ABCDEFGHIJKLMNOP", scenario::PasswordUsed::kWrong, true},  // an account keeps its own
  };
  scenario::Scenario listed;
  listed.accounts = kListed;
  const std::vector<std::string> guests = scenario::domains_of(listed);
  for (const GuestRow& row : rows) {
    CAPTURE(row.user);
    CAPTURE(row.password);
    const auto got = scenario::judge({"", row.user, core::Secret(row.password)}, kListed, guests);
    CHECK(got.password == row.used);
    CHECK(got.user_known == row.known);
    CHECK_FALSE(scenario::judge({"", "zhang@163.com", core::Secret(row.password)}, kListed).accepted());  // not without guests
  }
}

TEST_CASE("scenario guest: a provider's domains are those of its accounts and those that it is known by") {
  scenario::Scenario known;
  known.signs = {"163.com", "126.com", "163 smtp", "NetEase"};
  CHECK(scenario::domains_of(known).empty());  // without accounts everybody may log in
  known.accounts = {{"alice@163.COM", "x", ""}, {"bob", "x", ""}};
  CHECK(scenario::domains_of(known) == std::vector<std::string>{"163.com", "126.com"});
}

TEST_CASE("scenario guest: what looks like a password") {
  CHECK(scenario::looks_like_password("abcd efgh ijkl mnop", {"a@gmail.com", "yqwn xkvt rbfl ozcd", "w"}));
  CHECK(scenario::looks_like_password("abcdefghijklmnop", {"a@gmail.com", "yqwn xkvt rbfl ozcd", "w"}));
  CHECK(scenario::looks_like_password("anything", {"a@b.example", "its own", ""}));
  CHECK_FALSE(scenario::looks_like_password("", {"a@b.example", "its own", ""}));
}

}  // namespace
