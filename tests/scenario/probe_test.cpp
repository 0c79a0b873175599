#include "mockserver/scenario/probe.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/catalogue.h"

namespace {

using scenario::Probe;

scenario::Scenario with(const std::string& probes, const std::string& id = "any/accept-all") {
  auto loaded = scenario::Catalogue::embedded().load(id);
  REQUIRE(loaded.has_value());
  auto parsed = scenario::parse_probes(probes);
  REQUIRE(parsed.has_value());
  auto laid = scenario::lay_over(*parsed, *loaded);
  REQUIRE_MESSAGE(laid.has_value(), (laid ? std::string() : laid.error().text.en));
  return std::move(*loaded);
}

// What the server says to each line, without I/O: "220|250|…", effects behind in brackets.
std::string said_in(const scenario::Scenario& scenario, const std::vector<std::string>& lines, bool whole = false) {
  const auto server = scenario.protocol->server(scenario.server);
  const auto session = server->session("nonce");
  scenario::History history;
  scenario::Behaviour behaviour(scenario, history, 1, {{"id", "ID"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}});
  std::string out;
  bool is_over = false;
  const auto serve = [&] {
    while (auto turn = session->next_turn()) {
      const scenario::Decision decision = behaviour.decide(*turn, *session, {1, {}});
      session->answer(decision.reply, decision.bytes, decision.closes());
      (void)session->take_actions();
      out += out.empty() ? "" : "|";
      out += whole ? decision.bytes : decision.bytes.substr(0, 3);
      if (decision.effects.delay.count() > 0) out += "(" + std::to_string(decision.effects.delay.count()) + " ms)";
      if (decision.effects.split) out += decision.effects.split->in_two ? "(in two)" : "(in pieces)";
      is_over = is_over || decision.effects.then.has_value();
      if (decision.effects.then == scenario::Then::kClose) out += "(close)";
      if (decision.effects.then == scenario::Then::kStall) out += "(stall)";
    }
  };
  serve();
  for (const std::string& line : lines) {
    if (is_over) break;
    session->receive(line + "\r\n");
    serve();
  }
  return out;
}

const std::vector<std::string> kMail{
    "EHLO a.example", "MAIL FROM:<a@a.example>", "RCPT TO:<b@b.example>", "DATA", "x\r\n.", "QUIT"};

}  // namespace

TEST_CASE("probe: it is read as it is written") {
  struct Row {
    std::string text;
    Probe probe;
  };
  for (const Row& row :
       std::vector<Row>{{"slow", {}},
                        {"slow=40", {Probe::Kind::kSlow, std::chrono::milliseconds(40)}},
                        {"split", {Probe::Kind::kSplit}},
                        {"refuse=RCPT", {Probe::Kind::kRefuse, std::chrono::milliseconds(250), "rcpt"}},
                        {"refuse=rcpt:450", {Probe::Kind::kRefuse, std::chrono::milliseconds(250), "rcpt", "450"}},
                        {"close=data", {Probe::Kind::kClose, std::chrono::milliseconds(250), "data"}}}) {
    CAPTURE(row.text);
    const auto probe = scenario::parse_probe(row.text);
    REQUIRE(probe.has_value());
    CHECK(*probe == row.probe);
  }
  for (const std::string bad : {"", "sloow", "slow=", "slow=x", "slow=0", "slow=60001", "slow=-1", "split=2", "refuse",
                                "refuse=", "refuse=rcpt:", "close=rcpt:550", "stall="}) {
    CAPTURE(bad);
    const auto probe = scenario::parse_probe(bad);
    REQUIRE_FALSE(probe.has_value());
    CHECK_FALSE(probe.error().hint.empty());
    CHECK_FALSE(probe.error().text.zh.empty());
  }
  CHECK(scenario::parse_probes("slow, split,refuse=mail")->size() == 3);
  CHECK_FALSE(scenario::parse_probes("slow,,split").has_value());
}

TEST_CASE("probe: what it does is done to every client") {
  struct Row {
    std::string probes;
    std::string said;
  };
  for (const Row& row : std::vector<Row>{
           {"slow=40", "220(40 ms)|250(40 ms)|250(40 ms)|250(40 ms)|354(40 ms)|250(40 ms)|221(40 ms)"},
           {"slow=40,split",
            "220(290 ms)(in two)|250(40 ms)(in two)|250(40 ms)(in two)|250(40 ms)(in two)|354(40 ms)(in two)|"
            "250(40 ms)(in two)|221(40 ms)(in two)"},
           {"bytewise",
            "220(250 ms)(in pieces)|250(in pieces)|250(in pieces)|250(in pieces)|354(in pieces)|250(in pieces)|221(in pieces)"},
           {"refuse=rcpt", "220|250|250|550|554|500|500|221"},
           {"refuse=rcpt:450", "220|250|250|450|554|500|500|221"},
           {"refuse=message:552", "220|250|250|250|354|552|221"},
           {"close=data", "220|250|250|250|(close)"},
           {"stall=mail", "220|250|(stall)"},
           {"refuse=mail,slow=1", "220(1 ms)|250(1 ms)|550(1 ms)|503(1 ms)|503(1 ms)|500(1 ms)|500(1 ms)|221(1 ms)"},
       }) {
    CAPTURE(row.probes);
    CHECK(said_in(with(row.probes, "any/accept-all"), kMail) == row.said);
  }
}

TEST_CASE("probe: other words leave the codes and what a client needs") {
  const std::string own = said_in(with("slow=1", "any/accept-all"), kMail, true);
  const std::string others = said_in(with("words", "any/accept-all"), kMail, true);
  CHECK(said_in(with("words", "any/accept-all"), kMail) == "220|250|250|250|354|250|221");
  CHECK(own.find("PIPELINING") != std::string::npos);
  CHECK(others.find("PIPELINING") != std::string::npos);
  CHECK(others.find("queued") == std::string::npos);
}

TEST_CASE("probe: what the protocol does not have is refused with what it has") {
  auto loaded = scenario::Catalogue::embedded().load("any/accept-all");
  REQUIRE(loaded.has_value());
  for (const std::string bad : {"refuse=rctp", "close=retr", "refuse=rcpt:250", "refuse=rcpt:-ERR", "refuse=rcpt:55"}) {
    CAPTURE(bad);
    const auto laid = scenario::lay_over(*scenario::parse_probes(bad), *loaded);
    REQUIRE_FALSE(laid.has_value());
    CHECK_FALSE(laid.error().hint.empty());
  }
}
