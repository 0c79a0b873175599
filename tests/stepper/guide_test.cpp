#include "client/stepper/guide.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "sasl/exchange.h"
#include "smtp/door.h"
#include "smtp/input.h"
#include "smtp/neutral.h"
#include "tests/scenario/beyond.h"
#include "tests/stepper/guided.h"

using test::Guided;
using test::InMemory;

namespace {

protocol::Answer answer(int code, const std::string& words) {
  return smtp::neutral(smtp::Reply{smtp::ReplyCode(code), {words}});
}

}  // namespace

TEST_CASE("guide: the path of every scenario leads to its end, each step answered as it says") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    Guided lesson(id);
    REQUIRE(lesson.guide.has_steps());
    if (scenario_test::is_beyond_a_session(lesson.dialogue.scenario)) continue;
    for (std::size_t i = 0; i < lesson.guide.length(); ++i) {
      CAPTURE(i);
      CHECK(lesson.guide.position() == i);
      const auto proposals = lesson.proposals();
      REQUIRE_FALSE(proposals.empty());
      const stepper::Proposal& step = proposals.front();
      CAPTURE(step.text);
      CHECK(step.guided);
      CHECK_FALSE(step.why.en.empty());
      CHECK_FALSE(step.why.zh.empty());
      CHECK(lesson.follow() == (step.expect ? step.expect->text : ""));
    }
    CHECK(lesson.guide.is_finished());
  }
}

TEST_CASE("guide: of the other proposals every one is legal, and none is there twice") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    CAPTURE(id);
    Guided lesson(id);
    for (std::size_t i = 0; i < lesson.guide.length() && !lesson.guide.is_finished(); ++i) {
      std::set<std::string> seen;
      for (const stepper::Proposal& proposal : lesson.proposals()) {
        CAPTURE(proposal.text);
        CHECK(seen.insert(proposal.text).second);
        const protocol::Protocol& speaks = lesson.dialogue.spoken();
        CHECK(proposal.octets(speaks).empty() == proposal.connects());
        if (proposal.guided || !proposal.is_line() || lesson.dialogue.client().mode() != protocol::Mode::kCommand) continue;
        const auto command = speaks.read_line(proposal.text).command;
        REQUIRE(command);
        CHECK(lesson.dialogue.client().may_come(*command));
      }
      lesson.follow();
    }
  }
}

TEST_CASE("guide: after a detour the path is found again and leads to its end") {
  struct Row {
    std::string name;
    const char* id;
    std::size_t steps;              // taken from the path before …
    std::vector<std::string> sent;  // … this was sent instead
    std::string next;               // what is proposed then
  };
  const std::vector<Row> rows{
      {"NOOP in between", "netease/first-mail", 1, {"NOOP\r\n"}, "AUTH LOGIN\r\n"},
      {"RSET behind MAIL goes back to MAIL", "any/accept-all", 2, {"RSET\r\n"}, "MAIL FROM:<alice@client.example>\r\n"},
      {"RSET behind RCPT goes back to MAIL", "any/accept-all", 3, {"RSET\r\n"}, "MAIL FROM:<alice@client.example>\r\n"},
      {"a wrong password goes back to AUTH",
       "netease/first-mail",
       3,
       {core::base64_encode("nonsense") + "\r\n"},
       "AUTH LOGIN\r\n"},
      {"a cancelled login goes back to AUTH", "netease/first-mail", 2, {"*\r\n"}, "AUTH LOGIN\r\n"},
      {"another address in the same command",
       "any/accept-all",
       1,
       {"MAIL FROM:<eve@example.org>\r\n"},
       "RCPT TO:<bob@example.org>\r\n"},
      {"one recipient more", "any/accept-all", 4, {"RCPT TO:<dave@example.org>\r\n"}, "DATA\r\n"},
      {"a command nobody knows", "any/accept-all", 1, {"FOO\r\n"}, "MAIL FROM:<alice@client.example>\r\n"},
      {"a refused command stays the next step",
       "any/accept-all",
       1,
       {"MAIL FROM:<a b>\r\n"},
       "MAIL FROM:<alice@client.example>\r\n"},
      {"RCPT too early", "any/accept-all", 1, {"RCPT TO:<bob@example.org>\r\n"}, "MAIL FROM:<alice@client.example>\r\n"},
      {"a step in two pieces is that step",
       "any/accept-all",
       0,
       {"EHLO cl", "ient.example\r\n"},
       "MAIL FROM:<alice@client.example>\r\n"},
      {"message data of one's own", "any/accept-all", 5, {"Subject: x\r\n\r\nHi\r\n"}, ".\r\n"},
      {"message data in two parts", "any/accept-all", 5, {"Subject: x\r\n", "\r\nHi\r\n"}, ".\r\n"},
      {"message data in two parts, ended", "any/accept-all", 5, {"Subject: x\r\n", "\r\nHi\r\n", ".\r\n"}, "QUIT\r\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Guided lesson(row.id);
    lesson.follow(row.steps);
    for (const std::string& bytes : row.sent) lesson.send(bytes);
    CHECK(lesson.next() == row.next);
    CHECK(lesson.proposals().front().guided);
    lesson.follow_to_end();
    CHECK(lesson.guide.is_finished());
  }
}

TEST_CASE("guide: who does right what the path would do wrong is led on, not round in a circle") {
  for (const char* const id : {"qq/authorization-code", "netease/wrong-password"}) {
    CAPTURE(id);
    Guided lesson(id);
    lesson.follow(3);
    REQUIRE(lesson.proposals().front().expect == scenario::Code{"535", protocol::Outcome::kRefused});
    CHECK(lesson.send(core::base64_encode(lesson.dialogue.scenario.accounts.front().password) + "\r\n") == "235");
    CHECK(lesson.next().starts_with("MAIL FROM:<"));
    CHECK(lesson.follow_to_end() < 10);
  }
}

TEST_CASE("guide: who logs in before the refused MAIL is led on through the login") {
  Guided lesson("netease/auth-required");
  lesson.follow(1);
  CHECK(lesson.next().starts_with("MAIL FROM:<"));
  CHECK(lesson.send("AUTH LOGIN\r\n") == "334");
  CHECK(lesson.next() == core::base64_encode(lesson.dialogue.scenario.accounts.front().user) + "\r\n");
  lesson.follow_to_end();
  CHECK(lesson.dialogue.client().number("messages") == 1);
}

TEST_CASE("guide: EHLO does where the path has HELO, and the other way round") {
  Guided plain("netease/auth-required");
  CHECK(plain.send("EHLO other.example\r\n") == "250");
  CHECK(plain.guide.position() == 1);
  Guided extended("any/accept-all");
  CHECK(extended.send("HELO other.example\r\n") == "250");
  CHECK(extended.guide.position() == 1);
}

TEST_CASE("guide: of a line without its end the end is proposed first") {
  Guided lesson("any/accept-all");
  CHECK(lesson.send("EHLO client.example").empty());
  CHECK(lesson.next() == "\r\n");
  CHECK_FALSE(lesson.proposals().front().why.en.empty());
  CHECK(lesson.send("\r\n") == "250");
  CHECK(lesson.next() == "MAIL FROM:<alice@client.example>\r\n");
}

TEST_CASE("guide: a step of several lines is done when each of them was told") {
  scenario::Scenario scenario = test::load("any/accept-all");
  scenario.steps.erase(scenario.steps.begin() + 1, scenario.steps.end());
  scenario::Step two = scenario.steps.front();
  two.send = "NOOP\r\nRSET\r\n";
  two.line_end = protocol::LineEnd::kNone;
  scenario.steps.push_back(two);
  InMemory dialogue("any/accept-all");
  dialogue.answer();
  stepper::Guide guide(scenario);
  const protocol::Answer ok = answer(250, "ok");
  guide.sent("EHLO client.example\r\n", dialogue.client());
  guide.answered(ok);
  CHECK(guide.proposals(dialogue.client()).front().octets(smtp::door()) == two.send);
  guide.sent("NOOP\r\n", dialogue.client());
  CHECK_FALSE(guide.is_finished());
  guide.sent("RSET\r\n", dialogue.client());
  guide.answered(ok);
  CHECK(guide.is_finished());
  guide.restart();
  guide.sent("EHLO client.example\r\n", dialogue.client());
  guide.answered(ok);
  guide.sent("NOOP\r\n", dialogue.client());
  guide.sent("QUIT\r\n", dialogue.client());  // another way
  guide.answered(ok);
  CHECK_FALSE(guide.is_finished());
}

TEST_CASE("guide: restart begins at the first step") {
  Guided lesson("any/accept-all");
  lesson.follow(2);
  CHECK(lesson.guide.position() == 2);
  lesson.guide.restart();
  CHECK(lesson.guide.position() == 0);
  CHECK_FALSE(lesson.guide.is_finished());
}

TEST_CASE("guide: an answer of another class leaves the step to be done again") {
  Guided lesson("any/accept-all");
  lesson.follow(1);
  const std::string step = lesson.next();
  lesson.dialogue.send(step);
  lesson.guide.sent(step, lesson.dialogue.client());
  lesson.guide.answered(answer(451, "later"));
  CHECK(lesson.guide.position() == 1);
  lesson.guide.sent(step, lesson.dialogue.client());
  lesson.guide.answered(answer(251, "ok"));  // the same class
  CHECK(lesson.guide.position() == 2);
  lesson.guide.answered(answer(250, "ok"));  // unasked
  CHECK(lesson.guide.position() == 2);
}

TEST_CASE("guide: without a scenario every legal command is proposed, the likely one first") {
  Guided lesson("sina/first-mail");
  const stepper::Guide guide(smtp::door(), nullptr, stepper::Identity());
  CHECK_FALSE(guide.has_steps());
  const auto first = [&] {
    const auto proposals = guide.proposals(lesson.dialogue.client());
    REQUIRE_FALSE(proposals.empty());
    CHECK_FALSE(proposals.front().guided);
    CHECK(proposals.front().why.empty());
    return proposals.front().text;
  };
  CHECK(first() == "EHLO client.example");
  lesson.send("EHLO client.example\r\n");
  CHECK(first() == "AUTH PLAIN");  // the stronger of the two that are offered
  lesson.send("AUTH LOGIN\r\n");
  CHECK(first() == core::base64_encode("alice@client.example"));
  lesson.send(core::base64_encode(lesson.dialogue.scenario.accounts.front().user) + "\r\n");
  CHECK(first() == "*");  // nobody knows the password of a real account
  lesson.send(core::base64_encode(lesson.dialogue.scenario.accounts.front().password) + "\r\n");
  CHECK(first() == "MAIL FROM:<alice@client.example>");
  lesson.send("MAIL FROM:<" + lesson.dialogue.scenario.accounts.front().user + ">\r\n");
  CHECK(first() == "RCPT TO:<bob@client.example>");
  lesson.send("RCPT TO:<bob@client.example>\r\n");
  CHECK(first() == "DATA");
  lesson.send("DATA\r\n");
  CHECK(guide.proposals(lesson.dialogue.client()).front().form == stepper::Form::kMessage);
  lesson.send("Subject: x\r\n\r\nHi\r\n");
  CHECK(first() == ".");
  lesson.send(".\r\n");
  CHECK(first() == "QUIT");
}

TEST_CASE("guide: the strongest mechanism that is offered is proposed first, the others behind it") {
  struct Row {
    std::string name;
    const char* id;
    bool has_token;
    std::vector<std::string> wanted;  // beginnings, in their order
  };
  const std::vector<Row> rows{
      {"two are offered", "netease/first-mail", false, {"AUTH PLAIN AGFsaWNl", "AUTH LOGIN"}},
      {"all are offered, with a password and a token",
       "any/submission",
       true,
       {"AUTH SCRAM-SHA-256 ", "AUTH SCRAM-SHA-1 ", "AUTH CRAM-MD5", "AUTH OAUTHBEARER ", "AUTH XOAUTH2 ", "AUTH PLAIN ",
        "AUTH LOGIN"}},
      {"all are offered, with a password",
       "any/submission",
       false,
       {"AUTH SCRAM-SHA-256 ", "AUTH SCRAM-SHA-1 ", "AUTH CRAM-MD5", "AUTH PLAIN ", "AUTH LOGIN"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Guided lesson(row.id);
    stepper::Identity identity = stepper::identity_of(lesson.dialogue.scenario);
    identity.credentials->token = core::Secret(row.has_token ? "token" : "");
    const stepper::Guide guide(smtp::door(), nullptr, identity);
    lesson.send("EHLO client.example\r\n");
    std::vector<std::string> logins;
    for (const stepper::Proposal& proposal : guide.proposals(lesson.dialogue.client())) {
      if (proposal.text.starts_with("AUTH")) logins.push_back(proposal.text);
    }
    REQUIRE(logins.size() == row.wanted.size());
    for (std::size_t i = 0; i < logins.size(); ++i) {
      CAPTURE(logins[i]);
      CHECK(logins[i].starts_with(row.wanted[i]));
    }
  }
}

TEST_CASE("guide: every login that is proposed leads to 235, whatever the mechanism") {
  const Guided lesson("any/submission");
  for (const std::string_view mechanism : sasl::mechanisms()) {
    CAPTURE(mechanism);
    Guided login("any/submission");
    REQUIRE_FALSE(login.dialogue.scenario.accounts.empty());
    login.send("EHLO client.example\r\n");
    const auto proposals = login.proposals();
    const auto line = std::find_if(proposals.begin(), proposals.end(), [&](const stepper::Proposal& one) {
      return one.text == "AUTH " + std::string(mechanism) || one.text.starts_with("AUTH " + std::string(mechanism) + " ");
    });
    if (line == proposals.end()) {  // the account has no token
      CHECK(login.dialogue.scenario.accounts.front().token.empty());
      continue;
    }
    std::string code = login.send(line->octets(smtp::door()));
    for (int rounds = 0; code == "334" && rounds < 5; ++rounds) {
      const auto response = login.guide.response();
      REQUIRE(response);
      const auto next = login.proposals();
      CHECK(std::any_of(next.begin(), next.end(),
                        [&](const stepper::Proposal& one) { return one.octets(smtp::door()) == *response; }));
      code = login.send(*response);
    }
    CHECK(code == "235");
    CHECK_FALSE(login.guide.response());
  }
}

TEST_CASE("guide: a challenge that does not fit is answered with *, and said why") {
  Guided lesson("any/cram-md5");
  lesson.follow(1);
  lesson.dialogue.send("AUTH SCRAM-SHA-256\r\n");
  lesson.guide.sent("AUTH SCRAM-SHA-256\r\n", lesson.dialogue.client());
  lesson.guide.answered(answer(334, ""));
  REQUIRE(lesson.guide.response());
  lesson.guide.answered(answer(334, core::base64_encode("r=another,s=c2FsdA==,i=4096")));
  CHECK(lesson.guide.response() == "*\r\n");
}

TEST_CASE("guide: a message is proposed as a chunk too where BDAT is offered, but not first") {
  Guided lesson("any/submission");
  for (const char* const bytes : {"EHLO a.example\r\n", "MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n"}) lesson.send(bytes);
  const auto proposals = lesson.proposals();
  const auto chunk = std::find_if(proposals.begin(), proposals.end(),
                                  [](const stepper::Proposal& one) { return one.form == stepper::Form::kChunk; });
  REQUIRE(chunk != proposals.end());
  CHECK(chunk != proposals.begin());
  CHECK_FALSE(chunk->why.zh.empty());
  CHECK(lesson.send(chunk->octets(smtp::door())) == "250");
  CHECK(lesson.dialogue.client().number("messages") == 1);
  for (const char* const bytes : {"MAIL FROM:<a@b.c>\r\n", "RCPT TO:<d@e.f>\r\n", "BDAT 3\r\nabc"}) lesson.send(bytes);
  const auto last = lesson.proposals();
  CHECK(std::any_of(last.begin(), last.end(), [](const stepper::Proposal& one) { return one.text == "BDAT 0 LAST"; }));
  lesson.send("BDAT 5\r\nab");
  CHECK(lesson.proposals().empty());  // the rest of the chunk: nobody knows it
}

TEST_CASE("guide: at a real server the mail is from and to whom the command line says, STARTTLS comes first") {
  client::StepOptions options;
  options.server = "mail.example.org";
  options.user = "carol@example.org";
  options.password = core::Secret("secret");
  options.to = {"dave@example.org", "eve@example.org"};
  const stepper::Identity identity = stepper::identity_of(options, nullptr);
  REQUIRE(identity.credentials);
  CHECK(identity.credentials->user == "carol@example.org");
  CHECK(identity.credentials->host == "mail.example.org");
  CHECK(identity.from == "carol@example.org");
  CHECK(identity.nonce.size() == 24);
  CHECK(identity.nonce != stepper::identity_of(options, nullptr).nonce);
  const stepper::Guide guide(smtp::door(), nullptr, identity);
  Guided lesson("any/submission");
  const auto first = [&] { return guide.proposals(lesson.dialogue.client()).front().text; };
  lesson.send(first() + "\r\n");
  CHECK(first() == "STARTTLS");
  lesson.send("STARTTLS\r\n");
  CHECK(lesson.dialogue.client().is_encrypted());
  CHECK(first() == "EHLO client.example");
  lesson.send(first() + "\r\n");
  CHECK(first().starts_with("AUTH SCRAM-SHA-256 "));
  lesson.send("MAIL FROM:<carol@example.org>\r\n");
  CHECK(first() == "RCPT TO:<dave@example.org>");
  lesson.send(first() + "\r\n");
  CHECK(first() == "RCPT TO:<eve@example.org>");
  lesson.send(first() + "\r\n");
  CHECK(first() == "DATA");

  options.from = "boss@example.org";
  options.user = "carol";
  CHECK(stepper::identity_of(options, nullptr).from == "boss@example.org");
}

TEST_CASE("guide: a line that was just refused is not proposed again before all else, until a door has opened") {
  stepper::Identity identity;
  stepper::Guide guide(smtp::door(), nullptr, identity);
  guide.connected();
  const auto own = smtp::door().client(nullptr);
  protocol::ClientSession& session = *own;
  const auto say = [&](const std::string& line, const std::string& reply) {
    if (!line.empty()) {
      session.send(line + "\r\n");
      guide.sent(line + "\r\n", session);
    }
    session.receive(reply + "\r\n");
    const auto event = session.next();
    REQUIRE((event.has_value() && event->has_value()));
    guide.answered((*event)->answer);
    return guide.proposals(session).front().text;
  };
  CHECK(say("", "220 hi") == "EHLO client.example");
  const std::string mail = "MAIL FROM:<" + identity.from + ">";
  CHECK(say("EHLO client.example", "250 hi") == mail);
  CHECK(say(mail, "250 ok") == "RCPT TO:<" + identity.to.front() + ">");
  CHECK(say("RCPT TO:<" + identity.to.front() + ">", "550 5.1.1 no such user") == "QUIT");
  CHECK(say("RSET", "250 ok") == mail);
  CHECK(say(mail, "553 log in first") == "QUIT");
  CHECK(say("EHLO client.example", "250 hi") == mail);  // another greeting, another chance
}

TEST_CASE("guide: STARTTLS comes last where it was wished not to encrypt, and where it has failed") {
  for (const bool is_wished : {true, false}) {
    CAPTURE(is_wished);
    stepper::Identity identity;
    identity.wants_tls = is_wished;
    stepper::Guide guide(smtp::door(), nullptr, identity);
    guide.connected();
    const auto own = smtp::door().client(nullptr);
    protocol::ClientSession& session = *own;
    session.receive("220 hi\r\n");
    REQUIRE(session.next().has_value());
    session.send("EHLO a\r\n");
    session.receive("250-hi\r\n250 STARTTLS\r\n");
    REQUIRE(session.next().has_value());
    CHECK((guide.proposals(session).front().text == "STARTTLS") == is_wished);
    guide.failed("tls-unknown-authority", true);
    CHECK(guide.proposals(session).front().text != "STARTTLS");
    CHECK(guide.proposals(session).back().text == "STARTTLS");
  }
}

TEST_CASE("guide: the client is called as the connection says, on the path too") {
  Guided guided("any/accept-all");
  guided.guide.call("[192.0.2.1]");
  CHECK(guided.next() == "EHLO [192.0.2.1]\r\n");
  stepper::Guide alone(smtp::door(), nullptr, stepper::Identity());
  alone.call("pc.school.edu");
  const auto own = smtp::door().client(nullptr);
  protocol::ClientSession& session = *own;
  session.receive("220 hi\r\n");
  REQUIRE(session.next().has_value());
  CHECK(alone.proposals(session).front().text == "EHLO pc.school.edu");
}

TEST_CASE("guide: the response of PLAIN is proposed whole, and as a secret") {
  Guided lesson("netease/first-mail");
  lesson.follow(1);
  lesson.send("AUTH PLAIN\r\n");
  REQUIRE(lesson.dialogue.client().mode() == protocol::Mode::kLogin);
  const scenario::Account& account = lesson.dialogue.scenario.accounts.front();
  const std::string octets = std::string(1, '\0') + account.user + std::string(1, '\0') + account.password;
  const auto proposals = lesson.proposals();
  const auto hit = std::find_if(proposals.begin(), proposals.end(),
                                [&](const stepper::Proposal& one) { return one.text == core::base64_encode(octets); });
  REQUIRE(hit != proposals.end());
  CHECK(hit->is_secret);
  CHECK(lesson.send(hit->octets(smtp::door())) == "235");
}

TEST_CASE("guide: a proposal is a line with its end, or a message with CRLFs and its dots doubled") {
  struct Row {
    std::string name;
    stepper::Proposal proposal;
    std::string bytes;
  };
  const auto line = [](std::string text, protocol::LineEnd end) {
    stepper::Proposal proposal;
    proposal.text = std::move(text);
    proposal.line_end = end;
    return proposal;
  };
  const auto message = [](std::string text, stepper::Form form = stepper::Form::kMessage) {
    stepper::Proposal proposal;
    proposal.text = std::move(text);
    proposal.form = form;
    return proposal;
  };
  const std::vector<Row> rows{
      {"CRLF", line("NOOP", protocol::LineEnd::kCrlf), "NOOP\r\n"},
      {"LF", line("NOOP", protocol::LineEnd::kLf), "NOOP\n"},
      {"no end", line("NOOP", protocol::LineEnd::kNone), "NOOP"},
      {"a message", message("a\n.b\n\n.\n"), "a\r\n..b\r\n\r\n..\r\n"},
      {"a message whose last line has no end", message("a\nb"), "a\r\nb\r\n"},
      {"a message from an editor that writes CRLF", message("a\r\nb\r\n"), "a\r\nb\r\n"},
      {"a chunk counts octets, and doubles no dot", message("s: 你\n\n.b\n", stepper::Form::kChunk),
       "BDAT 14 LAST\r\ns: 你\r\n\r\n.b\r\n"},
      {"a chunk whose last line has no end", message("a\nb", stepper::Form::kChunk), "BDAT 6 LAST\r\na\r\nb\r\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(row.proposal.octets(smtp::door()) == row.bytes);
  }
}
