#include "dialogue/auth_turn.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/dialogue/sample.h"

namespace {

using dialogue::Event;

Event answer(int code, std::string text, smtp::Input input) {
  Event event = test::server_reply(code, {std::move(text)});
  event.input = input;
  return event;
}

// "CRAM-MD5 server 0", or "" for an event outside of any exchange.
std::string turn_of(const dialogue::Log& log, const Event& event) {
  const auto turn = dialogue::auth_turn(log, event);
  if (!turn) return {};
  return turn->mechanism + (turn->speaker == sasl::Speaker::kServer ? " server " : " client ") + std::to_string(turn->round);
}

struct TurnRow {
  std::string name;
  std::vector<Event> events;
  std::vector<std::string> turns;
};

TEST_CASE("auth turn: each line of an exchange knows its mechanism, its speaker and its round") {
  const auto response = [] { return test::response_line("YQ==\r\n", false); };
  const auto ask = [](smtp::Input input) { return answer(334, "YQ==", input); };
  const std::vector<TurnRow> rows{
      {"the server speaks first",
       {test::client_line("AUTH LOGIN\r\n"), ask(smtp::Input::kAuth), response(), ask(smtp::Input::kAuthResponse), response(),
        answer(235, "ok", smtp::Input::kAuthResponse)},
       {"LOGIN client 0", "LOGIN server 0", "LOGIN client 0", "LOGIN server 1", "LOGIN client 1", ""}},
      {"an initial response counts",
       {test::client_line("AUTH SCRAM-SHA-256 biwsbj11LHI9Yg==\r\n"), ask(smtp::Input::kAuth), response()},
       {"SCRAM-SHA-256 client 0", "SCRAM-SHA-256 server 1", "SCRAM-SHA-256 client 1"}},
      {"a second exchange begins anew",
       {test::client_line("AUTH LOGIN\r\n"), answer(504, "no", smtp::Input::kAuth), test::client_line("auth plain\r\n"),
        answer(334, "", smtp::Input::kAuth), response()},
       {"LOGIN client 0", "", "PLAIN client 0", "PLAIN server 0", "PLAIN client 0"}},
      {"a response in pieces is one",
       {test::client_line("AUTH LOGIN\r\n"), ask(smtp::Input::kAuth), test::response_line("YQ", false), response(),
        ask(smtp::Input::kAuthResponse)},
       {"LOGIN client 0", "LOGIN server 0", "LOGIN client 0", "LOGIN client 0", "LOGIN server 1"}},
      {"no exchange", {test::client_line("NOOP\r\n"), answer(250, "ok", smtp::Input::kNoop), response()}, {"", "", ""}},
  };
  for (const TurnRow& row : rows) {
    CAPTURE(row.name);
    dialogue::Log log(smtp::door());
    for (const Event& event : row.events) log.append(event);
    std::vector<std::string> turns;
    for (const Event& event : log.events()) turns.push_back(turn_of(log, event));
    CHECK(turns == row.turns);
  }
}

}  // namespace
