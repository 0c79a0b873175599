#include "client/listing/groups.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/keys.h"

using client::GroupBy;
using core::Language;

namespace {

scenario::Head head(std::string id, std::string subject, std::string code) {
  const std::string provider = id.substr(0, id.find('/'));
  return {std::move(id),      provider,       {"The " + provider, provider + " 商"}, {"t", "题"}, {"s", "述"},
          std::move(subject), std::move(code)};
}

// "heading: id id; heading: id".
std::string text_of(const std::vector<scenario::Head>& heads, GroupBy by, Language language) {
  std::string text;
  for (const client::Group& group : client::group(heads, by, language)) {
    text += (text.empty() ? "" : "; ") + group.heading + ":";
    for (const std::size_t i : group.members) text += " " + heads[i].id;
  }
  return text;
}

}  // namespace

TEST_CASE("groups: by provider, subject and code, in both languages") {
  const std::vector<scenario::Head> heads{head("a/1", "tls", "535"), head("a/2", "sender", ""), head("b/1", "tls", "421"),
                                          head("b/2", "basics", "535")};
  struct Row {
    GroupBy by;
    Language language;
    std::string want;
  };
  for (const Row& row : {
           Row{GroupBy::kProvider, Language::kEnglish, "The a: a/1 a/2; The b: b/1 b/2"},
           Row{GroupBy::kProvider, Language::kChinese, "a 商: a/1 a/2; b 商: b/1 b/2"},
           Row{GroupBy::kSubject, Language::kEnglish, "Basics: b/2; Sender: a/2; TLS: a/1 b/1"},
           Row{GroupBy::kSubject, Language::kChinese, "基础: b/2; 发件人: a/2; TLS: a/1 b/1"},
           Row{GroupBy::kCode, Language::kEnglish, "421: b/1; 535: a/1 b/2; about no single code: a/2"},
           Row{GroupBy::kCode, Language::kChinese, "421: b/1; 535: a/1 b/2; 不针对某个回复码: a/2"},
       }) {
    CHECK(text_of(heads, row.by, row.language) == row.want);
  }
  CHECK(client::group({}, GroupBy::kCode, Language::kEnglish).empty());
  const std::vector<scenario::Head> of_both{head("c/1", "basics", "-ERR"), head("a/1", "tls", "535")};
  CHECK(text_of(of_both, GroupBy::kCode, Language::kEnglish) == "535: a/1; -ERR: c/1");
}

TEST_CASE("groups: every subject of the language has a name, which is its own") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    std::set<std::string> names;
    for (const std::string_view subject : scenario::words_of(scenario::find_key("", "subject")->allowed)) {
      CAPTURE(subject);
      const std::string name = client::subject_text(subject, language);
      CHECK(name != subject);
      CHECK(names.insert(name).second);
    }
  }
  CHECK(client::subject_text("weather", Language::kEnglish) == "weather");
}

TEST_CASE("groups: the groupings by name, in a circle") {
  GroupBy by = GroupBy::kProvider;
  for (const char* const name : {"provider", "subject", "code"}) {
    CHECK(client::find_grouping(name) == by);
    CHECK(client::word(client::word_of(by), Language::kEnglish) == std::string("by ") + name);
    by = client::next(by);
  }
  CHECK(by == GroupBy::kProvider);
  CHECK_FALSE(client::find_grouping("weather"));
}
