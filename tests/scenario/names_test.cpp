#include "mockserver/scenario/names.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using Names = std::vector<std::string>;
using scenario::Catalogue;

TEST_CASE("names: a prefix is narrowed to folders, scenarios, replies") {
  const Catalogue catalogue = Catalogue::embedded();
  CHECK(scenario::names_beginning(catalogue, "net") ==
        Names{"netease", "netease-imap", "netease-imap/", "netease-pop3", "netease-pop3/", "netease/"});
  CHECK(scenario::names_beginning(catalogue, "netease/wrong") == Names{"netease/wrong-password"});
  CHECK(scenario::names_beginning(catalogue, "netease#auth-req") ==
        Names{"netease#auth-required", "netease#auth-required-old"});
  CHECK(scenario::names_beginning(catalogue, "nobody#x").empty());
  CHECK(scenario::names_beginning(catalogue, "zzz").empty());
}

TEST_CASE("names: each of them can be loaded") {
  const Catalogue catalogue = Catalogue::embedded();
  const Names all = scenario::names(catalogue);
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(all.size() == catalogue.ids().size() + catalogue.provider_names().size());
  for (const char* const provider : {"netease", "rfc"}) {
    const auto replies = scenario::reply_names(catalogue, provider);
    REQUIRE(replies);
    CHECK(replies->size() > 10);
    for (const std::string& name : *replies) {
      CAPTURE(name);
      CHECK(catalogue.load(name).has_value());
    }
  }
  CHECK(core::describe(scenario::reply_names(catalogue, "neteas").error(), core::Language::kEnglish)
            .find("did you mean 'netease'") != std::string::npos);
}
