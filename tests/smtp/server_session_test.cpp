#include "smtp/server_session.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"
#include "tests/smtp/server.h"

namespace {

using smtp::RemarkKind;
using smtp::State;
using test::kEhlo;
using test::kMail;
using test::kRcpt;
using test::Server;

const std::string kMessage = "Subject: x\r\n\r\nHello\r\n.\r\n";

// Every line of every reply, so that limits on lines can be checked.
void check_lines(const std::string& sent) {
  std::size_t at = 0;
  while (at < sent.size()) {
    const std::size_t end = sent.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    const std::string line = sent.substr(at, end - at);
    CAPTURE(line);
    CHECK(line.size() + 2 <= 512);  // RFC 5321 §4.5.3.1.5
    CHECK(std::none_of(line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }));
    at = end + 2;
  }
}

struct StatePlace {
  std::string name;
  std::string octets;  // that lead there
  State state;
};

const std::array kStatePlaces{
    StatePlace{"greeted", "", State::kGreeted},
    StatePlace{"ready after HELO", "HELO client.example\r\n", State::kReady},
    StatePlace{"ready after EHLO", kEhlo, State::kReady},
    StatePlace{"mail", kEhlo + kMail, State::kMail},
    StatePlace{"rcpt", kEhlo + kMail + kRcpt, State::kRcpt},
    StatePlace{"ready after a message", kEhlo + kMail + kRcpt + "DATA\r\n" + kMessage, State::kReady},
};

// Columns are kStatePlaces in order.
struct StateAnswers {
  std::string line;
  std::array<std::string, 6> codes;
};

const std::array kStateAnswers{
    StateAnswers{"HELO a.b", {"250", "250", "250", "250", "250", "250"}},
    StateAnswers{"EHLO a.b", {"250", "250", "250", "250", "250", "250"}},
    StateAnswers{"MAIL FROM:<g@h.i>", {"503", "250", "250", "503", "503", "250"}},
    StateAnswers{"RCPT TO:<g@h.i>", {"503", "503", "503", "250", "250", "503"}},
    StateAnswers{"DATA", {"503", "503", "503", "503", "354", "503"}},
    StateAnswers{"RSET", {"250", "250", "250", "250", "250", "250"}},
    StateAnswers{"VRFY a", {"252", "252", "252", "252", "252", "252"}},
    StateAnswers{"EXPN a", {"502", "502", "502", "502", "502", "502"}},
    StateAnswers{"HELP", {"214", "214", "214", "214", "214", "214"}},
    StateAnswers{"NOOP", {"250", "250", "250", "250", "250", "250"}},
    StateAnswers{"QUIT", {"221", "221", "221", "221", "221", "221"}},
    StateAnswers{"AUTH LOGIN", {"503", "503", "334", "503", "503", "334"}},
    StateAnswers{"STARTTLS", {"502", "502", "502", "502", "502", "502"}},
    StateAnswers{"HELLO a.b", {"500", "500", "500", "500", "500", "500"}},
    StateAnswers{"", {"500", "500", "500", "500", "500", "500"}},
    StateAnswers{"HELO", {"501", "501", "501", "501", "501", "501"}},
    StateAnswers{"QUIT now", {"501", "501", "501", "501", "501", "501"}},
};

}  // namespace

TEST_CASE("smtp server: it greets before anything was said") {
  Server server;
  REQUIRE(server.turns().size() == 1);
  CHECK(server.last_turn().input == smtp::Input::kConnect);
  CHECK(server.take_sent().find("220 mock.example") == 0);
  CHECK(server.state().state() == State::kGreeted);
}

TEST_CASE("smtp server: every command in every state gets the reply of the RFCs") {
  for (std::size_t at = 0; at < kStatePlaces.size(); ++at) {
    for (const StateAnswers& row : kStateAnswers) {
      CAPTURE(kStatePlaces[at].name);
      CAPTURE(row.line);
      Server server;
      server.say(kStatePlaces[at].octets);
      REQUIRE(server.state().state() == kStatePlaces[at].state);
      const std::string sent = server.say(row.line + "\r\n");
      CHECK(Server::codes_of(sent) == row.codes[at]);
      check_lines(sent);
      CHECK(server.closed() == (row.line == "QUIT"));
      CHECK(server.session().is_over() == (row.line == "QUIT"));
      if (row.codes[at][0] == '5') CHECK(server.state().state() == kStatePlaces[at].state);
      if (row.codes[at] == "503") CHECK(server.last_turn().legality != smtp::Legality::kLegal);
    }
  }
}

TEST_CASE("smtp server: commands out of order are remarked by what is missing") {
  struct Order {
    std::string octets;
    RemarkKind kind;
  };
  const std::array rows{
      Order{kMail, RemarkKind::kNoHelo},
      Order{kEhlo + kMail + kMail, RemarkKind::kNestedMail},
      Order{kEhlo + kRcpt, RemarkKind::kBadSequence},
      Order{kEhlo + kMail + "DATA\r\n", RemarkKind::kBadSequence},
      Order{"HELO a.b\r\nAUTH LOGIN\r\n", RemarkKind::kHeloThenAuth},
      Order{"EHLO a.b\r\nSTARTTLS\r\n", RemarkKind::kExtensionNotOffered},
  };
  for (const Order& row : rows) {
    CAPTURE(row.octets);
    Server server;
    server.say(row.octets);
    CAPTURE(test::describe(server.last_turn().said.remarks));
    CHECK(test::has(server.last_turn().said.remarks, row.kind));
  }
}

TEST_CASE("smtp server: what a quirk lets pass is remarked all the same") {
  smtp::ServerConfig config = Server::with_auth();
  config.state_leniency.auth_after_helo = true;
  Server server(config);
  CHECK(server.codes("HELO a.b\r\nAUTH LOGIN\r\n") == "220 250 334");
  CHECK(test::describe(server.last_turn().said.remarks) == "helo-then-auth");
}

TEST_CASE("smtp server: DATA after refused recipients says so") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) {
    return turn.input == smtp::Input::kRcpt ? smtp::Reply{smtp::ReplyCode(550), {"no such user"}} : turn.proposed;
  });
  CHECK(server.codes(kEhlo + kMail + kRcpt) == "220 250 250 550");
  const std::string code = server.codes("DATA\r\n");
  CHECK((code == "503" || code == "554"));  // RFC 5321 §3.3 allows both
  CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kRecipientRefusedIgnored));
}

TEST_CASE("smtp server: after a refused greeting only QUIT is taken") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) {
    return turn.input == smtp::Input::kConnect ? smtp::Reply{smtp::ReplyCode(554), {"no service"}} : turn.proposed;
  });
  CHECK(Server::codes_of(server.take_sent()) == "554");
  for (const StateAnswers& row : kStateAnswers) {
    if (row.line == "QUIT" || row.line.empty()) continue;
    CAPTURE(row.line);
    CHECK(server.codes(row.line + "\r\n").find('5') == 0);
    CHECK(server.state().state() == State::kRefused);
  }
  CHECK(server.codes("QUIT\r\n") == "221");
  CHECK(server.closed());
}

TEST_CASE("smtp server: a whole dialogue in one receive, or octet by octet, gives the same replies") {
  const std::string dialogue = kEhlo + "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n" + kMail + kRcpt + "RCPT TO:<bad>\r\nDATA\r\n" +
                               kMessage + "NOOP\nBOGUS\r\nAUTH LOGIN\r\nQUIT\r\nNOOP\r\n";
  const std::string sent = test::feed_every_way(dialogue, [](const test::Pieces& pieces) {
    Server server;
    std::string out = server.take_sent();
    for (const std::string_view piece : pieces) out += server.say(piece);
    return out + (server.closed() ? "closed" : "open");
  });
  CHECK(Server::codes_of(sent.substr(0, sent.size() - 6)) == "220 250 235 250 250 501 354 250 250 500 503 221");
  CHECK(sent.ends_with("closed"));
}

TEST_CASE("smtp server: what comes before its time is remarked at the line that has to be answered first") {
  struct Row {
    std::string name;
    std::string octets;    // in one piece
    std::string remarked;  // 1 for each turn that is
  };
  for (const Row& row : {
           Row{"one by one there is nothing to remark", "EHLO a.b\r\n", "0"},
           Row{"behind EHLO nobody knows what is offered", "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\n", "10"},
           Row{"behind HELO nothing is", "HELO a.b\r\n" + kMail + kRcpt, "110"},
           Row{"half a command is one too", "EHLO a.b\r\nMA", "1"},
           Row{"a text that does not wait for its 354", kEhlo + kMail + kRcpt + "DATA\r\nHello\r\n.\r\n", "10010"},
           Row{"the text may begin a group", kEhlo + kMail + kRcpt + "DATA\r\nHello\r\n.\r\n" + kMail + kRcpt, "1001000"},
           Row{"a login waits for every 334", kEhlo + "AUTH LOGIN\r\nYQ==\r\nYQ==\r\n", "1110"},
       }) {
    CAPTURE(row.name);
    Server server;
    server.say(row.octets);
    std::string remarked;
    for (std::size_t i = 1; i < server.turns().size(); ++i) {
      remarked += test::has(server.turns()[i].said.remarks, RemarkKind::kSendsBeforeReply) ? '1' : '0';
    }
    CHECK(remarked == row.remarked);
  }
  Server patient;
  patient.say(kEhlo);
  patient.say(kMail + kRcpt + "DATA\r\n");  // PIPELINING was offered
  for (const smtp::Turn& turn : patient.turns()) CHECK_FALSE(test::has(turn.said.remarks, RemarkKind::kSendsBeforeReply));
}

TEST_CASE("smtp server: what comes while the answer is on its way is early, whenever it is read") {
  struct Row {
    std::string name;
    std::vector<std::string> turns;  // each comes while the one before is not answered yet
    std::string remarked;            // of the last one; empty: nothing
  };
  for (const Row& row : {
           Row{"before the greeting", {"EHLO a.b\r\n"}, "talks-before-greeting"},
           Row{"behind EHLO", {"", "EHLO a.b\r\n", "NOOP\r\n"}, "sends-before-reply"},
           Row{"half of it", {"", "EHLO a.b\r\n", "NO", "", "OP\r\n"}, "sends-before-reply"},
           Row{"in a group", {"", kEhlo, "", kMail, kRcpt}, ""},
           Row{"behind DATA", {"", kEhlo, "", kMail + kRcpt + "DATA\r\n", "", "", "Hello\r\n.\r\n"}, "body-before-354"},
           Row{"behind the message, in a group",
               {"", kEhlo, "", kMail + kRcpt + "DATA\r\n", "", "", "", "x\r\n.\r\n", kMail},
               ""},
       }) {
    CAPTURE(row.name);
    smtp::ServerConfig config = Server::with_auth();
    smtp::ServerSession session(config);
    std::optional<smtp::Turn> waiting;
    std::string remarked;
    for (const std::string& octets : row.turns) {
      if (!waiting) waiting = session.next_turn();
      session.receive(octets);
      if (waiting) session.answer(waiting->proposed);
      waiting = session.next_turn();
      if (!waiting) continue;
      remarked.clear();
      for (const smtp::Remark& remark : waiting->said.remarks) {
        const bool is_about_haste = remark.kind == RemarkKind::kSendsBeforeReply ||
                                    remark.kind == RemarkKind::kTalksBeforeGreeting ||
                                    remark.kind == RemarkKind::kBodyBefore354;
        if (is_about_haste) remarked += remark.kind.text();
      }
    }
    CHECK(remarked == row.remarked);
  }
}

TEST_CASE("smtp server: the message of a turn is what was sent, dots unstuffed, every octet kept") {
  Server server;
  server.say(kEhlo + kMail + kRcpt + "DATA\r\n");
  CHECK(server.codes("a\r\n..b\r\n\xff\x80 \xe4\xbd\xa0\r\n.\r\n") == "250");
  CHECK(server.last_turn().input == smtp::Input::kMessage);
  CHECK(core::show_bytes(server.last_turn().said.message) == core::show_bytes("a\r\n.b\r\n\xff\x80 \xe4\xbd\xa0\r\n"));
  CHECK(server.state().memory().messages == 1);
  CHECK(server.state().memory().forward_paths.empty());
}

TEST_CASE("smtp server: the answer to EHLO lists the extensions, the answer to HELO does not") {
  Server server;
  server.take_sent();
  CHECK(server.say(kEhlo) ==
        "250-mock.example greets client.example\r\n250-PIPELINING\r\n250-AUTH LOGIN PLAIN\r\n250-SIZE 1000000\r\n250 "
        "8BITMIME\r\n");
  CHECK(server.state().memory().extensions.offers("PIPELINING"));
  const std::string helo = server.say("HELO client.example\r\n");
  CHECK(helo.find("PIPELINING") == std::string::npos);
  CHECK(helo.find("250 ") == 0);
  CHECK(server.state().memory().extensions.empty());

  smtp::ServerConfig config = Server::with_auth();
  config.ehlo_text = "mail";
  config.extensions = {};
  Server plain(config);
  plain.take_sent();
  CHECK(plain.say(kEhlo) == "250 mail\r\n");
}

TEST_CASE("smtp server: RSET, EHLO and HELO forget the transaction") {
  for (const std::string line : {"RSET\r\n", "EHLO x.y\r\n", "HELO x.y\r\n"}) {
    CAPTURE(line);
    Server server;
    server.say(kEhlo + kMail + kRcpt);
    CHECK(server.codes(line) == "250");
    CHECK_FALSE(server.state().memory().reverse_path.has_value());
    CHECK(server.state().memory().forward_paths.empty());
    CHECK(server.codes(kRcpt) == "503");
    CHECK(server.codes("DATA\r\n") == "503");
    CHECK(server.codes(kMail + kRcpt + "DATA\r\n" + kMessage) == "250 250 354 250");
  }
}

TEST_CASE("smtp server: a recipient too many is refused for now, and the mail goes on") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.recipients = 2;
  Server server(config);
  CHECK(server.codes(kEhlo + kMail + kRcpt + kRcpt + kRcpt + kRcpt) == "220 250 250 250 250 452 452");
  CHECK(server.state().memory().forward_paths.size() == 2);
  CHECK(server.codes("DATA\r\n" + kMessage) == "354 250");
  CHECK(server.codes(kMail + kRcpt) == "250 250");
}

TEST_CASE("smtp server: a line that is too long is 500, and the next command is read") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.stream.command_line = 512;
  const std::string octets = kEhlo + "NOOP " + std::string(600, 'x') + "\r\n" + kMail;
  Server server(config);
  CHECK(server.codes(octets) == "220 250 500 250");
  Server slow(config);
  std::string sent = slow.take_sent();
  for (const char c : octets) sent += slow.say(std::string(1, c));
  CHECK(Server::codes_of(sent) == "220 250 500 250");
}

TEST_CASE("smtp server: a line without end is 421, and the session is over") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.stream.discarded = 100000;
  Server server(config);
  server.take_sent();
  std::string sent;
  std::size_t most = 0;
  for (int i = 0; i < 300 && !server.session().is_over(); ++i) {
    sent += server.say(std::string(1000, 'a'));
    most = std::max(most, server.session().pending().size());
  }
  CHECK(Server::codes_of(sent) == "421");
  CHECK(server.closed());
  CHECK(server.session().is_over());
  CHECK(most <= 6000);
  CHECK(server.say("QUIT\r\n").empty());
}

TEST_CASE("smtp server: a SASL line without end is 421 too") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.stream.discarded = 100000;
  Server server(config);
  server.say(kEhlo + "AUTH LOGIN\r\n");
  std::string sent;
  for (int i = 0; i < 300 && !server.session().is_over(); ++i) sent += server.say(std::string(1000, 'A'));
  CHECK(Server::codes_of(sent) == "421");
  CHECK(server.closed());
}

TEST_CASE("smtp server: commands without any mail are counted, and a message starts the count anew") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.commands_without_mail = 10;
  Server idle(config);
  idle.take_sent();
  for (int i = 0; i < 10; ++i) CHECK(idle.codes("NOOP\r\n") == "250");
  CHECK(idle.codes("NOOP\r\nNOOP\r\n") == "421");
  CHECK(idle.closed());
  CHECK(idle.session().is_over());
  CHECK(idle.say("NOOP\r\n").empty());

  Server junk(config);
  junk.take_sent();
  std::string codes;
  for (int i = 0; i < 50; ++i) codes += junk.codes("\r\n");
  CHECK(codes.ends_with("421"));
  CHECK(junk.closed());

  Server busy(config);
  busy.take_sent();
  CHECK(busy.codes(kEhlo) == "250");
  for (int i = 0; i < 20; ++i) CHECK(busy.codes(kMail + kRcpt + "DATA\r\n" + kMessage) == "250 250 354 250");
  CHECK_FALSE(busy.closed());

  // As many recipients as a message may have are no reason; those that are refused are.
  config.limits.recipients = 20;
  Server crowd(config);
  crowd.take_sent();
  CHECK(crowd.codes(kEhlo + kMail) == "250 250");
  for (int i = 0; i < 20; ++i) CHECK(crowd.codes(kRcpt) == "250");
  for (int i = 0; i < 8; ++i) CHECK(crowd.codes(kRcpt) == "452");
  CHECK(crowd.codes(kRcpt) == "421");

  Server nobody(config, [](const smtp::Turn& turn) {
    const bool refused = turn.input == smtp::Input::kRcpt && turn.proposed.code.is_positive();
    return refused ? smtp::Reply{smtp::ReplyCode(550), {"no such user"}} : turn.proposed;
  });
  nobody.take_sent();
  CHECK(nobody.codes(kEhlo + kMail) == "250 250");
  for (int i = 0; i < 9; ++i) CHECK(nobody.codes(kRcpt) == "550");
  CHECK(nobody.codes("NOOP\r\n") == "421");
}

TEST_CASE("smtp server: the command too many is nobody's login") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.commands_without_mail = 1;
  Server server(config);
  CHECK(server.codes(kEhlo + "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n") == "220 250 421");
  CHECK_FALSE(server.last_turn().claim.has_value());
  CHECK(server.state().memory().user.empty());
}

TEST_CASE("smtp server: NUL octets get an error, and the session goes on") {
  Server server;
  server.take_sent();
  CHECK(server.codes(std::string("HELO a.b\0\r\n", 11)) == "501");
  CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kNulBytes));
  CHECK(server.codes(std::string("NO\0OP\r\n", 7)) == "500");
  CHECK(server.codes(std::string("\0\0\0\0\r\n", 6)) == "500");
  CHECK(server.codes(kEhlo) == "250");
}

TEST_CASE("smtp server: octets above 127 in an address are refused with 553, in mail data they are kept") {
  Server server;
  server.say(kEhlo);
  CHECK(server.codes("MAIL FROM:<\xe5\xbc\xa0@b.c>\r\n") == "553");  // RFC 6531 §3.5
  CHECK(test::has(server.last_turn().said.remarks, RemarkKind::kNonAsciiAddress));
  CHECK(server.codes("\xff\xfe\r\n") == "500");
}

TEST_CASE("smtp server: replies stay within a line of 512 octets and hold no control character, whatever was said") {
  const std::string long_word(3000, 'x');
  const std::vector<std::string> rows{
      "EHLO " + long_word,
      "EHLO " + std::string(3000, '\xff'),
      "EHLO a\x1b[2Jb",
      "EHLO a\rb",
      long_word,
      "MAIL FROM:<" + long_word + "@b.c>",
      "MAIL FROM:<a@b.c> " + long_word + "!",
      "MAIL FROM:<a@b.c> " + long_word + "=1",
      "MAIL FROM:<a@b.c> \x1b]0;x\x07",
      "AUTH " + long_word,
      "AUTH \x1b[31m",
      "AUTH LOGIN " + long_word + "!",
      "VRFY " + long_word,
      "HELP " + long_word,
      "NOOP \x1b[2J",
  };
  for (const std::string& line : rows) {
    CAPTURE(core::show_bytes(line.substr(0, 60)));
    Server server;
    check_lines(server.take_sent());
    check_lines(server.say(kEhlo));
    check_lines(server.say(line + "\r\n"));
  }
}

TEST_CASE("smtp server: enhanced codes come only when they were announced, and then in every reply they belong to") {
  const std::string dialogue =
      "NOOP\r\nRSET\r\nVRFY a\r\nEXPN a\r\nHELP\r\nBOGUS\r\nMAIL\r\nDATA\r\nSTARTTLS\r\nAUTH BOGUS\r\n"
      "AUTH LOGIN\r\n*\r\nAUTH LOGIN\r\n!\r\nAUTH PLAIN AGFsaWNlAHdyb25n\r\n" +
      kMail + kRcpt + "DATA\r\n" + kMessage + "QUIT\r\n";
  for (const bool announced : {false, true}) {
    CAPTURE(announced);
    smtp::ServerConfig config = Server::with_auth();
    if (announced) config.extensions = smtp::Extensions::from_lines({"ENHANCEDSTATUSCODES", "AUTH LOGIN PLAIN"});
    Server server(config);
    const std::string greeting = server.take_sent() + server.say(kEhlo);
    for (const smtp::Turn& turn : server.turns()) CHECK_FALSE(turn.proposed.enhanced().has_value());
    server.say("EHLO\r\nHELO my computer\r\n");
    for (const smtp::Turn& turn : server.turns()) CHECK_FALSE(turn.proposed.enhanced().has_value());
    const std::size_t before = server.turns().size();
    server.say(dialogue);
    CHECK(server.closed());
    for (std::size_t i = before; i < server.turns().size(); ++i) {
      const smtp::Reply& reply = server.turns()[i].proposed;
      CAPTURE(test::describe(reply));
      // RFC 2034 §4: 2xx, 4xx and 5xx only; there is no class 3.
      CHECK(reply.enhanced().has_value() == (announced && !reply.code.is_intermediate()));
      if (reply.enhanced()) CHECK(reply.enhanced()->status == reply.code.first_digit());
    }
  }
}

TEST_CASE("smtp server: a message over the limit is 552, and the next one is taken") {
  smtp::ServerConfig config = Server::with_auth();
  config.limits.stream.message = 100;
  Server server(config);
  CHECK(server.codes(kEhlo + kMail + kRcpt + "DATA\r\n" + std::string(200, 'x') + "\r\n.\r\n") == "220 250 250 250 354 552");
  CHECK(server.last_turn().said.too_large);
  CHECK(server.state().memory().messages == 0);
  CHECK(server.codes(kMail + kRcpt + "DATA\r\n" + kMessage) == "250 250 354 250");
}

TEST_CASE("smtp server: silence ends with 421 and a close") {
  for (const StatePlace& where : kStatePlaces) {
    CAPTURE(where.name);
    Server server;
    server.say(where.octets);
    server.time_out();
    const std::string sent = server.take_sent();
    CHECK(Server::codes_of(sent) == "421");
    CHECK(server.closed());
    CHECK(server.session().is_over());
    CHECK(server.state().state() == State::kClosed);
    CHECK_FALSE(server.session().next_turn().has_value());
  }
}

TEST_CASE("smtp server: what waits unfinished is known") {
  Server server;
  server.say(kEhlo + "MAIL FROM:<a@b.c>");
  CHECK(std::string(server.session().pending()) == "MAIL FROM:<a@b.c>");
  CHECK(test::describe(server.session().pending_remarks()) == "missing-crlf");
  CHECK(server.codes("\r\n") == "250");
  CHECK(server.session().pending().empty());
}

TEST_CASE("smtp server: octets may go out that no reply can express, and an answer may close") {
  smtp::ServerConfig config = Server::with_auth();
  smtp::ServerSession session(config);
  REQUIRE(session.next_turn().has_value());
  const auto answered = session.answer({smtp::ReplyCode(220), {"hello"}}, "220 hel\nlo", true);
  CHECK(answered.input == smtp::Input::kConnect);
  CHECK(answered.change.to == State::kGreeted);
  const core::Actions actions = session.take_actions();
  REQUIRE(actions.size() == 2);
  CHECK(std::get<core::Send>(actions[0]).bytes == "220 hel\nlo");
  CHECK(std::holds_alternative<core::Close>(actions[1]));
  CHECK(session.is_over());
  session.receive("EHLO a.b\r\n");
  CHECK_FALSE(session.next_turn().has_value());
}

TEST_CASE("smtp server: no turn is given while one waits for its answer") {
  smtp::ServerConfig config = Server::with_auth();
  smtp::ServerSession session(config);
  session.receive("EHLO a.b\r\nNOOP\r\n");
  auto turn = session.next_turn();
  REQUIRE(turn.has_value());
  session.answer(turn->proposed);
  turn = session.next_turn();
  REQUIRE(turn.has_value());
  CHECK(turn->input == smtp::Input::kEhlo);
  session.answer(turn->proposed);
  turn = session.next_turn();
  REQUIRE(turn.has_value());
  CHECK(turn->input == smtp::Input::kNoop);
}

TEST_CASE("smtp server: an answer of its scenario moves the state as that answer says") {
  Server server(Server::with_auth(), [](const smtp::Turn& turn) {
    if (turn.input == smtp::Input::kMail) return smtp::Reply{smtp::ReplyCode(553), {"authentication is required"}};
    if (turn.input == smtp::Input::kNoop) return smtp::Reply{smtp::ReplyCode(421), {"going down"}};
    return turn.proposed;
  });
  CHECK(server.codes(kEhlo + kMail + kRcpt) == "220 250 553 503");
  CHECK(server.state().state() == State::kReady);
  CHECK(server.codes("NOOP\r\nNOOP\r\n") == "421");
  CHECK(server.closed());
  CHECK(server.state().state() == State::kClosed);
}
