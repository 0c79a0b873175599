// [[mail]]: what lies in the mailboxes when the server starts, and what is wrong with such a table.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/loader.h"

namespace {

constexpr const char* kProvider = R"(protocol = "pop3"
title = {en='P', zh='P'}
[server]
name = "pop.example.org"
[[account]]
user = "alice@example.org"
password = "a"
[[account]]
user = "bob@example.org"
password = "b"
[[mail]]
to = "alice@example.org"
message = "Subject: of the provider\n\nA\n"
[[mail]]
to = "bob@example.org"
message = "Subject: for Bob\n\nB\n"
)";

constexpr const char* kHead = R"(subject='basics'
title={en='t',zh='题'}
summary={en='s',zh='述'}
)";

core::Result<scenario::Scenario> lesson_with(const std::string& text) {
  return scenario::load_scenario("p/x", {"x.toml", "extends='p'\n" + (kHead + text)}, {{{"p", {"p/provider.toml", kProvider}}}},
                                 scenario::Extends::kOptional);
}

struct RightRow {
  std::string name;
  std::string text;
  std::vector<scenario::Mail> want;
};

struct WrongRow {
  std::string name;
  std::string text;
  std::string want;  // the first line of what is said
  std::string hint;  // and the last
};

}  // namespace

TEST_CASE("scenario: messages lie where they were put") {
  for (const RightRow& row : {
           RightRow{"none of its own",
                    "",
                    {{"alice@example.org", "Subject: of the provider\n\nA\n"}, {"bob@example.org", "Subject: for Bob\n\nB\n"}}},
           RightRow{"they take the place of the provider's",
                    "[[mail]]\nto='alice@example.org'\nmessage=\"Subject: mine\\n\\nM\\n\"\n",
                    {{"alice@example.org", "Subject: mine\n\nM\n"}}},
           RightRow{"in their order",
                    "[[mail]]\nto='bob@example.org'\nmessage='1'\n[[mail]]\nto='bob@example.org'\nmessage='2'\n",
                    {{"bob@example.org", "1"}, {"bob@example.org", "2"}}},
           RightRow{
               "letter case does not matter", "[[mail]]\nto='ALICE@example.org'\nmessage='1'\n", {{"ALICE@example.org", "1"}}},
           RightRow{"an empty one", "[[mail]]\nto='alice@example.org'\nmessage=''\n", {{"alice@example.org", ""}}},
           RightRow{"accounts of its own leave the provider's messages to nobody",
                    "[[account]]\nuser='carol@example.org'\npassword='c'\n",
                    {}},
           RightRow{"but to one that keeps its name",
                    "[[account]]\nuser='bob@example.org'\npassword='c'\n",
                    {{"bob@example.org", "Subject: for Bob\n\nB\n"}}},
       }) {
    CAPTURE(row.name);
    const auto scenario = lesson_with(row.text);
    REQUIRE_MESSAGE(scenario, core::describe(scenario.error(), core::Language::kEnglish));
    REQUIRE(scenario->mails.size() == row.want.size());
    for (std::size_t i = 0; i < row.want.size(); ++i) {
      CHECK(scenario->mails[i].to == row.want[i].to);
      CHECK(scenario->mails[i].message == row.want[i].message);
    }
  }
}

TEST_CASE("scenario: a message that lies nowhere is told of") {
  for (const WrongRow& row : {
           WrongRow{"nobody's", "[[mail]]\nto='allice@example.org'\nmessage='1'\n",
                    "x.toml:6:4: there is no account 'allice@example.org'", "did you mean 'alice@example.org'?"},
           WrongRow{"no recipient", "[[mail]]\nmessage='1'\n", "x.toml:5:1: 'to' is missing in [[mail]]",
                    "Whose mailbox: the user of an account."},
           WrongRow{"no text", "[[mail]]\nto='alice@example.org'\n", "x.toml:5:1: 'message' is missing in [[mail]]",
                    "The message, header and text; its lines end in CRLF when they are fetched."},
           WrongRow{"a number", "[[mail]]\nto='alice@example.org'\nmessage=1\n",
                    "x.toml:7:9: 'message' is a whole number, not a string", "write message = \"…\", between quotes"},
           WrongRow{"another key", "[[mail]]\nto='alice@example.org'\nmessage='1'\nfrom='bob'\n",
                    "x.toml:8:1: unknown key 'from' in [[mail]]", "one of: to, message, folder, flags"},
           WrongRow{"one table", "[mail]\nto='alice@example.org'\nmessage='1'\n",
                    "x.toml:5:1: 'mail' is a table, not a list of tables", "write [[mail]] for each one"},
           WrongRow{"a list", "mail = ['1']\n", "x.toml:5:9: 'mail' is a list of tables", "write [[mail]] for each one"},
       }) {
    CAPTURE(row.name);
    const auto scenario = lesson_with(row.text);
    REQUIRE_FALSE(scenario);
    const std::string said = core::describe(scenario.error(), core::Language::kEnglish);
    CAPTURE(said);
    CHECK(said.starts_with(row.want + "\n"));
    CHECK(said.ends_with("\nhint: " + row.hint));
    CHECK_FALSE(scenario.error().text.zh.empty());
  }
}
