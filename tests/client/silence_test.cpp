// Real servers that say nothing, or the wrong thing: what is noticed, what is said of it, and when it is given up.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/conversation.h"
#include "client/conversation/waiting.h"
#include "knowledge/knowledge.h"
#include "protocol/known.h"
#include "smtp/input.h"
#include "tests/client/scenarios.h"
#include "tests/client/with_server.h"

using namespace std::chrono_literals;
using client::Conversation;
using client::Manners;
using client::Security;
using client::Wait;
using dialogue::Kind;

using test::WithServer;

namespace {

Manners patient_for(std::chrono::milliseconds time, bool gives_up = true) {
  Manners manners;
  manners.patience = time;
  manners.gives_up = gives_up;
  return manners;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("silence: the times are those of RFC 5321, said once half over at the latest") {
  struct Row {
    smtp::Input input;
    std::chrono::minutes time;
    std::string rule;
  };
  for (const Row& row :
       {Row{smtp::Input::kConnect, 5min, "RFC 5321 §4.5.3.2.1"}, Row{smtp::Input::kMail, 5min, "RFC 5321 §4.5.3.2.2"},
        Row{smtp::Input::kRcpt, 5min, "RFC 5321 §4.5.3.2.3"}, Row{smtp::Input::kData, 2min, "RFC 5321 §4.5.3.2.4"},
        Row{smtp::Input::kMessage, 10min, "RFC 5321 §4.5.3.2.6"}, Row{smtp::Input::kEhlo, 5min, ""}}) {
    const client::Waiting wait{Wait::kAnswer, row.input};
    CAPTURE(smtp::name(row.input));
    CHECK(client::silence_error(wait, 10s).place.en == row.rule);
    CHECK(client::deadlines(wait, std::nullopt).note == 10s);
    CHECK(client::deadlines(wait, std::nullopt).end == row.time);
  }
  CHECK(client::deadlines({Wait::kBlock}, std::nullopt).end == 3min);
  const client::Waiting greeting{Wait::kAnswer, smtp::Input::kConnect};
  CHECK(client::deadlines(greeting, 4s).note == 2s);
  CHECK(client::deadlines(greeting, 4s).end == 4s);
  CHECK(client::deadlines(greeting, 1h).note == 10s);
  CHECK(client::silence_error(greeting, 10s).text.en == "no greeting for 10 s");
  CHECK(client::silence_error(greeting, 250ms).text == core::Text{"no greeting for 0.2 s", "0.2 秒内没有问候"});
}

TEST_CASE("silence: every wait has an explanation of its failure") {
  const auto& knowledge = knowledge::Knowledge::embedded();
  REQUIRE(knowledge);
  std::vector<client::Waiting> waits{{Wait::kHandshake, {}}, {Wait::kBlock, {}}};
  for (const protocol::Protocol* const spoken : protocol::known()) {
    for (const protocol::InputRow& row : spoken->inputs()) waits.push_back({Wait::kAnswer, row});
  }
  for (const client::Waiting& wait : waits) {
    const core::Error error = client::silence_error(wait, 10s);
    CAPTURE(error.text.en);
    CHECK(knowledge->failure(error.id) != nullptr);
    CHECK(error.text.en.find('{') == std::string::npos);
    CHECK(error.text.zh.find('{') == std::string::npos);
  }
}

TEST_CASE("silence: a server that does not greet is noted, and then given up") {
  WithServer with(Security::kNone, patient_for(100ms));
  with.await_close();
  CHECK(with.failures() == Ids{"silent-greeting", "silent-greeting"});
  CHECK(test::count(with.talk->log(), Kind::kNote) == 1);
  REQUIRE(with.talk->failure());
  CHECK(with.talk->failure()->id == "silent-greeting");
}

TEST_CASE("silence: with the embedded mock's patience it is noted only") {
  WithServer with(Security::kNone, patient_for(60ms, false));
  REQUIRE(with.patience.run_until([&] { return !with.failures().empty(); }));
  CHECK(with.talk->is_open());
  with.hear("220 at last\r\n");
  CHECK(with.talk->is_settled());
  CHECK(with.failures() == Ids{"silent-greeting"});
}

TEST_CASE("silence: a reply that does not come is noted as such, and one that comes makes patience anew") {
  WithServer with(Security::kNone, patient_for(150ms));
  with.hear("220 hello\r\n");
  CHECK(with.failures().empty());
  with.talk->send("NOOP\r\n");
  REQUIRE(with.patience.run_until([&] { return !with.failures().empty(); }));
  with.hear("250 ok\r\n");
  with.talk->send("MAIL FROM:<a@b.c>\r\n");
  with.await_close();
  CHECK(with.failures() == Ids{"silent-reply", "silent-reply", "silent-reply"});
  CHECK(with.talk->failure()->place == "RFC 5321 §4.5.3.2.2");
}

// A server that is always about to say something: one octet, or one line of many, again and again.
TEST_CASE("silence: octets that come for ever and make no reply do not make patience anew") {
  struct Row {
    std::string greeting;
    std::string drop;
    std::string failure;
  };
  for (const Row& row : {Row{"", "2", "silent-greeting"}, Row{"220 hello\r\n", "2", "silent-reply"},
                         Row{"220 hello\r\n", "250-more\r\n", "silent-reply"}}) {
    CAPTURE(row.drop);
    WithServer with(Security::kNone, patient_for(120ms));
    net::Timer drip(with.loop, [&] {
      with.server.stream->write(row.drop);
      drip.start(5ms);
    });
    if (!row.greeting.empty()) {
      with.hear(row.greeting);
      with.talk->send("NOOP\r\n");
    }
    drip.start(5ms);
    with.await_close();
    drip.stop();
    CHECK(with.failures() == Ids{row.failure, row.failure});
    CHECK_FALSE(with.talk->session().partial_answer().empty());
  }
}

TEST_CASE("reply out of place: it is told once, and the wait for another one has an end") {
  struct Row {
    std::string name;
    std::string greeting;
    std::string line;
    std::string reply;
  };
  for (const Row& row : {Row{"3yz in place of a greeting", "354 go on\r\n", "", ""},
                         Row{"354 behind EHLO", "220 hello\r\n", "EHLO a.example\r\n", "354 go on\r\n"},
                         Row{"334 behind MAIL", "220 hello\r\n", "MAIL FROM:<a@b.example>\r\n", "334 what\r\n"},
                         Row{"250 behind DATA", "220 hello\r\n", "DATA\r\n", "250 done\r\n"},
                         Row{"two replies to one command", "220 hello\r\n", "NOOP\r\n", "250 ok\r\n250 ok\r\n"}}) {
    CAPTURE(row.name);
    WithServer with(Security::kNone, patient_for(100ms));
    with.hear(row.greeting);
    if (!row.line.empty()) {
      with.talk->send(row.line);
      with.hear(row.reply);
    }
    REQUIRE(with.patience.run_until([&] { return !with.failures().empty(); }));
    CHECK(with.failures() == Ids{"reply-out-of-place"});
    with.talk->send("QUIT\r\n");
    with.hear("354 again\r\n");
    with.talk->send("NOOP\r\n");
    with.await_close();
    CHECK(with.failures() == Ids{"reply-out-of-place", "silent-reply", "silent-reply"});
  }
}

TEST_CASE("silence: nothing is awaited when everything is answered, or while a line has no end") {
  WithServer with(Security::kNone, patient_for(30ms));
  with.hear("220 hello\r\n");
  with.talk->send("NOOP");
  const auto began = net::Loop::precise_now();
  net::Timer later(with.loop, [&] { with.loop.stop(); });
  later.start(120ms);
  REQUIRE(with.patience.run_until([&] { return net::Loop::precise_now() - began > 100ms; }));
  CHECK(with.failures().empty());
  CHECK(with.talk->is_open());
}

TEST_CASE("silence: a handshake that is not answered is given up") {
  WithServer with(Security::kTls, patient_for(100ms));
  CHECK(with.talk->is_securing());
  CHECK_FALSE(with.talk->is_settled());
  with.await_close();
  CHECK(with.failures() == Ids{"tls-silent", "tls-silent"});
}

TEST_CASE("wrong port: TLS where clear text was expected") {
  for (const std::string& first : {std::string("\x15\x03\x01\x00\x02\x02\x46", 7), std::string("\x16\x03\x03", 3)}) {
    WithServer with;
    with.server.stream->write(first);
    with.await_close();
    CHECK(with.failures() == Ids{"tls-port-in-clear"});
    const dialogue::Event* const octets = test::find(with.talk->log(), Kind::kServer);
    REQUIRE(octets != nullptr);
    CHECK(octets->bytes == first);
  }
}

TEST_CASE("wrong port: clear text where TLS was expected") {
  WithServer with(Security::kTls);
  with.server.stream->write("220 mx.example ESMTP\r\n");
  with.await_close();
  CHECK(with.failures() == Ids{"tls-not-tls"});
}

TEST_CASE("wrong port: the connection that is made then speaks as the port does") {
  WithServer too_early(Security::kTls);
  too_early.server.stream->write("220 mx.example ESMTP\r\n");
  too_early.await_close();
  too_early.talk->connect_again();
  REQUIRE(too_early.patience.run_until([&] { return too_early.talk->is_open(); }));
  CHECK_FALSE(too_early.talk->is_securing());

  WithServer too_late;
  too_late.server.stream->write("\x15\x03\x01");
  too_late.await_close();
  too_late.talk->connect_again();
  REQUIRE(too_late.patience.run_until([&] { return too_late.talk->is_open(); }));
  CHECK(too_late.talk->is_securing());

  WithServer distrusted(Security::kTls);  // no reason to say anything in clear
  REQUIRE(distrusted.patience.run_until([&] { return !distrusted.server.got.empty(); }));
  distrusted.server.stream->finish();
  distrusted.await_close();
  distrusted.talk->connect_again();
  REQUIRE(distrusted.patience.run_until([&] { return distrusted.talk->is_open(); }));
  CHECK(distrusted.talk->is_securing());
}

TEST_CASE("wrong port: another protocol is said to be none of ours") {
  WithServer with;
  with.hear("+OK POP3 ready\r\n");
  REQUIRE(with.patience.run_until([&] { return !with.failures().empty(); }));
  with.await_close();
  CHECK(with.failures() == Ids{"port-speaks-pop3"});
}

TEST_CASE("wrong port: what is no reply is told once, however many lines of it come") {
  WithServer with;
  with.hear("what\r\nis\r\nthis\r\n");
  REQUIRE(with.patience.run_until([&] { return !with.failures().empty(); }));
  CHECK(with.failures() == Ids{"not-a-reply"});
}

TEST_CASE("handshake: a server that closes in the middle of it") {
  WithServer with(Security::kTls);
  REQUIRE(with.patience.run_until([&] { return !with.server.got.empty(); }));
  with.server.stream->finish();
  with.await_close();
  CHECK(with.failures() == Ids{"tls-closed"});
}

TEST_CASE("STARTTLS: clear text behind the 220 is taken for what it is, and TLS does not begin") {
  WithServer with(Security::kStarttls);
  with.hear("220 hello\r\n");
  with.talk->send("EHLO a.example\r\n");
  with.hear("250-a\r\n250 STARTTLS\r\n");
  with.talk->send("STARTTLS\r\n");
  with.server.got.clear();
  with.server.stream->write("220 go\r\n250 injected\r\n");
  with.await_close();
  CHECK(with.failures() == Ids{"starttls-injection"});
  CHECK_FALSE(with.talk->tls_details());
  CHECK(test::find(with.talk->log(), Kind::kServer, "250 injected") != nullptr);
  CHECK(with.server.got.find("\x16") == std::string::npos);  // no ClientHello went out
}

TEST_CASE("the end in the middle of a reply has a name") {
  WithServer with;
  with.server.stream->write("220-half");
  with.server.stream->finish();
  with.await_close();
  CHECK(with.failures() == Ids{"reply-cut"});
}
