// What was written is read back: JSON lines, and lines as RFCs print them.
#include <string>

#include <doctest/doctest.h>

#include "dialogue/json_lines.h"
#include "dialogue/json_reader.h"
#include "dialogue/text_lines.h"
#include "dialogue/text_reader.h"

TEST_CASE("dialogue: JSON lines give back what was said, and when") {
  dialogue::Event event;
  event.number = 7;
  event.at = std::chrono::microseconds(2500);
  event.kind = dialogue::Kind::kClient;
  for (const std::string octets : {"HELO a\r\n", "HELO a\n", "a\\b\x16\xff\r\n", "DATA"}) {
    CAPTURE(octets);
    event.bytes = octets;
    event.pieces = {{2, std::chrono::microseconds(1000)}, {octets.size() - 2, std::chrono::microseconds(2500)}};
    const auto read = dialogue::events_from_json_lines(dialogue::json_line(event, {.show_secrets = false, .connection = 3}));
    REQUIRE(read);
    REQUIRE(read->events.size() == 1);
    CHECK(read->events.front().connection == 3);
    const dialogue::Event& again = read->events.front().event;
    CHECK(again.number == 7);
    CHECK(again.at == event.at);
    CHECK(again.kind == event.kind);
    CHECK(again.bytes == octets);
    CHECK(again.pieces == event.pieces);
  }
}

TEST_CASE("dialogue: a masked secret is known as such, and a finding stays as it is") {
  const std::string finding = R"({"kind":"finding","number":1,"id":"no-quit"})";
  const auto read =
      dialogue::events_from_json_lines(R"({"number":1,"at":0.5,"kind":"client","text":"********␍␊","chunks":[14]})"
                                       "\n" +
                                       finding + "\n");
  REQUIRE(read);
  CHECK(read->is_masked);
  CHECK(read->events.front().event.bytes == "********\r\n");
  CHECK(read->events.front().event.pieces.front().octets == 10);
  REQUIRE(read->findings.size() == 1);
  CHECK(read->findings.front() == finding);
  CHECK_FALSE(dialogue::events_from_json_lines("{\"kind\":\"weather\"}\n"));
  CHECK_FALSE(dialogue::events_from_json_lines("[1]\n"));
}

TEST_CASE("dialogue: plain lines give back what they are printed from") {
  const std::string text = "-- connected\nS: 220 a\nC: HELO a␊\nC: MAIL (no line end)\n-- closed by the client\n";
  const auto events = dialogue::events_from_text(text);
  REQUIRE(events);
  std::string again;
  for (const dialogue::Event& event : *events) {
    for (const std::string& line : dialogue::text_lines(event)) again += line + "\n";
  }
  CHECK(again == text);
}

TEST_CASE("dialogue: lines of one reply are one event, a pause is time, anything else is named") {
  const auto events = dialogue::events_from_text("S: 250-a\n-- 1.5 s later\nS: 250 b\nC:\n");
  REQUIRE(events);
  REQUIRE(events->size() == 3);
  CHECK((*events)[1].bytes == "250-a\r\n250 b\r\n");
  CHECK((*events)[1].pieces.size() == 2);
  CHECK((*events)[1].at - (*events)[1].pieces.front().at == std::chrono::microseconds(1'501'000));
  CHECK((*events)[2].bytes == "\r\n");
  CHECK_FALSE(dialogue::events_from_text("hello\n"));
}
