#include "client/labs/hand/record.h"

#include <doctest/doctest.h>

namespace {

hand::Record sample_record() {
  hand::Record record;
  record.lab = "by-hand";
  record.scenario = "any/course";
  record.seed = 18446744073709551615U;
  record.version = "0.1.0";
  record.began = "2026-06-01T14:33:11Z";
  record.tasks = {{"introduced", 12.5, 2}, {"quit", std::nullopt, 0}};
  record.answers = {{"introduced", "p or 4", 3.5}};
  dialogue::Event said;
  said.number = 3;
  said.at = std::chrono::microseconds(1500);
  said.kind = dialogue::Kind::kClient;
  said.bytes = std::string("AUTH \xff\x00 secret\r\n", 16);
  said.secrets = {{8, 14}};
  record.events = {{2, said, hand::Origin::kTyped}};
  return record;
}

}  // namespace

TEST_CASE("record: what is written is read again, octet for octet, with what was typed as a password") {
  const auto read = hand::read_record(hand::as_json(sample_record()));
  REQUIRE(read.has_value());
  CHECK(read->lab == "by-hand");
  CHECK(read->scenario == "any/course");
  CHECK(read->seed == sample_record().seed);
  CHECK(read->began == sample_record().began);
  REQUIRE(read->tasks.size() == 2);
  CHECK(read->tasks[0].name == "introduced");
  CHECK(read->tasks[0].done == 12.5);
  CHECK(read->tasks[0].hints == 2);
  CHECK_FALSE(read->tasks[1].done.has_value());
  REQUIRE(read->answers.size() == 1);
  CHECK(read->answers[0].task == "introduced");
  CHECK(read->answers[0].answer == "p or 4");
  CHECK(read->answers[0].at == 3.5);
  REQUIRE(read->events.size() == 1);
  CHECK(read->events[0].connection == 2);
  CHECK(read->events[0].event.bytes == sample_record().events[0].event.bytes);
  CHECK(read->events[0].origin == hand::Origin::kTyped);
}

TEST_CASE("record: it says what it does not prove") {
  CHECK(hand::as_json(sample_record()).find("does not show who typed it") != std::string::npos);
}

TEST_CASE("record: what is none is refused, whatever it is") {
  for (const char* const text : {"", "[]", "{}", "not json", R"({"events": []})", R"({"events": 3, "lab": "a"})",
                                 R"({"lab":"a","scenario":"b","seed":-1,"version":"","began":"","tasks":[],"events":[1]})",
                                 R"({"lab":7,"scenario":"b","seed":1,"version":"","began":"","tasks":[],"events":[]})",
                                 R"({"lab":"a","scenario":"b","seed":1,"version":"","began":"","tasks":[{}],"events":[]})"}) {
    CAPTURE(text);
    CHECK_FALSE(hand::read_record(text).has_value());
  }
}
