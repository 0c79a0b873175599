#include "client/labs/marking.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/labs/conditions.h"
#include "client/labs/record.h"
#include "client/labs/unjudged.h"
#include "dialogue/event.h"
#include "protocol/known.h"
#include "protocol/protocol.h"

namespace {

const knowledge::Knowledge& knowledge_of() {
  const auto& knowledge = knowledge::Knowledge::embedded();
  REQUIRE(knowledge);
  return *knowledge;
}

lab::Check check(const std::string& name, const std::string& key, const std::vector<std::string>& values) {
  lab::Check made;
  made.name = name;
  made.title = core::same(name);
  made.trials = {"normal"};
  made.conditions = {{key, values}};
  return made;
}

// Connects, speaks, is accepted, says goodbye: each of the checks names its own mistakes.
lab::Lab sending() {
  lab::Lab lab;
  lab.trials.resize(2);
  lab.trials[0].name = "normal";
  lab.trials[1].name = "slow";
  lab.checks = {check("connects", "connected", {"true"}), check("waits", "never", {"sends-before-reply"}),
                check("brackets", "never", {"no-angle-brackets"}), check("accepted", "accepted", {"1.."}),
                check("advice", "never", {"helo-not-fqdn"})};
  lab.checks[1].trials = {"normal", "slow"};
  lab.checks[3].is_purpose = true;
  lab.checks[3].needs = {"connects", "brackets"};
  lab.checks[4].kind = lab::CheckKind::kNote;
  return lab;
}

findings::Finding finding(const std::string& id, std::uint64_t number = 1) {
  findings::Finding made;
  made.number = number;
  made.id = id;
  return made;
}

lab::Evidence evidence(const std::string& trial, bool accepted, std::vector<findings::Finding> wrong = {}) {
  lab::Evidence made;
  made.trial = trial;
  made.visits.resize(1);
  made.visits[0].number = 1;
  made.visits[0].wrong = std::move(wrong);
  if (accepted) made.messages.push_back(std::make_shared<const store::Message>());
  return made;
}

std::string outcomes(const lab::Sheet& sheet) {
  std::string all;
  for (const lab::CheckResult& one : sheet.checks) all += (all.empty() ? "" : " ") + std::string(lab::name(one.outcome));
  return all;
}

TEST_CASE("labs: all is well") {
  const lab::Sheet sheet = lab::mark(sending(), {{evidence("normal", true), evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.verdict == lab::Verdict::kFull);
  CHECK(sheet.points == 4);
  CHECK(sheet.of == 4);
  CHECK(sheet.first.empty());
  CHECK_FALSE(sheet.praise.empty());
}

TEST_CASE("labs: advice costs nothing and is not said first") {
  const lab::Sheet sheet =
      lab::mark(sending(), {{evidence("normal", true, {finding("helo-not-fqdn")}), evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.verdict == lab::Verdict::kPassWithNotes);
  CHECK(sheet.points == 4);
  CHECK(sheet.first.empty());
  CHECK(sheet.sentence.en.find("advice") != std::string::npos);
}

TEST_CASE("labs: a must that fails in another trial is a part of the marks") {
  const lab::Sheet sheet = lab::mark(
      sending(), {{evidence("normal", true), evidence("slow", true, {finding("sends-before-reply")})}}, knowledge_of());
  CHECK(sheet.verdict == lab::Verdict::kPartial);
  CHECK(sheet.points == 3);
  CHECK(sheet.first == "sends-before-reply");
  CHECK(sheet.checks[1].trial == "slow");
}

TEST_CASE("labs: what follows from a mistake is not counted") {
  std::vector<findings::Finding> both{finding("helo-not-fqdn"), finding("sends-before-reply", 2)};
  both[1].follows = 1;
  const lab::Sheet sheet = lab::mark(sending(), {{evidence("normal", true, both), evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.points == 4);
}

TEST_CASE("labs: one mistake costs one check") {
  const lab::Evidence stopped = evidence("normal", false, {finding("no-angle-brackets")});
  const auto pardon = lab::pardon_for(sending(), stopped);
  REQUIRE(pardon);
  CHECK(pardon->quirks == std::vector<std::string>{"no-angle-brackets"});
  lab::Evidence forgiven = evidence("normal", true, {finding("no-angle-brackets")});
  forgiven.forgiven = {pardon->mistake};
  const lab::Sheet sheet = lab::mark(sending(), {{stopped, forgiven, evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.points == 3);
  CHECK(sheet.verdict == lab::Verdict::kPartial);
  CHECK(sheet.first == "no-angle-brackets");
  CHECK(outcomes(sheet) == "passed passed failed passed passed");
  // Who had a message accepted needs no pardon.
  CHECK_FALSE(lab::pardon_for(sending(), forgiven));
}

TEST_CASE("labs: what a note names costs no must where a server refuses it") {
  lab::Lab lab = sending();
  lab.checks[4].conditions[0].values = {"helo-then-auth"};
  const lab::Evidence stopped = evidence("normal", false, {finding("helo-then-auth")});
  const auto pardon = lab::pardon_for(lab, stopped);
  REQUIRE(pardon);
  lab::Evidence forgiven = evidence("normal", true, {finding("helo-then-auth")});
  forgiven.forgiven = {pardon->mistake};
  const lab::Sheet sheet = lab::mark(lab, {{stopped, forgiven, evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.verdict == lab::Verdict::kPassWithNotes);
  CHECK(outcomes(sheet) == "passed passed passed passed failed");
}

TEST_CASE("labs: what stands behind a failure is not tried, unless it was seen") {
  const lab::Sheet stopped =
      lab::mark(sending(), {{evidence("normal", false, {finding("no-angle-brackets")})}}, knowledge_of());
  CHECK(outcomes(stopped) == "passed passed failed not-tried passed");
  CHECK(stopped.verdict == lab::Verdict::kFail);
  const lab::Sheet seen = lab::mark(
      sending(), {{evidence("normal", true, {finding("no-angle-brackets")}), evidence("slow", true)}}, knowledge_of());
  CHECK(outcomes(seen) == "passed passed failed passed passed");
}

TEST_CASE("labs: what no check names is told and costs nothing") {
  const lab::Sheet sheet =
      lab::mark(sending(), {{evidence("normal", true, {finding("no-quit")}), evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.points == 4);
  CHECK(sheet.verdict == lab::Verdict::kPassWithNotes);
  CHECK(sheet.checks.back().findings == std::vector<std::string>{"no-quit"});
}

struct PrintedRow {
  const char* printed;
  const char* id;     // empty: it is judged
  const char* names;  // what the sentence names
};

TEST_CASE("labs: who could not run gets no mark") {
  const PrintedRow rows[] = {
      {"  File \"/tmp/x/a.py\", line 3\n    print \"x\"\nSyntaxError: Missing parentheses in call to 'print'", "python-2",
       "a.py, line 3"},
      {"FileNotFoundError: [Errno 2] No such file or directory: 'cat.png'", "file-missing", "cat.png"},
      {"_tkinter.TclError: no display name and no $DISPLAY environment variable", "window", "display"},
      {"ModuleNotFoundError: No module named 'yagmail'", "library-missing", "yagmail"},
      {"ConnectionResetError: [Errno 104] Connection reset by peer", "", ""},
  };
  for (const PrintedRow& row : rows) {
    CAPTURE(std::string(row.printed));
    lab::Evidence one = evidence("normal", false);
    one.printed = row.printed;
    const auto why = lab::why_not_judged(one);
    CHECK(why.has_value() == (std::string(row.id) != ""));
    if (!why) continue;
    CHECK(why->id == row.id);
    CHECK(why->sentence.en.find(row.names) != std::string::npos);
    one.messages.push_back(std::make_shared<const store::Message>());
    CHECK_FALSE(lab::why_not_judged(one));  // it did run
  }
  lab::Evidence elsewhere;
  elsewhere.trial = "normal";
  elsewhere.elsewhere = {"192.0.2.1:26"};
  CHECK(lab::why_not_judged(elsewhere)->id == "connected-elsewhere");
}

TEST_CASE("labs: a placeholder is no address, even where everybody is welcome") {
  lab::Evidence one = evidence("normal", true);
  dialogue::Event said;
  said.kind = dialogue::Kind::kClient;
  said.input = protocol::find("smtp")->find_command("MAIL");
  said.bytes = "MAIL FROM:<Your_Email@gmail.com>\r\n";
  one.visits[0].events = {said};
  one.placeholders.emplace("your_email", core::same("a.py, line 3"));
  const lab::Sheet sheet = lab::mark(sending(), {{one, evidence("slow", true)}}, knowledge_of());
  CHECK(sheet.verdict == lab::Verdict::kNotJudged);
  CHECK(sheet.first == "placeholder");
  CHECK(sheet.unjudged.en.find("a.py, line 3") != std::string::npos);
}

// Octets of a message, and whether a condition holds of it.
struct MessageRow {
  const char* key;
  std::vector<std::string> values;
  const char* content;
  bool holds;
};

TEST_CASE("labs: conditions on a message compare what it decodes to") {
  const MessageRow rows[] = {
      {"text", {"{body}"}, "Subject: x\r\n\r\none\r\n\r\ntwo\r\n", true},
      {"text", {"{body}"}, "Subject: x\r\n\r\none\r\ntwo\r\n", false},
      {"text",
       {"{body}"},
       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nb25lCgp0d28K\r\n",
       true},
      {"subject", {"{subject}"}, "Subject: =?utf-8?B?5Lit?=\r\n\r\n", true},
      {"subject", {"{subject}"}, "Subject: zhong\r\n\r\n", false},
      {"subject", {"{untold}"}, "Subject: x\r\n\r\n", true},  // the program never got to know it
      {"field", {"Date"}, "Date: x\r\n\r\n", true},
      {"field", {"Date"}, "Date:\r\n\r\n", false},
      {"field_lacks", {"*", "eve@"}, "To: a@b\r\nX: eve@b\r\n\r\n", false},
      {"field_lacks", {"Bcc"}, "To: a@b\r\n\r\n", true},
      {"recipients", {"a@b,c@d"}, "", true},
      {"recipients", {"a@b"}, "", false},
      {"recipients_each", {"2.."}, "", true},
      {"sender", {"x@y"}, "", false},
  };
  for (const MessageRow& row : rows) {
    CAPTURE(std::string(row.key));
    CAPTURE(std::string(row.content));
    lab::Evidence one = evidence("normal", false);
    one.given = {{"body", "one\n\ntwo\n"}, {"subject", "中"}, {"untold", "y"}};
    one.told = {"body", "subject"};
    store::Message message;
    message.content = row.content;
    message.forward_paths = {"A@b", "c@d"};
    one.messages.push_back(std::make_shared<const store::Message>(message));
    CHECK(lab::look({row.key, row.values}, one).holds == row.holds);
  }
}

TEST_CASE("labs: every condition says what it does not take") {
  for (const std::string_view key : lab::condition_keys()) {
    CAPTURE(key);
    CHECK_FALSE(lab::find_condition(key)->check({}).empty());
  }
}

}  // namespace

TEST_CASE("labs: a password that was said is told nowhere, in clear or in base64") {
  lab::Trials trials;
  trials.all.push_back(evidence("normal", true));
  lab::Evidence& normal = trials.all.front();
  normal.visits[0].protocol = "smtp";
  dialogue::Event said;
  said.kind = dialogue::Kind::kClient;
  said.bytes = "AUTH PLAIN AGFsaWNlAGdyZWVuLUdsYXNzLTcz\r\n";
  said.secrets = {{11, 39}};
  normal.visits[0].events = {said};
  normal.printed =
      "sent AUTH PLAIN AGFsaWNlAGdyZWVuLUdsYXNzLTcz\nZ3JlZW4tR2xhc3MtNzM=\nlogin with green-Glass-73 failed\nthe end";
  normal.repeat = "smtplab run any -- python3 c.py green-Glass-73";
  const lab::Sheet sheet = lab::mark(sending(), trials, knowledge_of());
  REQUIRE(sheet.trials.size() == 1);
  CHECK(sheet.trials[0].printed == "sent AUTH PLAIN ********\n********\nlogin with ******** failed\nthe end");
  CHECK(sheet.trials[0].repeat == "smtplab run any -- python3 c.py ********");
  CHECK(lab::without_said_secrets({"python3", "c.py", "green-Glass-73"}, trials.all) ==
        std::vector<std::string>{"python3", "c.py", "********"});
}
