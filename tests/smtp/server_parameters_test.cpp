// Parameters of MAIL, RCPT, VRFY and EXPN, and the limits of a session.
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/parameters.h"
#include "smtp/server_session.h"
#include "smtp/xtext.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/server.h"

namespace {

using smtp::RemarkKind;
using test::kEhlo;
using test::Server;

struct ParameterRow {
  std::string line;
  std::string code;          // with every extension
  std::string without = {};  // with none; the same when empty
};

const std::array kMailRows{
    ParameterRow{"MAIL FROM:<a@b.c>", "250"},
    ParameterRow{"MAIL FROM:<a@b.c> FOO=1", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> NOTIFY=NEVER", "555"},
    // RFC 1870 §3
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=0", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=100", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> size=100 body=8bitmime", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=x", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=-1", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=+1", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=1x", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=1 SIZE=1", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=37748736", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=37748737", "552", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=99999999999999999999", "552", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SIZE=123456789012345678901", "501", "555"},
    // RFC 6152 §2, RFC 3030 §3
    ParameterRow{"MAIL FROM:<a@b.c> BODY=7BIT", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> BODY=8BITMIME", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> BODY=BINARYMIME", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> BODY=9BIT", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> BODY", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> BODY=7BIT BODY=8BITMIME", "501", "555"},
    // RFC 6531 §3.4
    ParameterRow{"MAIL FROM:<a@b.c> SMTPUTF8", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SMTPUTF8=1", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> SMTPUTF8 SMTPUTF8", "501", "555"},
    ParameterRow{"MAIL FROM:<张三@例子.中国> SMTPUTF8", "250", "553"},
    ParameterRow{"MAIL FROM:<张三@例子.中国>", "553", "553"},
    ParameterRow{"MAIL FROM:<\xff@b.c> SMTPUTF8", "501", "553"},
    // RFC 3461 §4.3, §4.4
    ParameterRow{"MAIL FROM:<a@b.c> RET=FULL", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> RET=hdrs ENVID=QQ314159", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> RET=BODY", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> RET", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=a+2Bb", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=a+2bb", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=a+", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=a+0A", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=" + std::string(100, 'x'), "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> ENVID=" + std::string(101, 'x'), "501", "555"},
    // RFC 4954 §5
    ParameterRow{"MAIL FROM:<a@b.c> AUTH=<>", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> AUTH=e+3Dmc2@example.com", "250", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> AUTH=nobody", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> AUTH=a+zz@example.com", "501", "555"},
    ParameterRow{"MAIL FROM:<a@b.c> AUTH", "501", "555"},
    // RFC 5321 §4.5.3.1
    ParameterRow{"MAIL FROM:<" + std::string(64, 'x') + "@b.c>", "250"},
    ParameterRow{"MAIL FROM:<" + std::string(65, 'x') + "@b.c>", "501"},
};

const std::array kRcptRows{
    ParameterRow{"RCPT TO:<a@b.c>", "250"},
    ParameterRow{"RCPT TO:<a@b.c> SIZE=1", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=NEVER", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=never", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=SUCCESS", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=SUCCESS,FAILURE,DELAY", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=NEVER,DELAY", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=DELAY,NEVER", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=DELAY,DELAY", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=DELAY,", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=,", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=DELAY NOTIFY=DELAY", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;a@b.c", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> NOTIFY=FAILURE ORCPT=rfc822;a+2Bx@b.c", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=utf-8;a@b.c", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;+E7+94+A8@b.c", "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;+E7+94@b.c", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;a+0Db@b.c", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=a@b.c", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=;a@b.c", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;a+xx@b.c", "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;" + std::string(493, 'x'), "250", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;" + std::string(494, 'x'), "501", "555"},
    ParameterRow{"RCPT TO:<a@b.c> ORCPT=rfc822;a ORCPT=rfc822;a", "501", "555"},
    ParameterRow{"RCPT TO:<张三@b.c>", "553", "553"},
};

const std::array kVerifyRows{
    ParameterRow{"VRFY alice", "252"},
    ParameterRow{"VRFY", "501"},
    ParameterRow{"VRFY @@", "501"},
    ParameterRow{"VRFY alice SMTPUTF8", "252", "555"},
    ParameterRow{"VRFY 张三 SMTPUTF8", "252", "555"},
    ParameterRow{"VRFY 张三", "553"},
    ParameterRow{"EXPN staff", "252", "502"},
    ParameterRow{"EXPN", "501", "502"},
    ParameterRow{"EXPN 张三 SMTPUTF8", "252", "502"},
    ParameterRow{"EXPN 张三", "553", "502"},
};

template <std::size_t N>
void check(const std::array<ParameterRow, N>& rows, const std::string& before) {
  for (const ParameterRow& row : rows) {
    CAPTURE(row.line);
    Server everything(Server::with_everything());
    everything.say(kEhlo + before);
    CHECK(everything.codes(row.line + "\r\n") == row.code);
    if (row.code == "553") CHECK(test::has(everything.last_turn().said.remarks, RemarkKind::kNonAsciiAddress));
    Server nothing((smtp::ServerConfig()));
    nothing.say(kEhlo + before);
    const std::string code = row.without.empty() ? row.code : row.without;
    CHECK(nothing.codes(row.line + "\r\n") == code);
    if (code == "555") CHECK(test::has(nothing.last_turn().said.remarks, RemarkKind::kExtensionNotOffered));
  }
}

smtp::ServerConfig enhanced(smtp::ServerConfig config) {
  std::vector<std::string> lines = config.extensions.lines();
  lines.emplace_back("ENHANCEDSTATUSCODES");
  config.extensions = smtp::Extensions::from_lines(lines);
  return config;
}

}  // namespace

TEST_CASE("smtp server: parameters of MAIL need their extension and their grammar") { check(kMailRows, ""); }

TEST_CASE("smtp server: parameters of RCPT need their extension and their grammar") {
  check(kRcptRows, "MAIL FROM:<a@b.c>\r\n");
}

TEST_CASE("smtp server: VRFY and EXPN take SMTPUTF8 (RFC 6531 §3.7.4.2)") { check(kVerifyRows, ""); }

TEST_CASE("smtp server: after HELO no parameter is offered") {
  Server helo(Server::with_everything());
  helo.say("HELO a.b\r\n");
  CHECK(helo.codes("MAIL FROM:<a@b.c> SIZE=100\r\n") == "555");
  CHECK(helo.codes("MAIL FROM:<张三@b.c> SMTPUTF8\r\n") == "555");
}

TEST_CASE("smtp server: a recipient may be UTF-8 when MAIL said SMTPUTF8") {
  Server server(Server::with_everything());
  server.say(kEhlo);
  CHECK(server.codes("MAIL FROM:<a@b.c> SMTPUTF8\r\nRCPT TO:<张三@例子.中国>\r\nRCPT TO:<\xff@b.c>\r\n") == "250 250 501");
}

TEST_CASE("smtp server: BINARYMIME is taken only where CHUNKING is offered too") {
  smtp::ServerConfig config;
  config.extensions = smtp::Extensions::from_lines({"8BITMIME", "BINARYMIME"});
  Server without(config);
  without.say(kEhlo);
  CHECK(without.codes("MAIL FROM:<a@b.c> BODY=BINARYMIME\r\n") == "501");
  config.extensions = smtp::Extensions::from_lines({"8BITMIME", "CHUNKING"});
  Server chunks(config);
  chunks.say(kEhlo);
  CHECK(chunks.codes("MAIL FROM:<a@b.c> BODY=BINARYMIME\r\n") == "501");
}

TEST_CASE("smtp server: refusals of parameters carry their enhanced codes") {
  Server server(enhanced(Server::with_everything()));
  server.say(kEhlo);
  CHECK(server.say("MAIL FROM:<a@b.c> SIZE=37748737\r\n").find("552 5.3.4 ") == 0);
  CHECK(server.say("MAIL FROM:<a@b.c> FOO\r\n").find("555 5.5.4 ") == 0);
  CHECK(server.say("MAIL FROM:<a@b.c> BODY=x\r\n").find("501 5.5.4 ") == 0);
  CHECK(server.say("MAIL FROM:<张三@b.c>\r\n").find("553 5.6.7 ") == 0);
  CHECK(server.say("MAIL FROM:<@>\r\n").find("501 5.1.7 ") == 0);
  CHECK(server.say("MAIL\r\n").find("501 5.5.4 ") == 0);
  server.say("MAIL FROM:<a@b.c>\r\n");
  CHECK(server.say("RCPT TO:<@>\r\n").find("501 5.1.3 ") == 0);
}

TEST_CASE("smtp server: what the parameters said is remembered with the envelope, and forgotten with it") {
  Server server(Server::with_everything());
  server.say(kEhlo + "MAIL FROM:<a@b.c> RET=HDRS ENVID=x+2By\r\nRCPT TO:<d@e.f> NOTIFY=DELAY ORCPT=rfc822;g@h.i\r\n" +
             "RCPT TO:<bad> NOTIFY=NEVER\r\nRCPT TO:<j@k.l>\r\n");
  const smtp::Memory& memory = server.state().memory();
  REQUIRE(smtp::find_parameter(memory.mail_parameters, "envid") != nullptr);
  CHECK(*smtp::find_parameter(memory.mail_parameters, "ENVID")->value == "x+2By");
  CHECK(smtp::declares(memory.mail_parameters, "RET", "hdrs"));
  CHECK_FALSE(smtp::declares(memory.mail_parameters, "RET", "FULL"));
  REQUIRE(memory.rcpt_parameters.size() == memory.forward_paths.size());
  REQUIRE(memory.rcpt_parameters.size() == 2);
  CHECK(smtp::declares(memory.rcpt_parameters[0], "NOTIFY", "DELAY"));
  CHECK(memory.rcpt_parameters[1].empty());
  server.say("RSET\r\n");
  CHECK(memory.mail_parameters.empty());
  CHECK(memory.rcpt_parameters.empty());
}

TEST_CASE("smtp server: recipients of too many domains, and messages too many, are refused for now (RFC 9422)") {
  smtp::ServerConfig config = Server::with_everything();
  config.limits.recipient_domains = 2;
  Server domains(config);
  domains.say(kEhlo + "MAIL FROM:<a@b.c>\r\n");
  CHECK(domains.codes("RCPT TO:<a@one.example>\r\nRCPT TO:<b@two.example>\r\nRCPT TO:<c@ONE.example>\r\n"
                      "RCPT TO:<d@three.example>\r\nRCPT TO:<e@two.example>\r\n") == "250 250 250 452 250");
  config.limits.recipient_domains.reset();
  config.limits.messages = 2;
  Server messages(config);
  messages.say(kEhlo);
  CHECK(messages.codes("MAIL FROM:<a@b.c>\r\nRSET\r\nMAIL FROM:<a@b.c> FOO\r\nMAIL FROM:<a@b.c>\r\nRSET\r\n"
                       "MAIL FROM:<a@b.c>\r\nNOOP\r\n") == "250 250 555 250 250 452 250");
}

TEST_CASE("smtp address: a path has at most 256 octets, brackets included (RFC 5321 §4.5.3.1.3)") {
  const std::string label(63, 'd');
  const std::string domain = label + "." + label + "." + label + ".";
  for (const std::size_t rest : {60U, 61U, 62U}) {
    const std::string path = "<a@" + domain + std::string(rest, 'e') + ">";
    CAPTURE(path.size());
    Server server;
    server.say(kEhlo);
    CHECK(server.codes("MAIL FROM:" + path + "\r\n") == (path.size() <= 256 ? "250" : "501"));
  }
}

TEST_CASE("smtp xtext: it is decoded (RFC 3461 §4)") {
  CHECK(smtp::decode_xtext("abc") == "abc");
  CHECK(smtp::decode_xtext("a+2Bb+3Dc") == "a+b=c");
  CHECK(smtp::decode_xtext("") == "");
  for (const std::string bad : {"+", "+2", "+2g", "+2b", "a b", "a=b", "\x7f", "a\xff", "++2B"}) {
    CAPTURE(bad);
    CHECK_FALSE(smtp::decode_xtext(bad).has_value());
  }
  std::string xtext;
  std::string every;
  for (int i = 0; i < 256; ++i) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    every += static_cast<char>(i);
    xtext += {'+', kHex[static_cast<std::size_t>(i / 16)], kHex[static_cast<std::size_t>(i % 16)]};
  }
  CHECK(smtp::decode_xtext(xtext) == every);
}
