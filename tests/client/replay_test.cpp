// A transcript that was kept with its secrets is enough to lead the dialogue again through the client's session, and what comes
// of it are the same events.
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "client/conversation/conversation.h"
#include "client/conversation/sent_events.h"
#include "dialogue/json_lines.h"
#include "tests/client/scenarios.h"
#include "tests/mockserver/json_octets.h"
#include "tests/net/peer.h"

namespace {

using Json = nlohmann::json;

Json written(const dialogue::Event& event) { return Json::parse(dialogue::json_line(event, {.show_secrets = true})); }

// Without what only the world around the session knows.
Json of_the_session(Json event) {
  for (const char* const key : {"number", "at", "explanation", "user", "chunks", "times"}) event.erase(key);
  return event;
}

class Replayed {
 public:
  Replayed(const scenario::Scenario& scenario, const std::vector<Json>& transcript)
      : protocol_(*scenario.protocol), session_(protocol_.client(&scenario.server)) {
    for (std::size_t i = 0; i < transcript.size(); ++i) {
      const Json& event = transcript[i];
      if (event["kind"] == "server") hear(event);
      if (event["kind"] != "client") continue;
      bytes_ += test::octets_of(event);
      // What was sent at once is several events.
      const bool goes_on =
          i + 1 < transcript.size() && transcript[i + 1]["kind"] == "client" && transcript[i + 1]["at"] == event["at"];
      if (!goes_on) send();
    }
  }

  std::vector<Json> events;

 private:
  void send() {
    core::Tape sent;
    sent.add(std::exchange(bytes_, {}), {});
    const client::Before before(*session_);
    const std::vector<protocol::Said> said = session_->send(std::string(sent.octets()));
    for (const dialogue::Event& event : client::sent_events(sent, said, *session_, before, protocol_))
      events.push_back(written(event));
  }

  void hear(const Json& event) {
    session_->receive(test::octets_of(event));
    const auto reply = session_->next();
    REQUIRE((reply && *reply));
    const protocol::Received& heard = **reply;
    events.push_back(written(dialogue::from_answer(heard.answer, heard.bytes, *heard.answers, heard.change)));
  }

  const protocol::Protocol& protocol_;
  std::unique_ptr<protocol::ClientSession> session_;
  std::string bytes_;
};

TEST_CASE("conversation: a transcript led again through the session gives the same events") {
  struct Row {
    std::string scenario;
    std::vector<std::string> sends;
  };
  for (const Row& row : {
           Row{"netease/first-mail", {"HELO client.example\r\n", "AUTH LOGIN\r\n", "YWxpY2VAMTYzLmNvbQ==\r\n", "c2VjcmV0\r\n"}},
           Row{"any/accept-all",
               {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n", "Subject: x\r\n\r\n.one\r\n",
                "..\r\n.\r\n"}},
           Row{"any/accept-all", {"EHLO a.example\r\nNOOP\r\n", "NO", "OP\r\nRSET\r\n", "VRFY \xff ␍␊\n"}},
           Row{"any/submission", {"EHLO a.example\r\n", "AUTH LOGIN YQ==\r\nYg==\r\n", "AUTH PL", "AIN AGEAYg==\r\n"}},
       }) {
    CAPTURE(row.scenario);
    net::Loop loop;
    test::Patience patience(loop);
    const scenario::Scenario scenario = test::load(row.scenario);
    client::Conversation talk(loop, scenario, [&] { loop.stop(); });
    REQUIRE(talk.open());
    REQUIRE(patience.run_until([&] { return talk.is_settled(); }));
    for (const std::string& bytes : row.sends) {
      talk.send(bytes);
      REQUIRE(patience.run_until([&] { return talk.is_settled(); }));
    }
    std::vector<Json> transcript;
    std::vector<Json> wanted;
    for (const dialogue::Event& event : talk.log().events()) {
      transcript.push_back(written(event));
      if (event.kind == dialogue::Kind::kClient || event.kind == dialogue::Kind::kServer) wanted.push_back(transcript.back());
    }
    const std::vector<Json> events = Replayed(scenario, transcript).events;
    REQUIRE(events.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(of_the_session(events[i]) == of_the_session(wanted[i]));
  }
}

}  // namespace
