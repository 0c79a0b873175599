#include "client/labs/reader.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "client/labs/collection.h"
#include "client/labs/files.h"
#include "client/labs/given.h"

namespace {

document::Document parsed(const std::string& text) {
  auto document = document::parse_document("mine.toml", text);
  REQUIRE(document);
  return std::move(*document);
}

const std::string kHead = R"(
title = { en = "Mine", zh = "我的" }
task = { en = "Do it.", zh = "做。" }
)";

lab::Shared shared() {
  const auto checks = parsed(R"(
[[check]]
name = "connects"
title = { en = "connects", zh = "连接" }
connected = true
[[check]]
name = "sent"
title = { en = "sends", zh = "发送" }
needs = ["connects", "not-here"]
accepted = "1.."
)");
  const auto trials = parsed(R"(
[[trial]]
name = "normal"
title = { en = "nothing", zh = "无" }
[[trial]]
name = "slow"
with = "slow"
title = { en = "slow", zh = "慢" }
)");
  auto rows = lab::read_shared(checks, trials, parsed("[[answer]]\nasks = [\"*to*\"]\ngives = \"{to}\"\n"));
  REQUIRE(rows);
  return std::move(*rows);
}

core::Result<lab::Lab> read(const std::string& rest) { return lab::read_lab(parsed(kHead + rest), "mine", shared()); }

TEST_CASE("labs: rows that are shared, and those of a lab's own in their place") {
  const auto lab = read(R"(
server = "any/accept-all"
musts = ["connects"]
notes = ["sent"]
trials = ["slow"]
[given]
to = ["a@example.org", "b@example.org"]
[[answer]]
asks = ["*who*"]
gives = "me"
[[check]]
name = "connects"
title = { en = "comes twice", zh = "来两次" }
connections = 2
[[check]]
name = "own"
kind = "note"
title = { en = "own", zh = "自己的" }
output = "done"
)");
  REQUIRE(lab);
  REQUIRE(lab->trials.size() == 2);
  CHECK(lab->trials.front().name == "normal");
  CHECK(lab->trials.back().server == "any/accept-all");
  REQUIRE(lab->checks.size() == 3);
  CHECK(lab->checks[0].title.en == "comes twice");
  CHECK(lab->checks[0].kind == lab::CheckKind::kMust);
  CHECK(lab->checks[1].kind == lab::CheckKind::kNote);
  CHECK(lab->checks[1].needs == std::vector<std::string>{"connects"});  // what is not looked at is not needed
  CHECK(lab->checks[2].name == "own");
  CHECK(lab->given.at("to") == "a@example.org,b@example.org");
  CHECK(lab->given.at("to.1") == "b@example.org");
  REQUIRE(lab->answers.size() == 2);
  CHECK(lab->answers.front().gives == "me");
}

struct WrongRow {
  const char* file;
  const char* says;
};

TEST_CASE("labs: everything that is wrong with a file is told with its place") {
  const WrongRow rows[] = {
      {"musts = [\"conects\"]", "did you mean 'connects'?"},
      {"musts = [\"connects\"]\ntrials = [\"slwo\"]", "there is no trial 'slwo'"},
      {"musts = [\"connects\"]\nmust = []", "unknown key 'must'"},
      {"musts = [\"connects\"]\nkind = \"prog\"", "'prog' is none of the words here"},
      {"number = 5", "nothing is looked at"},
      {"[[check]]\nname = \"a\"\ntitle = { en = \"a\", zh = \"a\" }\naccepted = \"many\"", "write 3, \"1..\" or \"2..4\""},
      {"[[check]]\nname = \"a\"\ntitle = { en = \"a\", zh = \"a\" }\naccept = 1", "unknown key 'accept'"},
      {"[[check]]\nname = \"a\"\ntitle = { en = \"a\" }\nexit = 0", "'zh' is missing"},
      {"musts = [\"connects\"]\n[[file]]\nname = \"../a\"\ntext = \"x\"", "this must be a plain name"},
      {"musts = [\"connects\"]\n[[file]]\nname = \"a\"\ntext = \"é中\"\nencoding = \"latin1\"",
       "cannot be written in 'latin1'"},
      {"musts = [\"connects\"]\n[given]\nwho = \"x\"\n[[file]]\nname = \"a\"\ntext = \"{who}\"\nencoding = \"latin1\"\n"
       "[[trial]]\nname = \"normal\"\ngiven = { who = \"中\" }\ntitle = { en = \"a\", zh = \"a\" }",
       "what the trial 'normal' gives cannot be written in 'latin1', as a is to be"},
      {"musts = [\"connects\"]\n[[file]]\nname = \"a\"\nbase64 = \"QQ\"", "a:"},
  };
  for (const WrongRow& row : rows) {
    CAPTURE(std::string(row.file));
    const auto lab = read(row.file);
    REQUIRE_FALSE(lab);
    const std::string said = core::describe(lab.error(), core::Language::kEnglish);
    CHECK(said.find("mine.toml:") != std::string::npos);
    if (std::string(row.says) != "a:") CHECK(said.find(row.says) != std::string::npos);
  }
}

TEST_CASE("labs: a file in another charset, with what is given in it") {
  const auto lab = read("musts = [\"connects\"]\n[[file]]\nname = \"a.txt\"\ntext = \"{who}: 中\"\nencoding = \"gbk\"\n");
  REQUIRE(lab);
  CHECK(lab::octets_of(lab->files.front(), {{"who", "x"}}) == "x: \xD6\xD0");
}

TEST_CASE("labs: names in braces") {
  std::set<std::string> told;
  const lab::Given given{{"to", "a,b"}, {"to.0", "a"}, {"file:x.txt", "text"}};
  CHECK(lab::filled("{to.0} {file:x.txt} {nobody} {", given, &told) == "a text {nobody} {");
  CHECK(told == std::set<std::string>{"to", "file:x.txt"});
}

TEST_CASE("labs: those that are built in can be read, each number once") {
  const auto labs = lab::built_in();
  if (!labs) FAIL(core::describe(labs.error(), core::Language::kEnglish));
  CHECK(labs->size() >= 19);
  for (std::size_t at = 1; at < labs->size(); ++at) CHECK((*labs)[at - 1].number < (*labs)[at].number);
  for (const lab::Lab& one : *labs) {
    CAPTURE(one.id);
    const auto by_number = lab::find(std::to_string(one.number));
    REQUIRE(by_number);
    CHECK(by_number->id == one.id);
    const bool is_marked = one.kind == lab::Kind::kProgram;
    const auto has_purpose = [](const lab::Check& check) { return check.is_purpose; };
    CHECK((!is_marked || std::any_of(one.checks.begin(), one.checks.end(), has_purpose)));
  }
  CHECK_FALSE(lab::find("textbook-clint"));
}

}  // namespace
