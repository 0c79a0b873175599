#include "client/lines/run.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/setup.h"
#include "mockserver/scenario/catalogue.h"
#include "net/listener.h"
#include "net/loop.h"
#include "tests/knowledge/known.h"

namespace {

using test::known;

struct Run {
  int status = 0;
  std::string out;
  std::string error;
};

// The run with its streams in our hands.
Run run(const client::StepOptions& options, const std::string& input = {}) {
  std::ostringstream out;
  std::ostringstream error;
  std::istringstream in(input);
  std::streambuf* const before_out = std::cout.rdbuf(out.rdbuf());
  std::streambuf* const before_error = std::cerr.rdbuf(error.rdbuf());
  std::streambuf* const before_in = std::cin.rdbuf(in.rdbuf());
  Run done;
  done.status = lines::run_lines(options);
  std::cout.rdbuf(before_out);
  std::cerr.rdbuf(before_error);
  std::cin.rdbuf(before_in);
  done.out = out.str();
  done.error = error.str();
  return done;
}

client::StepOptions automatic(std::string scenario) {
  client::StepOptions options;
  options.scenario = std::move(scenario);
  options.automatic = true;
  return options;
}

Run script(std::string scenario, const std::string& text, core::Language language = core::Language::kEnglish) {
  client::StepOptions options;
  options.scenario = std::move(scenario);
  options.script = "-";
  options.language = language;
  return run(options, text);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("lines: --auto plays every scenario to its end, each step with its reason and each refusal with its way out") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    const Run played = run(automatic(id));
    CHECK(played.status == client::kDone);
    CHECK(played.error.empty());
    const auto scenario = scenario::Catalogue::embedded().load(id).value();
    const bool connects_again =
        std::any_of(scenario.steps.begin(), scenario.steps.end(), [](const scenario::Step& step) { return step.connects; });
    // A lesson that shows a failure of the connection ends there, unless it connects once more.
    if (scenario.failure.empty() || connects_again) {
      CHECK(has(played.out, "\n" + std::to_string(scenario.steps.size()) + ".  "));
      for (const scenario::Step& step : scenario.steps) {
        // Over IMAP a tag stands before it.
        const std::string code = step.expect ? step.expect->text : std::string();
        CHECK((code.empty() || has(played.out, "\nS: " + code) || has(played.out, " " + code)));
      }
    }
    for (std::size_t i = 0; i <= scenario.others.size(); ++i) {
      for (const scenario::Account& account : scenario::server_of(scenario, i).accounts)
        CHECK_FALSE(has(played.out, account.password));
    }
    // Its steps are ours: what they do wrong on purpose the lesson tells itself.
    for (const char* const label : {"     Rule  ", "     Advice  ", "     → "}) CHECK_FALSE(has(played.out, label));
    if (!client::fails_on_purpose(scenario)) {
      CHECK(has(played.out, " closed the connection\n"));
      continue;
    }
    CHECK(has(played.out, "     Do  "));
    const auto* const failure = known().failure(scenario.failure);
    CHECK((scenario.failure.empty() || failure != nullptr));
    if (failure != nullptr) CHECK(has(played.out, "!  " + failure->what.en.substr(0, 30)));
  }
}

TEST_CASE("lines: probes are laid over a scenario, and one that fits nothing is refused") {
  client::StepOptions options = automatic("any/accept-all");
  options.probes = "refuse=rcpt,bytewise";
  const Run played = run(options);
  CHECK(has(played.out, "\nC: RCPT TO:"));
  CHECK(has(played.out, "\nS: 550 "));
  CHECK(played.status == client::kFailed);
  options.probes = "refuse=nowhere";
  const Run refused = run(options);
  CHECK(refused.status == client::kUsage);
  CHECK(has(refused.error, "nowhere"));
}

TEST_CASE("lines: a script is sent line by line as it is, and its refusals are no failure") {
  const Run played = script("netease/auth-required", "HELO a\r\nMAIL FROM:<a@163.com>\r\nQUIT\r\n");
  CHECK(played.status == client::kDone);
  CHECK(has(played.out, "C: MAIL FROM:<a@163.com>\nS: 553 "));
  CHECK(has(played.out, "     Why  "));
  CHECK(has(played.out, "C: QUIT\nS: 221 "));
}

TEST_CASE("lines: a path with two connections is played to its end, the pause between them said") {
  const Run played = run(automatic("any/hung-up"));
  CHECK(played.status == client::kDone);
  CHECK(has(played.out, "-- the server closed the connection\n\n3.  Connect again, after a pause."));
  CHECK(has(played.out, "-- waiting 1 s\n-- connected to 127.0.0.1:"));
  CHECK(has(played.out, "S: 220 mock.example"));
}

TEST_CASE("lines: a script goes on over the connection that the path makes, when the server has closed") {
  const std::string lines = "EHLO a.b\r\nMAIL FROM:<newsletter@a.b>\r\nEHLO again.b\r\nQUIT\r\n";
  const Run played = script("any/hung-up", lines);
  CHECK(played.status == client::kDone);
  CHECK(has(played.out, "-- waiting 1 s\n-- connected to"));
  CHECK(has(played.out, "C: EHLO again.b\n"));
  const Run gone = script("any/accept-all", "QUIT\r\nNOOP\r\n");  // no path of connections here
  CHECK(gone.status == client::kFailed);
}

TEST_CASE("lines: mistakes of a script are sent and explained") {
  struct Row {
    std::string name;
    std::string script;
    std::vector<std::string> said;
    int status;
  };
  const std::vector<Row> rows{
      {"out of order", "RCPT TO:<a@b.c>\r\nQUIT\r\n", {"C: RCPT TO:<a@b.c>\n", "S: 503 ", "! "}, client::kDone},
      {"LF alone", "NOOP\nQUIT\r\n", {"C: NOOP␊\n", "S: 250 "}, client::kDone},
      {"no line end", "EHLO a.example\r\nNOOP", {"C: NOOP (no line end)\n", "!  The line has no end"}, client::kFailed},
      {"a message that never ends",
       "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nDATA\r\nhi\r\n",
       {"! ", "Do  "},
       client::kFailed},
      {"a dot with LF",
       "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nDATA\r\nhi\r\n.\n",
       {"!  The dot does not stand between two CR LF"},
       client::kFailed},
      {"lines behind QUIT",
       "QUIT\r\nNOOP\r\n",
       {"-- the server closed the connection\n", "this was not sent: NOOP␍␊"},
       client::kFailed},
      {"nothing", "", {"-- you closed the connection"}, client::kDone},
      {"NUL octets", std::string("NO\0OP\r\nQUIT\r\n", 13), {"C: NO\\x00OP\n"}, client::kDone},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Run played = script("any/accept-all", row.script);
    CAPTURE(played.out);
    CHECK(played.status == row.status);
    for (const std::string& part : row.said) {
      CAPTURE(part);
      CHECK(has(played.out, part));
    }
  }
}

TEST_CASE("lines: a mistake is explained once") {
  const Run played = script("any/accept-all", "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nDATA\r\nhi\r\n.\n");
  const std::size_t first = played.out.find("The dot does not stand");
  REQUIRE(first != std::string::npos);
  CHECK(played.out.find("The dot does not stand", first + 1) == std::string::npos);
}

TEST_CASE("lines: in Chinese the mistakes are Chinese") {
  const Run played = script("any/accept-all", "FOO\r\nRCPT\r\nNOOP", core::Language::kChinese);
  CAPTURE(played.out);
  CHECK(has(played.out, "!  这一行没有结束"));
  CHECK(has(played.out, "这一行不符合语法：RFC 5321 §4.1.1：'FOO' 不是 SMTP 命令\n"));
  CHECK_FALSE(has(played.out, "is no SMTP command"));
}

TEST_CASE("lines: STARTTLS is told, and the login inside it piece by piece") {
  const Run played = run(automatic("any/submission"));
  CAPTURE(played.out);
  CHECK(has(played.out, "C: STARTTLS\n"));
  CHECK(has(played.out, "-- TLS 1."));
  CHECK(has(played.out, "encrypted from here on\n"));
  const Run scram = run(automatic("any/scram-sha-256"));
  CAPTURE(scram.out);
  CHECK(has(scram.out, "Random octets that belong to this user"));
  const Run chinese = [] {
    client::StepOptions options = automatic("any/scram-sha-256");
    options.language = core::Language::kChinese;
    return run(options);
  }();
  CHECK(has(chinese.out, "属于这个用户的随机字节"));
  CHECK_FALSE(has(chinese.out, "Random octets"));
}

TEST_CASE("lines: a broken TLS is explained in both languages, and the lesson is done") {
  client::StepOptions options = automatic("faults/tls-expired");
  const Run played = run(options);
  CHECK(played.status == client::kDone);
  CHECK(has(played.out, "!  The server's certificate has expired."));
  CHECK(has(played.out, "Do  Check the date here"));
  options.language = core::Language::kChinese;
  const Run chinese = run(options);
  CHECK(has(chinese.out, "服务器的证书过期了。\n"));
  CHECK(has(chinese.out, "怎么办  先看这台电脑的日期"));
  options.insecure = true;  // then TLS comes about, and the path is at its end
  const Run insecure = run(options);
  CHECK(insecure.status == client::kDone);
  CHECK(has(insecure.out, "从这里起加密"));
}

TEST_CASE("lines: a script that runs into broken TLS has failed") {
  const Run played = script("faults/tls-expired", "EHLO a.example\r\nSTARTTLS\r\nEHLO a.example\r\n");
  CHECK(played.status == client::kNetwork);
  CHECK(has(played.out, "this was not sent: EHLO a.example"));
}

TEST_CASE("lines: what cannot be begun is an error with its own exit status") {
  struct Row {
    std::string name;
    client::StepOptions options;
    int status;
    std::string said;
  };
  client::StepOptions missing_script = automatic("any/accept-all");
  missing_script.script = "/nowhere/at/all";
  client::StepOptions bad_transcript = automatic("any/accept-all");
  bad_transcript.transcript = "/nowhere/at/all";
  for (const Row& row :
       {Row{"an unknown scenario", automatic("any/nothing"), client::kUsage, "any/accept-all"},
        Row{"a script that is not there", missing_script, client::kUsage, "smtplab: /nowhere/at/all: cannot read"},
        Row{"a transcript that cannot be written", bad_transcript, client::kUsage, "/nowhere/at/all"}}) {
    CAPTURE(row.name);
    const Run played = run(row.options);
    CHECK(played.status == row.status);
    CHECK(has(played.error, row.said));
  }
}

TEST_CASE("lines: where nobody listens the exit status is that of the network") {
  std::uint16_t port = 0;
  {
    net::Loop loop;
    auto listener = net::Listener::open(loop, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
    REQUIRE(listener);
    port = (*listener)->port();
  }
  client::StepOptions options;
  options.server = "127.0.0.1";
  options.port = port;
  options.script = "-";
  const Run played = run(options);
  CHECK(played.status == client::kNetwork);
  CHECK(has(played.out, "Do  Mail programs send to --port 587"));
  options.language = core::Language::kChinese;
  const Run chinese = run(options);
  CHECK(has(chinese.out, "：连接被拒绝（那里没有程序在监听：请检查端口，再看服务器是否在运行）"));
  CHECK(has(chinese.out, "怎么办  邮件客户端发信用 --port 587"));
  CHECK(has(played.out, "-- the connection failed: "));
}

TEST_CASE("lines: --transcript holds the events of the run") {
  std::string name = (std::filesystem::temp_directory_path() / "smtplab-run-XXXXXX").string();
  REQUIRE(mkstemp(name.data()) >= 0);
  client::StepOptions options = automatic("netease/wrong-password");
  options.transcript = name;
  CHECK(run(options).status == client::kDone);
  std::ifstream file(name);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove(name);
  CHECK(has(text, "\"code\":535"));
  CHECK(has(text, "\"code\":235"));
  CHECK_FALSE(has(text, scenario::Catalogue::embedded().load("netease/wrong-password").value().accounts.front().password));
}

TEST_CASE("lines: what a script does wrong stands at the event that shows it, before what is generally so") {
  const std::string text = "HELO a\r\nMAIL FROM <alice@163.com>\r\nRCPT TO:<bob@163.com>\r\nQUIT\r\n";
  const Run english = script("netease/first-mail", text);
  const auto at = [&](std::string_view part) {
    CAPTURE(english.out);
    CAPTURE(part);
    REQUIRE(has(english.out, part));
    return english.out.find(part);
  };
  CHECK(at("C: HELO a\n     Advice  HELO with a short name") < at("S: 250 OK"));
  CHECK(at("C: MAIL FROM <alice@163.com>\n     !  The colon is missing\n") < at("     Rule  RFC 5321 §4.1.1.2\nS: 553 "));
  CHECK(at("!  MAIL FROM before the login\n     Rule  ") < at("     Why  smtp.163.com sends mail only"));
  CHECK(at("C: RCPT TO:<bob@163.com>\n     !  The error was not noticed\n     → From  MAIL FROM before the login\nS: 503 ") >
        0);
  CHECK_FALSE(has(english.out, "Too early for this command"));  // that is no news
  const Run chinese = script("netease/first-mail", text, core::Language::kChinese);
  CHECK(has(chinese.out, "     !  缺了冒号"));
  CHECK(has(chinese.out, "     依据  RFC 5321 §4.1.1.2\n"));
  CHECK(has(chinese.out, "     → 源于  "));
}

TEST_CASE("lines: a line whose end never comes is told when the script is over") {
  const Run played = script("any/accept-all", "HELO client.example");
  CHECK(has(played.out, "!  The line has no end"));
}

TEST_CASE("lines: a transcript has the findings, also where its passwords are masked") {
  const std::string name = (std::filesystem::temp_directory_path() / "smtplab-findings.jsonl").string();
  client::StepOptions options;
  options.scenario = "netease/first-mail";
  options.script = "-";
  options.transcript = name;
  // "HVKQXZDNRTLMWABC" and a line end.
  const Run played = run(options,
                         "EHLO client.example\r\nAUTH LOGIN\r\nYWxpY2VAMTYzLmNvbQ==\r\nSFZLUVhaRE5SVExNV0FCQwo=\r\n"
                         "QUIT\r\n");
  std::ifstream file(name);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove(name);
  CAPTURE(text);
  CHECK_FALSE(has(text, "SFZLUVhaRE5SVExNV0FCQwo"));
  CHECK(has(text, R"("kind":"finding","number":)"));
  CHECK(has(text, R"("id":"base64-of-newline")"));
}
