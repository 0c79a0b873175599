// A dialogue that goes on at another server, in another protocol, over the same mailboxes.
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/conversation.h"
#include "client/stepper/guide.h"
#include "dialogue/text_lines.h"
#include "tests/client/scenarios.h"
#include "tests/knowledge/known.h"
#include "tests/net/peer.h"

namespace {

using client::Conversation;
using dialogue::Event;

// A path that is followed to its end over sockets.
struct Led {
  explicit Led(std::string_view id, client::Manners manners = {})
      : scenario(test::load(id)),
        patience(loop),
        guide(scenario),
        talk(
            loop, scenario, [this] { loop.stop(); }, std::move(manners)) {
    REQUIRE(talk.open());
    settle();
  }

  void settle() {
    REQUIRE(patience.run_until([&] { return talk.is_settled() && !talk.is_replaying(); }));
    tell();
  }
  // The guide hears of everything in the order in which the stepper tells it.
  void tell() {
    const auto& events = talk.log().events();
    for (; told < events.size(); ++told) {
      if (events[told].kind == dialogue::Kind::kConnected) guide.connected();
      if (events[told].kind == dialogue::Kind::kServer && events[told].reply) guide.answered(*events[told].reply);
    }
  }
  void step() {
    const stepper::Proposal next = guide.proposals(talk.session(), talk.is_open()).front();
    CAPTURE(next.text);
    REQUIRE(next.guided);
    if (next.connects()) {
      talk.connect_again({}, next.server);
    } else {
      const std::string bytes = next.octets(talk.protocol());
      guide.sent(bytes, talk.session());
      talk.send(bytes, {}, true);
    }
    settle();
    if (talk.session().is_over()) REQUIRE(patience.run_until([&] { return talk.is_closed(); }));
  }
  void lead() {
    while (!guide.is_finished()) step();
  }
  [[nodiscard]] std::string lines() const {
    std::string text;
    for (const Event& event : talk.log().events()) {
      for (const std::string& line : dialogue::text_lines(event, {})) text += line + "\n";
    }
    return text;
  }

  net::Loop loop;
  const scenario::Scenario scenario;
  test::Patience patience;
  stepper::Guide guide;
  Conversation talk;
  std::size_t told = 0;  // events
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string file_text(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("several servers: what SMTP took is in the mailbox that IMAP opens, octet for octet") {
  Led led("netease/read-at-qq");
  CHECK(led.talk.protocol().name() == "smtp");
  led.lead();
  CHECK(led.talk.protocol().name() == "imap");
  const std::string lines = led.lines();
  CAPTURE(lines);
  CHECK(has(lines, "S: * 3 EXISTS"));                                                    // two lay there
  CHECK(has(lines, "S: Subject: =?utf-8?B?6K++56iL5oql5ZGK?="));                         // at QQ, as it was sent
  CHECK(has(lines, "C: b3 SELECT \"&XfJT0ZAB-\""));                                      // and at 163 …
  CHECK(has(lines, "S: * 1 FETCH (FLAGS (\\Seen) BODY[HEADER.FIELDS (SUBJECT TO)] {"));  // … the copy of whoever sent it
  REQUIRE(led.talk.last_kept() != nullptr);
  CHECK(led.talk.last_kept()->forward_paths == std::vector<std::string>{"alice@qq.com"});
  CHECK(led.talk.verdicts().all().empty());
}

TEST_CASE("several servers: POP3 gives what SMTP took, with its dots doubled on the way only") {
  Led led("any/read-over-pop3");
  led.lead();
  const std::string lines = led.lines();
  CAPTURE(lines);
  CHECK(has(lines, "S: +OK 3 "));
  CHECK(has(lines, "S: ..profile"));
  REQUIRE(led.talk.last_kept() != nullptr);
  CHECK(has(led.talk.last_kept()->content, "\r\n.profile\r\n"));
}

TEST_CASE("several servers: each event belongs to the protocol of its connection, the memory to the server that is there") {
  Led led("netease/ends-in-junk");
  led.lead();
  const auto& log = led.talk.log();
  std::vector<std::string> spoken;
  for (const Event& event : log.events()) {
    if (event.kind == dialogue::Kind::kConnected) spoken.emplace_back(log.protocol_of(event).name());
  }
  CHECK(spoken == std::vector<std::string>{"smtp", "imap"});
  CHECK(log.protocol_of(log.events().back()).name() == "imap");
  CHECK(led.talk.server_memory().text("logged-in") == "alice@163.com");
  CHECK(has(led.lines(), "S: * 1 EXISTS"));  // in the junk folder
}

TEST_CASE("several servers: going back leads it all again, at servers that have seen nothing") {
  Led led("netease/read-at-qq");
  while (led.talk.protocol().name() == "smtp") led.step();
  led.step();  // LOGIN
  led.step();  // SELECT
  REQUIRE(has(led.lines(), "S: * 3 EXISTS"));
  const std::string address = led.talk.address();
  std::deque<client::Deed> deeds = led.talk.deeds();
  deeds.pop_back();
  led.guide.restart();
  led.told = 0;
  led.talk.replay(std::move(deeds));
  led.settle();
  CHECK(led.talk.protocol().name() == "imap");
  CHECK(led.talk.address() == address);
  led.talk.send("a2 SELECT INBOX\r\n");
  led.settle();
  CHECK(has(led.lines(), "S: * 3 EXISTS"));  // once, not twice
}

TEST_CASE("several servers: the transcript says where another protocol begins") {
  std::string folder = (std::filesystem::temp_directory_path() / "smtplab-servers-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string name = folder + "/dialogue.jsonl";
  client::Manners manners;
  manners.transcript = client::Transcript::open(name, false).value();
  manners.findings = &test::known();
  Led led("netease/ends-in-junk", std::move(manners));
  led.lead();
  const std::string text = file_text(name);
  CHECK(has(text, R"("kind":"connected","protocol":"imap")"));
  CHECK_FALSE(has(text, R"("protocol":"smtp")"));  // so it begins
  CHECK_FALSE(has(text, "HVKQXZDNRTLMWABC"));      // the password behind LOGIN is hidden as IMAP has it
  std::filesystem::remove_all(folder);
}
