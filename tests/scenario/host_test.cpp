#include "mockserver/scenario/host.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/catalogue.h"
#include "protocol/known.h"
#include "protocol/protocol.h"

namespace {

TEST_CASE("scenario host: a name, what it speaks, its ports") {
  const protocol::Protocol* const smtp = protocol::find("smtp");
  const protocol::Protocol* const pop3 = protocol::find("pop3");
  struct HostRow {
    std::string text;
    std::optional<scenario::Host> host;
  };
  const std::vector<HostRow> rows{
      {"smtp.qq.com 25 465/tls", scenario::Host{"smtp.qq.com", smtp, {{25, false}, {465, true}}}},
      {"pop.qq.com pop3 995/tls", scenario::Host{"pop.qq.com", pop3, {{995, true}}}},
      {"", std::nullopt},
      {"smtp.qq.com", std::nullopt},
      {"smtp.qq.com pop3", std::nullopt},
      {"localhost 25", std::nullopt},
      {"smtp.qq.com 0", std::nullopt},
      {"smtp.qq.com 65536", std::nullopt},
      {"smtp.qq.com 25/ssl", std::nullopt},
      {"smtp.qq.com gopher 70", std::nullopt},
  };
  for (const HostRow& row : rows) {
    CAPTURE(row.text);
    CHECK(scenario::parse_host(row.text, *smtp) == row.host);
  }
}

TEST_CASE("scenario host: a name is one provider's in each protocol, and one of what it is known by") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  std::map<std::string, std::string> whose;
  for (const std::string& provider : catalogue.provider_names()) {
    const auto loaded = catalogue.load(provider);
    REQUIRE(loaded);
    for (const scenario::Host& host : loaded->hosts) {
      CAPTURE(host.name);
      CHECK(whose.emplace(host.name + " " + std::string(host.protocol->name()), provider).second);
      bool is_known = false;
      for (const std::string& sign : loaded->signs) is_known = is_known || host.name.ends_with("." + sign) || host.name == sign;
      CHECK(is_known);
    }
  }
  CHECK(whose["smtp.163.com smtp"] == "netease");
  CHECK(whose["smtp.office365.com smtp"] == "outlook");
}

TEST_CASE("scenario host: a lesson stands where its provider does") {
  const auto lesson = scenario::Catalogue::embedded().load("qq/authorization-code");
  REQUIRE(lesson);
  REQUIRE_FALSE(lesson->hosts.empty());
  CHECK(lesson->hosts.front().name == "smtp.qq.com");
}

}  // namespace
