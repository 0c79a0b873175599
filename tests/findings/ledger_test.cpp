// What is told once, and what is told again.
#include "findings/ledger.h"

#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace {

findings::Finding of(const std::string& id, std::optional<std::uint64_t> follows = std::nullopt) {
  findings::Finding finding;
  finding.id = id;
  finding.follows = follows;
  return finding;
}

}  // namespace

TEST_CASE("findings: an id is told once, and again when it is a first cause") {
  findings::Ledger ledger;
  const auto first = ledger.tell(of("mail-before-auth"));
  CHECK(ledger.tell(of("ignores-error-reply", first)) == 2);
  CHECK(ledger.tell(of("mail-before-auth")) == first);
  CHECK(ledger.tell(of("ignores-error-reply", first)) == 2);
  CHECK(ledger.take().size() == 2);
  CHECK(ledger.tell(of("ignores-error-reply")) == 3);
  CHECK(ledger.tell(of("ignores-error-reply")) == 3);
  const auto news = ledger.take();
  REQUIRE(news.size() == 1);
  CHECK_FALSE(news.front().follows.has_value());
  CHECK(ledger.number_of("mail-before-auth") == first);
  CHECK_FALSE(ledger.has("no-quit"));
}
