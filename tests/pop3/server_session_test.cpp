#include "pop3/server_session.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/pop3/server.h"

namespace {

using pop3::RemarkKind;
using pop3::State;
using pop3_test::Folder;
using pop3_test::Server;
using pop3_test::with_everything;

bool has(const std::vector<pop3::Remark>& remarks, RemarkKind kind) {
  return std::any_of(remarks.begin(), remarks.end(), [&](const pop3::Remark& one) { return one.kind == kind; });
}

std::string remarks_of(const pop3::Turn& turn) {
  std::string out;
  for (const pop3::Remark& remark : turn.said.remarks) out += (out.empty() ? "" : " ") + std::string(remark.kind.text());
  return out;
}

std::string masked(const pop3::Turn& turn) { return core::show_masked(turn.said.line(), turn.said.secrets); }

pop3::ServerConfig with_lines(std::vector<std::string> lines) {
  pop3::ServerConfig config;
  config.capabilities = pop3::Capabilities::from_lines(std::move(lines));
  return config;
}

}  // namespace

TEST_CASE("pop3 server: what is remarked on what is said") {
  struct Row {
    std::string before;
    std::string octets;
    std::string want;
  };
  const std::string login = "USER alice\r\nPASS secret\r\n";
  for (const Row& row :
       {Row{"", "STAT\n", "mailbox-lf-only pop3-not-logged-in"}, Row{"", "PASS x\r\n", "pop3-pass-before-user"},
        Row{login, "USER alice\r\n", "pop3-logged-in-already"}, Row{login, "STLS\r\n", "pop3-bad-sequence"},
        Row{login, "RETR 0\r\n", "pop3-number-zero"}, Row{login, "RETR 4\r\n", "pop3-number-zero"},
        Row{login + "DELE 2\r\n", "RETR 2\r\n", "pop3-last-list-number-as-count"},
        Row{login + "DELE 2\r\nRSET\r\n", "RETR 2\r\n", ""}, Row{login, "RETR 02\r\n", "pop3-number-leading-zero"},
        Row{"", "AUTH FOO\r\n", "pop3-not-offered"}, Row{"UTF8\r\n", "STLS\r\n", "pop3-stls-after-utf8"},
        Row{"AUTH LOGIN\r\n", "YWxpY2UK\r\n", "base64-of-newline"}, Row{"AUTH PLAIN\r\n", "*\r\n", "auth-cancelled"},
        Row{"AUTH PLAIN\r\n", "x\r\n", "credentials-not-base64"},
        Row{"", "AUTH PLAIN AGEAYg==\r\n\r\n", "extra-empty-line login-is-over base64-extra-newline"}}) {
    CAPTURE(row.before);
    CAPTURE(row.octets);
    Server server;
    server.say(row.before);
    server.say(row.octets);
    std::string want = remarks_of(server.last_turn());
    if (want != row.want && row.octets.find("\r\n\r\n") != std::string::npos) {
      CHECK(has(server.last_turn().said.remarks, RemarkKind::kBase64ExtraNewline));
    } else {
      CHECK(want == row.want);
    }
  }
}

TEST_CASE("pop3 server: before the greeting, and out of turn") {
  pop3::ServerConfig config = with_everything();
  pop3::ServerSession session(config);
  session.receive("USER alice\r\n");
  const auto greeting = session.next_turn();
  REQUIRE(greeting);
  CHECK(has(greeting->said.remarks, RemarkKind::kSpeaksBeforeGreeting));

  Server without(with_lines({"USER"}));
  without.say("USER alice\r\nPASS secret\r\n");
  CHECK(has(without.turns()[1].said.remarks, RemarkKind::kSendsBeforeAnswer));
  Server with;
  with.say("USER alice\r\nPASS secret\r\n");
  CHECK_FALSE(has(with.turns()[1].said.remarks, RemarkKind::kSendsBeforeAnswer));
}

TEST_CASE("pop3 server: behind a refused login what is no command is secret until one comes") {
  Server server;
  server.say("USER alice\r\nPASS wrong\r\nsecret\r\nanother try\r\n");
  CHECK(masked(server.turns()[2]) == "PASS ********");
  CHECK(masked(server.turns()[3]) == "********");
  CHECK(masked(server.turns()[4]) == "********");
  CHECK(server.turns()[3].said.fault->error.text.en.find("secret") == std::string::npos);
  server.say("CAPA\r\nfoo\r\n");
  CHECK(masked(server.last_turn()) == "foo");

  Server logged_in;
  logged_in.log_in();
  logged_in.say("foo\r\n");
  CHECK(masked(logged_in.last_turn()) == "foo");
}

TEST_CASE("pop3 server: every mechanism of sasl is there, SCRAM and tokens with their last word") {
  Server server;
  CHECK(server.say("AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWFiYw==\r\n").rfind("+ ", 0) == 0);
  CHECK(server.say("*\r\n").rfind("-ERR", 0) == 0);
  // XOAUTH2 with a token that is refused hears why, and has to say something to it (RFC 7628 §3.2.3).
  const std::string wrong = core::base64_encode(
      "user=alice\x01"
      "auth=Bearer no\x01\x01");
  CHECK(server.say("AUTH XOAUTH2 " + wrong + "\r\n").rfind("+ ", 0) == 0);
  CHECK(server.say("AQ==\r\n").rfind("-ERR", 0) == 0);
  const std::string right = core::base64_encode(
      "user=alice\x01"
      "auth=Bearer secret\x01\x01");
  CHECK(server.say("AUTH XOAUTH2 " + right + "\r\n").rfind("+OK", 0) == 0);
  CHECK(server.state().memory().user == "alice");
}

TEST_CASE("pop3 server: a token may be longer than a command, and is remarked") {
  Server server;
  const std::string token = core::base64_encode(
      "user=alice\x01"
      "auth=Bearer " +
      std::string(2000, 'x') + "\x01\x01");
  CHECK(server.say("AUTH XOAUTH2 " + token + "\r\n").rfind("+ ", 0) == 0);
  CHECK(has(server.last_turn().said.remarks, RemarkKind::kLineTooLong));
  CHECK(server.say(std::string(13000, 'x') + "\r\n").rfind("-ERR", 0) == 0);
}

TEST_CASE("pop3 server: the example of RFC 1939 for APOP") {
  const auto claims = [](const std::string& greeting) {
    pop3::ServerConfig config = with_everything();
    pop3::ServerSession session(config);
    session.next_turn();
    session.answer({pop3::Outcome::kOk, {}, greeting});
    session.receive("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n");
    return session.next_turn();
  };
  const auto turn = claims("POP3 server ready <1896.697170952@dbc.mtview.ca.us>");
  REQUIRE(turn->claim);
  CHECK(turn->claim->user == "mrose");
  CHECK(turn->claim->proves("tanstaaf"));
  CHECK_FALSE(turn->claim->proves("tanstaaF"));
  CHECK_FALSE(claims("POP3 server ready")->claim);
}

TEST_CASE("pop3 server: one session at a time") {
  auto folder = std::make_shared<Folder>(pop3_test::three_messages());
  Server first(folder);
  first.log_in();
  {
    Server second(folder);
    CHECK(second.say("USER alice\r\nPASS secret\r\n") ==
          "+OK send the password\r\n-ERR [IN-USE] unable to lock maildrop: another session holds it\r\n");
    CHECK(has(second.last_turn().said.remarks, RemarkKind::kSecondSession));
    CHECK(second.state().state() == State::kAuthorization);
  }
  first.say("QUIT\r\n");
  Server third(folder);
  third.log_in();
  third.time_out();
  CHECK_FALSE(folder->is_locked);
}

TEST_CASE("pop3 server: a +OK to a login may be a lie, and so may a refusal") {
  auto folder = std::make_shared<Folder>(pop3_test::three_messages());
  Server generous(folder, with_everything(), [](pop3::Turn& turn) {
    if (turn.claim) turn.proposed = pop3::Judge::ok("whoever you are");
  });
  generous.say("USER mallory\r\nPASS x\r\n");
  CHECK(generous.state().state() == State::kTransaction);
  CHECK(generous.say("STAT\r\n") == "+OK 0 0\r\n");
  CHECK(generous.say("LIST\r\n").find("\r\n.\r\n") != std::string::npos);
  CHECK(generous.say("RETR 1\r\n").rfind("-ERR", 0) == 0);

  Server refusing(folder, with_everything(), [](pop3::Turn& turn) {
    if (turn.claim) turn.proposed = {pop3::Outcome::kRefused, "SYS/PERM", "not today"};
  });
  CHECK(refusing.say("USER alice\r\nPASS secret\r\n").find("-ERR [SYS/PERM] not today") != std::string::npos);
  CHECK_FALSE(folder->is_locked);
}

TEST_CASE("pop3 server: DELE follows the answer, not the command") {
  Server server(with_everything(), [](pop3::Turn& turn) {
    if (turn.input == pop3::Input::kDele) turn.proposed = {pop3::Outcome::kRefused, {}, "not this one"};
  });
  server.log_in();
  server.say("DELE 1\r\n");
  CHECK(server.say("STAT\r\n") == "+OK 3 112\r\n");

  Server lying(with_everything(), [](pop3::Turn& turn) {
    if (turn.input == pop3::Input::kDele) turn.proposed = pop3::Judge::ok("gone");
  });
  lying.log_in();
  lying.say("DELE 99\r\nDELE 0\r\n");
  CHECK(lying.say("STAT\r\n") == "+OK 3 112\r\n");
  CHECK(lying.say("QUIT\r\n").rfind("+OK", 0) == 0);
}

TEST_CASE("pop3 server: what cannot be removed is said, and the session is over all the same") {
  Server server;
  server.folder().cannot_expunge = true;
  server.log_in();
  server.say("DELE 1\r\n");
  CHECK(server.say("QUIT\r\n") == "-ERR [SYS/TEMP] some deleted messages not removed\r\n");
  CHECK(server.closed());
  CHECK(server.state().state() == State::kUpdate);
}

TEST_CASE("pop3 server: response codes only where they are announced") {
  Server plain(with_lines({"USER"}));
  CHECK(plain.say("USER alice\r\nPASS x\r\n").find("-ERR authentication failed") != std::string::npos);
  Server codes(with_lines({"USER", "RESP-CODES"}));
  CHECK(codes.say("USER alice\r\nPASS x\r\n").find("-ERR authentication failed") != std::string::npos);
}

TEST_CASE("pop3 server: what is not announced is not there") {
  Server server(with_lines({"SASL PLAIN"}));
  server.say("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n");
  CHECK(server.state().state() == State::kTransaction);
  CHECK(server.say("TOP 1 0\r\n").rfind("-ERR", 0) == 0);
  CHECK(server.say("UIDL\r\n").rfind("-ERR", 0) == 0);
  CHECK(has(server.last_turn().said.remarks, RemarkKind::kNotOffered));

  pop3::ServerConfig config = with_lines({"STLS", "SASL"});
  config.capabilities_tls = pop3::Capabilities::from_lines({"USER", "SASL PLAIN", "AUTH-RESP-CODE", "RESP-CODES"});
  config.has_apop = false;
  Server tls_only(config);
  CHECK(tls_only.say("USER alice\r\n") == "-ERR only inside TLS: send STLS first\r\n");
  CHECK(tls_only.say("APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n").rfind("-ERR", 0) == 0);
  tls_only.say("STLS\r\n");
  tls_only.secure();
  tls_only.log_in();
}

TEST_CASE("pop3 server: octets in clear behind STLS are dropped") {
  Server server;
  CHECK(server.say("STLS\r\nUSER alice\r\nPASS secret\r\n") == "+OK Begin TLS negotiation\r\n");
  CHECK(server.wants_tls());
  CHECK(has(server.last_turn().said.remarks, RemarkKind::kPlaintextBehindStls));
  CHECK(server.session().dropped() == 25);
  CHECK(server.say("STAT\r\n").empty());
  CHECK(server.session().dropped() == 31);
  server.secure();
  CHECK(server.take_sent().empty());
  CHECK(server.state().state() == State::kAuthorization);
  CHECK(server.state().memory().encrypted);
}

TEST_CASE("pop3 server: a large message is never whole in memory") {
  std::string large = "Subject: large\r\n\r\n";
  while (large.size() < 5'000'000) large += ".a line with a dot before it\r\n";
  auto folder = std::make_shared<Folder>(std::vector<std::string>{large});
  folder->piece = mailbox::Content::kMaxPiece;
  Server server(folder);
  server.log_in();
  const std::string sent = server.say("RETR 1\r\nNOOP\r\n");
  CHECK(sent.size() > large.size());
  CHECK(sent.ends_with(".\r\n+OK\r\n"));
  CHECK(server.longest_piece() < 2 * mailbox::Content::kMaxPiece);
}

TEST_CASE("pop3 server: a message that cannot be read on ends the session without an end mark") {
  Server server;
  server.folder().breaks_at = 10;
  server.log_in();
  CHECK(server.say("RETR 1\r\nNOOP\r\n") == "+OK 23 octets\r\nSubject: o(broken)");
  CHECK(server.closed());
}

TEST_CASE("pop3 server: no turn comes while an answer is on its way") {
  const pop3::ServerConfig config = with_everything();
  pop3::ServerSession session(config);
  session.next_turn();
  session.answer(pop3::Judge::ok("ready"));
  session.receive("CAPA\r\nQUIT\r\n");
  auto turn = session.next_turn();
  REQUIRE(turn);
  session.answer(std::move(turn->proposed));
  CHECK(session.is_sending());
  CHECK_FALSE(session.next_turn());
  while (session.is_sending()) CHECK_FALSE(session.next_piece()->empty());
  turn = session.next_turn();
  REQUIRE(turn);
  CHECK(turn->input == pop3::Input::kQuit);
}

TEST_CASE("pop3 server: silence ends without a word and without UPDATE") {
  Server server;
  server.log_in();
  server.say("DELE 1\r\n");
  CHECK(has(server.session().parting_remarks(), RemarkKind::kNoQuit));
  server.time_out();
  CHECK(server.take_sent().empty());
  CHECK(server.closed());
  CHECK(server.state().state() == State::kClosed);
  CHECK(pop3::ServerLimits().auto_logout >= std::chrono::minutes(10));
}

TEST_CASE("pop3 server: who goes on without sense is thrown out") {
  Server server;
  std::string sent;
  for (int i = 0; i < 30 && !server.closed(); ++i) sent = server.say("FROBNICATE\r\n");
  CHECK(server.closed());
  CHECK(sent == "-ERR too many bad commands, closing connection\r\n");
  CHECK(server.turns().size() == 1 + pop3::ServerLimits().bad_commands + 1);

  Server guessing;
  for (int i = 0; i < 30 && !guessing.closed(); ++i) guessing.say("AUTH PLAIN AGFsaWNlAHdyb25n\r\n");
  CHECK(guessing.closed());
  CHECK(guessing.turns().size() == 1 + pop3::ServerLimits().login_attempts + 1);
}

TEST_CASE("pop3 server: a line without end is bounded") {
  Server server;
  std::size_t given = 0;
  while (!server.closed() && given < std::size_t{4} << 20) {
    server.say(std::string(100'000, 'x'));
    given += 100'000;
  }
  CHECK(server.closed());
  CHECK(given < std::size_t{2} << 20);
  CHECK(server.session().pending().size() <= 64);
}

TEST_CASE("pop3 server: a server that takes no bare LF") {
  pop3::ServerConfig config = with_everything();
  config.takes_bare_lf = false;
  Server server(config);
  CHECK(server.say("CAPA\n") == "-ERR a line has to end in CRLF\r\n");
}

TEST_CASE("pop3 server: octets are accounted for") {
  Server server;
  server.say("USER alice\r\nPASS secret\r\nST");
  std::size_t octets = 0;
  for (const pop3::Turn& turn : server.turns()) octets += turn.said.octets;
  CHECK(octets == 25);
  CHECK(server.session().held() == 2);
  CHECK(has(server.session().pending_remarks(), RemarkKind::kMissingLineEnd));
  server.say(std::string(1000, 'A') + "\r\n");
  CHECK(server.last_turn().said.octets == 1004);
  CHECK(server.session().held() == 0);

  Server tls;
  tls.say("\x16\x03\x01");
  CHECK(has(tls.session().pending_remarks(), RemarkKind::kTlsOnPlainPort));
}
