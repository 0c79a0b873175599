// An event log that was kept with its secrets is enough to lead the dialogue again through the session, and what comes of it
// are the same events.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "dialogue/json_lines.h"
#include "dialogue/log.h"
#include "tests/mockserver/json_octets.h"
#include "tests/mockserver/scene.h"

namespace {

using Json = nlohmann::json;
using test::Client;
using test::Scene;

Json read_back(const dialogue::Event& event) { return Json::parse(dialogue::json_line(event, {.show_secrets = true})); }

// What a log says of octets and their meaning, without what only the server around the session knows.
Json of_the_session(Json event) {
  for (const char* const key : {"number", "at", "explanation", "user"}) event.erase(key);
  return event;
}

// Leads a dialogue again, from its log alone.
class Replay {
 public:
  Replay(const scenario::Scenario& scenario, std::vector<Json> log)
      : protocol_(*scenario.protocol),
        server_(protocol_.server(scenario.server)),
        session_(server_->session("nonce")),
        log_(std::move(log)) {
    for (const Json& event : log_) {
      if (event["kind"] == "client") take_pieces(event);
    }
  }

  std::vector<Json> run() {
    for (const Json& event : log_) {
      if (event["kind"] == "client") say(event);
      if (event["kind"] == "server") answer(event);
    }
    return std::move(events_);
  }

 private:
  struct Piece {
    std::string octets;
    double at;
  };

  void take_pieces(const Json& event) {
    std::string octets = test::octets_of(event);
    const Json times = event.value("times", Json::array({event["at"]}));
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto length = event["chunks"][i].get<std::size_t>();
      pieces_.push_back({octets.substr(0, length), times[i].get<double>()});
      octets.erase(0, length);
    }
  }

  // What has come by then. Parts of a piece that was cut between two events came together.
  void receive_up_to(double time) {
    std::string octets;
    for (; next_ < pieces_.size() && pieces_[next_].at <= time; ++next_) octets += pieces_[next_].octets;
    tape_.add(octets, {});
    session_->receive(octets);
  }

  void say(const Json& event) {
    receive_up_to(event["at"].get<double>());
    if (!turn_) turn_ = session_->next_turn();
    REQUIRE(turn_);
    asked_ = turn_->input;
    dialogue::Event said = dialogue::from_said(turn_->said, tape_.take(turn_->said.octets));
    turn_.reset();
    said.pieces.clear();
    add(said, event);
  }

  void answer(const Json& event) {
    if (!std::exchange(is_greeted_, true)) REQUIRE(session_->next_turn());
    receive_up_to(event["at"].get<double>());
    const std::string code = std::to_string(event["code"].get<int>());
    const protocol::Answer answer{protocol_.outcome_of(code).value(), code, event["lines"].get<std::vector<std::string>>()};
    const std::string bytes = test::octets_of(event);
    const protocol::StateChange change = session_->answer(answer, bytes);
    add(dialogue::from_answer(answer, bytes, asked_, change), event);
    turn_ = session_->next_turn();
  }

  // How it was cut is not the session's doing.
  void add(const dialogue::Event& event, const Json& original) {
    Json again = read_back(event);
    for (const char* const key : {"chunks", "times"}) {
      if (original.contains(key)) again[key] = original[key];
    }
    events_.push_back(std::move(again));
  }

  const protocol::Protocol& protocol_;
  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
  std::vector<Json> log_;
  std::vector<Piece> pieces_;  // that the client sent
  std::size_t next_ = 0;       // of them
  core::Tape tape_;
  protocol::Input asked_ = smtp::Input::kConnect;
  std::optional<protocol::Turn> turn_;  // that had come when the one before was answered
  bool is_greeted_ = false;
  std::vector<Json> events_;
};

TEST_CASE("mock server: a log led again through the session gives the same events") {
  struct Row {
    std::string name;
    std::vector<std::string> writes;  // each when what was written before is answered
  };
  const std::string envelope = "MAIL FROM:<alice@mock.example>\r\nRCPT TO:<x@y.example>\r\n";
  for (const Row& row : {
           Row{"one after the other", {"EHLO a.example\r\n", "NOOP\r\n"}},
           Row{"a login, its secrets shown",
               {"EHLO a.example\r\n", "AUTH LOGIN\r\n", "YWxpY2VAbW9jay5leGFtcGxl\r\n", "c2VjcmV0\r\n"}},
           Row{"all at once", {"EHLO a.example\r\n" + envelope + "DATA\r\n.hidden\r\n..\r\n.\r\nNOOP\r\n"}},
           Row{"octets that are no text", {"EHLO a.example\r\n", "NOOP \xff\x01 ␍␊ \\x0d\r\n", "HELP x\n"}},
           Row{"a group, and more than may be said", {"EHLO a.example\r\n", envelope + "DATA\r\nHello\r\n.\r\n"}},
           Row{"chunks", {"EHLO a.example\r\n", envelope + "BDAT 3\r\na\r\nBDAT 2 LAST\r\nbc"}},
           Row{"a line that is too long", {"HELO a.example\r\n", "NOOP " + std::string(5000, 'x') + "\r\nNOOP\r\n"}},
       }) {
    CAPTURE(row.name);
    scenario::Scenario scenario = test::plain_scenario();
    scenario.server.offers = {"PIPELINING", "AUTH LOGIN PLAIN", "CHUNKING"};
    Scene scene(scenario);
    Client client(scene);
    client.reply();
    for (const std::string& octets : row.writes) client.say(octets);
    // What is written last is all answered when the client says that it is done.
    client.peer.stream->finish();
    scene.wait_for(test::Kind::kClosed);
    std::vector<Json> log;
    std::vector<Json> wanted;
    for (const test::Seen& seen : scene.seen) {
      log.push_back(read_back(seen.event));
      if (seen.event.kind == test::Kind::kClient || seen.event.kind == test::Kind::kServer) wanted.push_back(log.back());
    }
    const std::vector<Json> again = Replay(scenario, log).run();
    REQUIRE(again.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(of_the_session(again[i]) == of_the_session(wanted[i]));
  }
}

}  // namespace
