#include "client/labs/answering.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/labs/collection.h"
#include "client/labs/python_call.h"
#include "client/labs/times.h"

namespace {

lab::Lab asking() {
  lab::Lab lab;
  lab.answers = {{{"*password*"}, "{password}", false},
                 {{"first*"}, "1", true},
                 {{"*to:*"}, "{to}", false},
                 {{"*cc*"}, "{cc}", false},
                 {{"*text*"}, "{body}", false}};
  lab.given = {{"password", "secret"}, {"to", "bob@example.org"}, {"body", "one\ntwo\n"}};
  return lab;
}

TEST_CASE("labs: what is asked last is answered") {
  const lab::Lab lab = asking();
  lab::Answering answering(lab, lab.given);
  CHECK(answering.next("Welcome\nEnter the PASSWORD please: ") == "secret");
  CHECK(answering.next("To: ") == "bob@example.org");
  CHECK(answering.told() == std::set<std::string>{"password", "to"});
  CHECK_FALSE(answering.has_run_out());
  CHECK_FALSE(answering.next("Cc: "));  // none is given
  CHECK(answering.has_run_out());
}

TEST_CASE("labs: a text is typed line by line, and ended with a dot where more is read") {
  const lab::Lab lab = asking();
  lab::Answering answering(lab, lab.given);
  CHECK(answering.next("Your text: ") == "one");
  CHECK(answering.next("") == "two");
  CHECK(answering.next("To: ") == "bob@example.org");  // something else is asked
  CHECK(answering.next("Your text: ") == "one");
  CHECK(answering.next("") == "two");
  CHECK(answering.next("") == ".");
  CHECK_FALSE(answering.next(""));
}

TEST_CASE("labs: nobody answers for ever") {
  const lab::Lab lab = asking();
  lab::Answering answering(lab, lab.given);
  CHECK(answering.next("first: ") == "1");
  CHECK_FALSE(answering.next("first: "));
  int times = 0;
  while (answering.next("To: ") && times < 100) ++times;
  CHECK(times < 100);
}

struct Prompts {
  const char* lab;
  std::vector<std::string> asked;
  std::vector<std::string> answers;
};

TEST_CASE("labs: an address is told from another by the words, and where there are none by the order") {
  const std::string alice = "alice@course.example";
  const std::string bob = "bob@course.example";
  const std::string code = "QWERTYUIOPASDFGH";
  const Prompts rows[] = {
      {"login", {"Email address: ", "Authorization code: ", "Recipient: "}, {alice, code, bob}},
      {"login", {"Enter email: ", "Password: ", "Enter email: "}, {alice, code, bob}},
      {"login", {"邮箱：", "授权码：", "收件人邮箱："}, {alice, code, bob}},
      {"login", {"Email of the receiver: ", "Your email: "}, {bob, alice}},
      {"login", {"Send to which email: "}, {bob}},
  };
  for (const Prompts& row : rows) {
    CAPTURE(row.asked.front());
    const auto lab = lab::find(row.lab);
    REQUIRE(lab);
    lab::Answering answering(*lab, lab->given);
    std::vector<std::string> answers;
    for (const std::string& question : row.asked) answers.push_back(answering.next(question).value_or("-"));
    CHECK(answers == row.answers);
  }
}

class Source {
 public:
  explicit Source(const std::string& text) {
    std::string name = (std::filesystem::temp_directory_path() / "labs-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    std::ofstream(path()) << text;
  }
  ~Source() { std::filesystem::remove_all(folder_); }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  [[nodiscard]] std::string path() const { return folder_ + "/a.py"; }

 private:
  std::string folder_;
};

TEST_CASE("labs: a function gets what its parameters are called after") {
  const Source source(
      "import x\ndef other(a): pass\ndef smtp_client(port=1025, mailserver='127.0.0.1', to_addrs=(1, 2), n=3):\n  pass\n");
  lab::Lab lab;
  lab.given = {{"to", "a,b"}};
  const auto command = lab::python_call(source.path() + ":smtp_client", lab);
  REQUIRE(command);
  CHECK(std::vector<std::string>(command->end() - 3, command->end()) ==
        std::vector<std::string>{"port#={port}", "mailserver={host}", "to_addrs@={to}"});
  CHECK_FALSE(lab::python_call(source.path() + ":other", lab));   // nobody knows what a is
  CHECK_FALSE(lab::python_call(source.path() + ":client", lab));  // only a part of the name
  CHECK_FALSE(lab::python_call(source.path(), lab));
  CHECK_FALSE(lab::python_call(source.path() + "x:smtp_client", lab));
}

struct TimeRow {
  const char* text;
  std::vector<long long> microseconds;
};

TEST_CASE("labs: times that a program prints") {
  const TimeRow rows[] = {
      {"HELO took 250 ms, MAIL 0.25 s", {250'000, 250'000}},
      {"RTT: 0.003214", {3214}},
      {"220 mail.example 250 OK 127.0.0.1", {}},
      {"1.5 seconds; 300us; 12毫秒", {1'500'000, 300, 12'000}},
      {"port 25 sends", {}},
      {"abc1.5s", {}},
  };
  for (const TimeRow& row : rows) {
    CAPTURE(std::string(row.text));
    std::vector<long long> got;
    for (const auto time : lab::times_in(row.text)) got.push_back(time.count() / 1000);
    CHECK(got == row.microseconds);
  }
}

}  // namespace
