// Rules that hold only where their reply is called for by its name, and replies that nobody knows how to earn.
#include <doctest/doctest.h>

#include "mockserver/scenario/called_reply.h"
#include "tests/scenario/talk.h"

namespace {

const std::string kReply =
    "[[reply]]\nid = \"busy\"\nstage = \"rcpt\"\nlines = [\"450 busy\"]\nbecause = { en = \"b\", zh = \"因\" }\n"
    "fix = { en = \"f\", zh = \"做\" }\nsource = [\"public source code\"]\n";

scenario::Scenario loaded(const std::string& rules) {
  auto scenario = scenario_test::load_text("[server]\nname = \"mx.example\"\n" + kReply + rules);
  REQUIRE_MESSAGE(scenario, core::describe(scenario.error(), core::Language::kEnglish));
  return std::move(*scenario);
}

std::string heard(const scenario::Scenario& scenario, const std::string& rcpt) {
  scenario_test::Talk talk(scenario);
  talk.line("EHLO a.example");
  talk.line("MAIL FROM:<a@b.example>");
  return talk.line(rcpt);
}

const std::string kOnlyCalled =
    "[[rule]]\non = \"RCPT\"\nwhen = { recipient = \"*.invalid\" }\nreply = \"@busy\"\nonly_called = true\n";

}  // namespace

TEST_CASE("called rules: they are no part of how the server answers") {
  const scenario::Scenario scenario = loaded(kOnlyCalled);
  CHECK(heard(scenario, "RCPT TO:<c@d.invalid>").starts_with("250"));
  CHECK(scenario.rules.empty());
  CHECK(scenario.called_rules.size() == 1);
}

TEST_CASE("called rules: where their reply is called for, the line proposed meets their condition") {
  const scenario::Scenario scenario = loaded(kOnlyCalled);
  const auto index = scenario::find_reply(scenario, "busy");
  REQUIRE(index);
  const auto called = scenario::with_earned_reply(scenario, *index);
  REQUIRE(called.has_value());
  REQUIRE(called->called.has_value());
  CHECK_FALSE(called->called->is_forced);
  REQUIRE(called->called->at.has_value());
  const std::string line = called->steps[*called->called->at].send;
  CHECK(line.ends_with(".invalid>"));
  CHECK(heard(*called, line) == "450 busy\r\n");
  CHECK(heard(*called, "RCPT TO:<c@d.example>").starts_with("250"));
}

TEST_CASE("called rules: a reply that no rule gives is forced, and says so in both languages") {
  const scenario::Scenario scenario = loaded("");
  const auto index = scenario::find_reply(scenario, "busy");
  REQUIRE(index);
  CHECK_FALSE(scenario::with_earned_reply(scenario, *index).has_value());
  const scenario::Scenario forced = scenario::with_forced_reply(scenario, *index);
  CHECK(forced.called.value().is_forced);
  CHECK(forced.summary.en.starts_with("FORCED: "));
  CHECK(forced.summary.en.ends_with(": b"));
  CHECK(forced.summary.zh.starts_with("【强制】"));
  CHECK(forced.summary.zh.ends_with("因"));
  CHECK(heard(forced, "RCPT TO:<c@d.example>") == "450 busy\r\n");
}

TEST_CASE("called rules: one without a reply of the vocabulary is an error") {
  const auto scenario = scenario_test::load_text("[[rule]]\non = \"RCPT\"\nreply = \"450 busy\"\nonly_called = true\n");
  REQUIRE_FALSE(scenario);
  CHECK(core::describe(scenario.error(), core::Language::kEnglish).find("'only_called' goes with a reply of the vocabulary") !=
        std::string::npos);
}
