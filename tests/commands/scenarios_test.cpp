#include "client/commands/scenarios.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "client/commands/rehearsal.h"
#include "client/commands/rule_words.h"
#include "smtp/input.h"
#include "tests/mockserver/folder.h"

namespace {

const scenario::Catalogue& embedded() {
  static const scenario::Catalogue kCatalogue = scenario::Catalogue::embedded();
  return kCatalogue;
}

const std::string kProvider = R"([title]
en = "Example"
zh = "示例"
)";

const std::string kScenario = R"(extends = "example"
subject = "basics"
[title]
en = "A lesson"
zh = "一课"
[summary]
en = "What it teaches."
zh = "它教什么。"
[[account]]
user = "a@example.com"
password = "right"
[[step]]
send = "NOOP"
end = "lf"
expect = 250
say.en = "Try."
say.zh = "试试。"
[[step]]
message = "Subject: Hi\n\nHello\n"
say.en = "The letter."
say.zh = "信。"
[[rule]]
on = "NOOP"
reply = "250 fine"
delay = 1.5
then = "close"
)";

}  // namespace

TEST_CASE("scenarios: the list names every scenario under its provider, in both languages") {
  for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
    std::ostringstream out;
    std::ostringstream err;
    CHECK(commands::list_scenarios(embedded(), client::GroupBy::kProvider, language, out, err) == 0);
    CHECK(err.str().empty());
    REQUIRE_FALSE(embedded().ids().empty());
    for (const std::string& id : embedded().ids()) {
      CAPTURE(id);
      const auto scenario = embedded().load(id);
      REQUIRE(scenario.has_value());
      const std::size_t provider = out.str().find(scenario->provider_title.in(language) + "\n");
      const std::size_t row = out.str().find("  " + id + " ");
      REQUIRE(provider != std::string::npos);
      REQUIRE(row != std::string::npos);
      CHECK(provider < row);
      CHECK(out.str().find(scenario->title.in(language) + "\n      " + scenario->summary.in(language) + "\n", row) !=
            std::string::npos);
    }
  }
}

TEST_CASE("scenarios: the whole list of a small folder") {
  const test::Folder folder;
  folder.write("example/provider.toml", kProvider);
  folder.write("example/lesson.toml", kScenario);
  const auto catalogue = scenario::Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::list_scenarios(*catalogue, client::GroupBy::kProvider, core::Language::kEnglish, out, err) == 0);
  CHECK(out.str() ==
        "Example\n  example/lesson                A lesson\n      What it teaches.\n\nTry it  smtplab step example/lesson\n");
  out.str({});
  CHECK(commands::list_scenarios(*catalogue, client::GroupBy::kProvider, core::Language::kChinese, out, err) == 0);
  CHECK(out.str() == "示例\n  example/lesson                一课\n      它教什么。\n\n试一试  smtplab step example/lesson\n");
  CHECK(err.str().empty());
}

TEST_CASE("scenarios: the list by subject and by code") {
  const test::Folder folder;
  folder.write("example/provider.toml", kProvider);
  folder.write("example/lesson.toml", kScenario);
  folder.write("example/other.toml", "code = 552\n" + core::replace_all(kScenario, "\"basics\"", "\"size\""));
  folder.write("example/third.toml", "code = 421\n" + kScenario);
  const auto catalogue = scenario::Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  const auto list = [&](client::GroupBy by, core::Language language) {
    std::ostringstream out;
    std::ostringstream err;
    CHECK(commands::list_scenarios(*catalogue, by, language, out, err) == 0);
    CHECK(err.str().empty());
    return core::replace_all(core::replace_all(out.str(), "      What it teaches.\n", ""), "      它教什么。\n", "");
  };
  CHECK(list(client::GroupBy::kSubject, core::Language::kEnglish) ==
        "Basics\n  example/lesson                A lesson\n  example/third                 A lesson\n\n"
        "Size\n  example/other                 A lesson\n\nTry it  smtplab step example/lesson\n");
  CHECK(list(client::GroupBy::kCode, core::Language::kChinese) ==
        "421\n  example/third                 一课\n\n552\n  example/other                 一课\n\n"
        "不针对某个回复码\n  example/lesson                一课\n\n试一试  smtplab step example/lesson\n");
}

TEST_CASE("scenarios: one that cannot be read is told, and the others are listed") {
  const test::Folder folder;
  folder.write("example/provider.toml", kProvider);
  folder.write("example/broken.toml", "repply = 1\n" + kScenario);
  folder.write("example/lesson.toml", kScenario);
  const auto catalogue = scenario::Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::list_scenarios(*catalogue, client::GroupBy::kProvider, core::Language::kEnglish, out, err) == 2);
  CHECK(out.str().find("example/lesson") != std::string::npos);
  CHECK(out.str().find("example/broken") == std::string::npos);
  CHECK(err.str().find("example/broken.toml:1:1: unknown key 'repply'") != std::string::npos);
}

TEST_CASE("scenarios: the JSON list has the promised keys") {
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::list_scenarios_json(embedded(), core::Language::kEnglish, out, err) == 0);
  const auto all = nlohmann::json::parse(out.str(), nullptr, false);
  REQUIRE(all.is_array());
  CHECK(all.size() == embedded().ids().size());
  for (const auto& one : all) {
    CAPTURE(one.dump());
    const auto scenario = embedded().load(one.at("id").get<std::string>());
    REQUIRE(scenario.has_value());
    CHECK(one.size() == (scenario->others.empty() ? 7 : 8));
    REQUIRE((one.contains("others") ? one.at("others").size() : 0) == scenario->others.size());
    CHECK(one.at("provider") == scenario->provider);
    CHECK(one.at("title").at("en") == scenario->title.en);
    CHECK(one.at("title").at("zh") == scenario->title.zh);
    CHECK(one.at("subject") == scenario->subject);
    CHECK(one.at("security") == scenario::name(scenario->security));
    if (!scenario->code.empty()) {
      const nlohmann::json& code = one.at("code");
      CHECK((code.is_number() ? std::to_string(code.get<int>()) : code.get<std::string>()) == scenario->code);
    } else {
      CHECK(one.at("code").is_null());
    }
    REQUIRE(one.at("accounts").size() == scenario->accounts.size());
    for (std::size_t i = 0; i < scenario->accounts.size(); ++i) {
      CHECK(one.at("accounts")[i].at("user") == scenario->accounts[i].user);
      CHECK(one.at("accounts")[i].at("password") == scenario->accounts[i].password);
      CHECK(one.at("accounts")[i].contains("web_password") == !scenario->accounts[i].web_password.empty());
    }
  }
}

TEST_CASE("scenarios: show tells accounts, steps and rules") {
  const test::Folder folder;
  folder.write("example/provider.toml", kProvider);
  folder.write("example/lesson.toml", kScenario);
  const auto catalogue = scenario::Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::show_scenario(*catalogue, "example/lesson", core::Language::kEnglish, out, err) == 0);
  CHECK(err.str().empty());
  CHECK(out.str() == R"(A lesson · example/lesson
What it teaches.
  Subject   Basics
  Security  none: clear text

Accounts
  a@example.com  password right

Steps
  1  NOOP␊  → 250
     Try.
  2  the message:
       | Subject: Hi
       | 
       | Hello
     The letter.

Rules (the first that fits decides)
  NOOP  → 250 fine, 1.5 seconds later, then closes
  Otherwise the server answers as the RFCs say.
)");
}

TEST_CASE("scenarios: show of every scenario and provider works in both languages") {
  std::vector<std::string> ids = embedded().ids();
  for (const std::string& provider : embedded().provider_names()) ids.push_back(provider);
  ids.emplace_back("netease#auth-required");
  for (const std::string& id : ids) {
    for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
      CAPTURE(id);
      std::ostringstream out;
      std::ostringstream err;
      CHECK(commands::show_scenario(embedded(), id, language, out, err) == 0);
      CHECK(err.str().empty());
      CHECK(out.str().find(" · " + id + "\n") != std::string::npos);
    }
  }
}

TEST_CASE("scenarios: show of an unknown id proposes others") {
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::show_scenario(embedded(), "netease/auth-requird", core::Language::kEnglish, out, err) == 2);
  CHECK(out.str().empty());
  CHECK(err.str().find("did you mean 'netease/auth-required'?") != std::string::npos);
}

TEST_CASE("scenarios: check says ok, or everything that is wrong") {
  const test::Folder folder;
  const std::string path =
      core::replace_all(kScenario, "message = \"Subject: Hi\\n\\nHello\\n\"", "connect = true\nexpect = 220");
  const std::string good = folder.write("good.toml", core::replace_all(path, "extends = \"example\"", "extends = \"netease\""));
  const std::string bad = folder.write("bad.toml", "repply = 1\nsubjct = 2\n");
  std::ostringstream out;
  std::ostringstream err;
  CHECK(commands::check_scenarios(embedded(), {good}, core::Language::kEnglish, out, err) == 0);
  CHECK(out.str() == good + ": ok\n");
  CHECK(err.str().empty());
  out.str({});
  CHECK(commands::check_scenarios(embedded(), {bad, good, folder.path() + "/none.toml"}, core::Language::kEnglish, out, err) ==
        2);
  CHECK(out.str() == good + ": ok\n");
  for (const std::string& text :
       {bad + ":1:1: unknown key 'repply'", bad + ":2:1: unknown key 'subjct'", std::string("none.toml")}) {
    CAPTURE(text);
    CAPTURE(err.str());
    CHECK(err.str().find(text) != std::string::npos);
  }
}

TEST_CASE("scenarios: a check plays the path through and shows the step that cannot be") {
  struct Row {
    std::string name;
    std::string text;   // behind the head
    std::string place;  // empty: all is well
    std::string message;
  };
  const std::string say = "say = { en = \"s\", zh = \"说\" }\n";
  const std::string ehlo = "[[step]]\nsend = \"EHLO {client}\"\nexpect = 250\n" + say;
  const std::vector<Row> rows{
      {"all well", ehlo, "", ""},
      {"another code", "[[step]]\nsend = \"EHLO {client}\"\nexpect = 550\n" + say, "6:10",
       "this step is answered 250, not 550\nexpect = 550\n         ^\nhint: the server says \"250 "},
      {"a step too early", "[[step]]\nsend = \"DATA\"\nexpect = 354\n" + say, "6:10", "this step is answered 503, not 354\n"},
      {"a message nobody asked for", ehlo + "[[step]]\nmessage = \"Hello\"\n" + say, "8:1",
       "the dialogue does not come to this step\n[[step]]\n^\nhint: "},
      {"no end, no reply", "[[step]]\nsend = \"NOOP\"\nend = \"none\"\nexpect = 250\n" + say, "7:10",
       "no reply comes to this step\nexpect = 250\n         ^\nhint: "},
      {"an answer that is not expected", "[[step]]\nsend = \"NOOP\\r\\n\"\nend = \"none\"\n" + say, "4:1",
       "this step is answered, and does not say so\n"},
      {"behind a goodbye", "[[step]]\nsend = \"QUIT\"\nexpect = 221\n" + say + ehlo, "8:1",
       "the dialogue does not come to this step\n"},
      {"a second connection",
       "[[rule]]\non = \"MAIL\"\nwhen = { times = 1 }\nreply = \"421 no\"\n" + ehlo +
           "[[step]]\nsend = \"MAIL FROM:<a@b.c>\"\n" + "expect = 421\n" + say + "[[step]]\nconnect = true\nexpect = 220\n" +
           say + ehlo + "[[step]]\nsend = \"MAIL FROM:<a@b.c>\"\nexpect = 250\n" + say,
       "", ""},
      {"greylisting that is not waited for",
       "[[rule]]\non = \"RCPT\"\nwhen = { since_first_under = 60 }\nreply = \"450 later\"\n" + ehlo +
           "[[step]]\nsend = \"MAIL FROM:<a@b.c>\"\nexpect = 250\n" + say +
           "[[step]]\nsend = \"RCPT TO:<a@b.c>\"\nexpect = 450\n" + say +
           "[[step]]\nsend = \"RCPT TO:<a@b.c>\"\nwait = 59\nexpect = 250\n" + say,
       "23:10", "this step is answered 450, not 250\n"},
      {"greylisting that is waited for",
       "[[rule]]\non = \"RCPT\"\nwhen = { since_first_under = 60 }\nreply = \"450 later\"\n" + ehlo +
           "[[step]]\nsend = \"MAIL FROM:<a@b.c>\"\nexpect = 250\n" + say +
           "[[step]]\nsend = \"RCPT TO:<a@b.c>\"\nexpect = 450\n" + say +
           "[[step]]\nsend = \"RCPT TO:<a@b.c>\"\nwait = 61\nexpect = 250\n" + say,
       "", ""},
  };
  const test::Folder folder;
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string file = folder.write(
        "path.toml",
        "subject = \"basics\"\ntitle = { en = \"t\", zh = \"题\" }\nsummary = { en = \"s\", zh = \"述\" }\n" + row.text);
    std::ostringstream out;
    std::ostringstream err;
    CHECK(commands::check_scenarios(embedded(), {file}, core::Language::kEnglish, out, err) == (row.place.empty() ? 0 : 2));
    CAPTURE(err.str());
    if (row.place.empty()) {
      CHECK(err.str().empty());
    } else {
      CHECK(err.str().starts_with(file + ":" + row.place + ": " + row.message));
    }
  }
}

TEST_CASE("scenarios: the path of every scenario of the tree passes the check that authors get") {
  for (const std::string& id : embedded().ids()) {
    CAPTURE(id);
    CHECK_FALSE(commands::rehearse(embedded().load(id).value()).has_value());
  }
}

TEST_CASE("scenarios: rules in words") {
  struct Row {
    std::string name;
    scenario::Rule rule;
    std::string en;
    std::string zh;
  };
  const auto rule = [](scenario::On on, const auto& change) {
    scenario::Rule made;
    made.on = on;
    made.verb = smtp::Input::kMail;
    change(made.when);
    return made;
  };
  using When = scenario::When;
  using scenario::On;
  const std::vector<Row> rows{
      {"a verb", rule(On::kCommand, [](When&) {}), "MAIL", "MAIL"},
      {"greeting", rule(On::kConnect, [](When&) {}), "the connection", "连接"},
      {"time-out", rule(On::kTimeout, [](When&) {}), "a long silence", "长时间没有动静"},
      {"unknown", rule(On::kUnknown, [](When&) {}), "an unknown command", "未知命令"},
      {"not logged in", rule(On::kCommand, [](When& when) { when.ask("authenticated", false); }), "MAIL, not logged in",
       "MAIL，未登录"},
      {"order and syntax",
       rule(On::kCommand,
            [](When& when) {
              when.order = scenario::Wanted::kAny;
              when.syntax = scenario::Wanted::kWrong;
            }),
       "MAIL, in any order, malformed", "MAIL，不论顺序，格式不对"},
      {"a message too large", rule(On::kMessage, [](When& when) { when.syntax = scenario::Wanted::kWrong; }),
       "the complete message, too large", "整封邮件，太大"},
      {"hello and patterns",
       rule(On::kCommand,
            [](When& when) {
              when.ask("hello", scenario::Name{"HELO"});
              when.ask("sender", scenario::Pattern::parse("*@a").value());
              when.ask("argument", scenario::Pattern::parse("FROM*").value());
            }),
       "MAIL, after HELO, argument like FROM*, sender like *@a", "MAIL，已 HELO，参数形如 FROM*，发件人形如 *@a"},
      {"the null path",
       rule(On::kCommand,
            [](When& when) {
              when.ask("sender", scenario::Pattern::parse("").value());
              when.ask("sender_is_login", false);
            }),
       "MAIL, empty sender <>, sender is not who logged in", "MAIL，发件人为空 <>，发件人不是登录者"},
      {"a challenge",
       rule(On::kChallenge,
            [](When& when) {
              when.ask("mechanism", scenario::Pattern::parse("LOGIN").value());
              when.ask("wants", scenario::Word(sasl::Wants::kPassword));
            }),
       "what the server asks for (334), mechanism LOGIN, the password", "服务器的提问（334），机制 LOGIN，要密码"},
      {"credentials",
       rule(On::kAuth,
            [](When& when) {
              when.ask("password", scenario::Word(scenario::PasswordUsed::kWeb));
              when.ask("user_known", true);
              when.ask("initial_response", true);
            }),
       "the login, with an initial response, password of the web page, known user", "登录，带初始回答，用了网页密码，用户存在"},
      {"recipients",
       rule(On::kAny,
            [](When& when) {
              when.ask("recipient", scenario::Pattern::parse("x").value());
              when.ask("recipient_known", false);
            }),
       "anything, recipient like x, unknown recipient", "任何输入，收件人形如 x，收件人不存在"},
      {"one of two fields is missing",
       rule(On::kMessage,
            [](When& when) {
              when.ask("header_missing", scenario::FieldNames{"Date", "To"});
            }),
       "the complete message, no field Date or To", "整封邮件，缺字段 Date 或 To"},
      {"a rate",
       rule(On::kCommand,
            [](When& when) {
              scenario::Counting counting;
              counting.rate = 20;
              counting.window = std::chrono::minutes(1);
              counting.per = scenario::Per::kSender;
              when.counting = counting;
            }),
       "MAIL, more than 20 times in 60 s, counted for each sender", "MAIL，60 秒内超过 20 次，按发件人计数"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(commands::situation_of(row.rule, core::Language::kEnglish) == row.en);
    CHECK(commands::situation_of(row.rule, core::Language::kChinese) == row.zh);
  }
}
