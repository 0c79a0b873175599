#include "mockserver/store/recipients.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using Numbers = std::vector<std::size_t>;

TEST_CASE("recipients: accounts, addresses of the domains, and everybody else") {
  struct Row {
    std::string name;
    std::vector<std::string> addresses;
    Numbers mailboxes;
  };
  const std::vector<Row> rows{
      {"an account", {"alice@163.com"}, {1}},
      {"letter case does not count", {"Alice@163.COM"}, {1}},
      {"an account without a domain", {"carol"}, {2}},
      {"somebody of a domain", {"zhang@qq.com"}, {3}},
      {"somebody of a domain, in capitals", {"ZHANG@QQ.com"}, {3}},
      {"everybody else together", {"a@b.example", "b@b.example", "nobody"}, {0}},
      {"each once, in their order", {"zhang@qq.com", "a@b.example", "alice@163.com", "zhang@qq.com"}, {0, 1, 3}},
      {"no local part", {"@qq.com"}, {0}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    store::Recipients recipients({{"alice@163.com", "carol"}, {"qq.com"}});
    CHECK(recipients.mailboxes(row.addresses) == row.mailboxes);
    CHECK(recipients.mailboxes(row.addresses) == row.mailboxes);  // and again
  }
}

TEST_CASE("recipients: not without end") {
  store::Recipients recipients({{"alice@163.com"}, {"qq.com"}});
  for (std::size_t i = 0; i < store::Recipients::kMostGuests; ++i) {
    CHECK(recipients.number_of(std::to_string(i) + "@qq.com") == i + 2);
  }
  CHECK(recipients.number_of("one-more@qq.com") == std::nullopt);
  CHECK(recipients.number_of("0@qq.com") == 2);
}

}  // namespace
