#include "client/commands/recognise.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

// "smtp:quit pop3:quit ", the likeliest first.
std::string names_of(const std::vector<protocol::Input>& inputs) {
  std::string names;
  for (const protocol::Input input : inputs) names += std::string(input.row().protocol) + ":" + std::string(input.name()) + " ";
  return names;
}

struct Describe {
  std::string operator()(const commands::Unrecognised& /*meant*/) const { return "nothing"; }
  std::string operator()(const commands::FirstDigit& meant) const { return "digit " + std::to_string(meant.digit); }
  std::string operator()(const commands::DetailAlone& meant) const { return "detail " + meant.detail; }
  std::string operator()(const commands::WholeReply& meant) const {
    std::string lines;
    for (const std::string& line : meant.answer.lines) lines += (lines.empty() ? "" : "|") + line;
    return "reply " + meant.code.text + "[" + lines + "]";
  }
  std::string operator()(const commands::NoReplyCode& /*meant*/) const { return "no reply code"; }
  std::string operator()(const commands::CommandLine& meant) const {
    return (meant.bare ? "verb " : "line ") + names_of(meant.commands) + meant.line;
  }
  std::string operator()(const commands::OtherInput& meant) const { return "input " + names_of(meant.inputs); }
  std::string operator()(const commands::TermLine& meant) const {
    return "term " + std::string(meant.protocol->name()) + " " + meant.line;
  }
  std::string operator()(const commands::KeywordLine& meant) const {
    return "keyword " + std::string(meant.protocol->name()) + " " + meant.line;
  }
  std::string operator()(const commands::StateName& meant) const {
    std::string names = "state";
    for (const auto& one : meant.states)
      names += " " + std::string(one.protocol->name()) + ":" + std::string(one.state->name.en);
    return names;
  }
  std::string operator()(const commands::MistakeName& meant) const { return "mistake " + meant.id; }
  std::string operator()(const commands::FailureName& meant) const { return "failure " + meant.id; }
  std::string operator()(const commands::Base64Text& meant) const { return "base64 " + meant.text; }
};

struct RecogniseRow {
  std::string input;
  std::string want;
};

const std::vector<RecogniseRow> kRecogniseRows{
    {"535", "reply 535[]"},
    {" 535 ", "reply 535[]"},
    {"transaction", "state pop3:transaction"},
    {"AUTHENTICATED", "state imap:authenticated"},
    {"已选邮箱", "state imap:selected"},
    {"handshake", "state smtp:handshake pop3:handshake imap:handshake"},
    {"535 5.7.8", "reply 535[5.7.8]"},
    {"553 authentication is required", "reply 553[authentication is required]"},
    {"250-SIZE 10", "reply 250[SIZE 10]"},
    {"S: 250 OK", "reply 250[OK]"},
    {"250-a\r\n250-b\r\n250 c\r\n", "reply 250[a|b|c]"},
    {"550-one\n550 two", "reply 550[one|two]"},
    {"999", "no reply code"},
    {"150 OK", "no reply code"},
    {"5351", "nothing"},
    {"5", "digit 5"},
    {"4yz", "digit 4"},
    {"5xx", "digit 5"},
    {"6xx", "nothing"},
    {"5.7.8", "detail 5.7.8"},
    {"4.2.0", "detail 4.2.0"},
    {"3.7.8", "nothing"},
    {"EHLO", "verb smtp:ehlo EHLO"},
    {"helo", "verb smtp:helo helo"},
    {"MAIL FROM", "verb smtp:mail MAIL FROM"},
    {"rcpt to:", "verb smtp:rcpt rcpt to:"},
    {"C: EHLO a", "line smtp:ehlo EHLO a"},
    {"MAIL FROM:<a@b>", "line smtp:mail MAIL FROM:<a@b>"},
    {"DATA now", "line smtp:data DATA now"},
    {"AUTH", "verb smtp:auth pop3:auth AUTH"},
    {"AUTH LOGIN", "line smtp:auth pop3:auth AUTH LOGIN"},
    {"AUTH PLAIN AGEAYg==", "line smtp:auth pop3:auth AUTH PLAIN AGEAYg=="},
    {"AUTH LOGIN PLAIN", "keyword smtp AUTH LOGIN PLAIN"},
    {"AUTH=LOGIN PLAIN", "keyword smtp AUTH=LOGIN PLAIN"},
    {"pipelining", "keyword smtp pipelining"},
    {"SIZE 1000", "keyword smtp SIZE 1000"},
    {"X-WHATEVER", "keyword smtp X-WHATEVER"},
    {".", "input smtp:message "},
    {"*", "input smtp:auth-response pop3:auth-response imap:auth-response "},
    {"connect", "input smtp:connect pop3:connect imap:connect "},
    {"bare-lf-command", "mistake bare-lf-command"},
    {"Bare-LF-Command", "mistake bare-lf-command"},
    {"tls-expired", "failure tls-expired"},
    {"Refused", "failure refused"},
    {"VXNlcm5hbWU6", "base64 VXNlcm5hbWU6"},
    {"YWxpY2VAMTYzLmNvbQ", "base64 YWxpY2VAMTYzLmNvbQ"},
    {"b'YWxpY2VAMTYzLmNvbQ=='", "base64 b'YWxpY2VAMTYzLmNvbQ=='"},
    {"AGFsaWNlAHNlY3JldA==", "base64 AGFsaWNlAHNlY3JldA=="},
    // POP3
    {"RETR", "verb pop3:retr RETR"},
    {"retr 1", "line pop3:retr retr 1"},
    {"QUIT", "verb smtp:quit pop3:quit QUIT"},
    {"pop3 QUIT", "verb pop3:quit QUIT"},
    {"POP3 quit", "verb pop3:quit quit"},
    {"smtp NOOP", "verb smtp:noop NOOP"},
    {"NOOP now", "line smtp:noop pop3:noop imap:noop NOOP now"},
    {"AUTH", "verb smtp:auth pop3:auth AUTH"},
    {"+OK", "reply +OK[]"},
    {"-ERR", "reply -ERR[]"},
    {"S: -ERR [AUTH] no", "reply -ERR[[AUTH] no]"},
    {"+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n", "reply +OK[2 messages|1 120|2 200]"},
    {"-ERR no\nTraceback", "nothing"},
    {"+ VXNlcm5hbWU6", "reply +[VXNlcm5hbWU6]"},
    {"[AUTH]", "detail AUTH"},
    {"[in-use]", "detail IN-USE"},
    {"[whatever]", "nothing"},
    {"SASL PLAIN LOGIN", "keyword pop3 SASL PLAIN LOGIN"},
    {"pop3-second-session", "mistake pop3-second-session"},
    {"pop3", "nothing"},
    {"frob", "nothing"},
    // IMAP
    {"imap SELECT", "verb imap:select SELECT"},
    {"a4 SELECT INBOX", "line imap:select a4 SELECT INBOX"},
    {"SELECT INBOX", "line imap:select SELECT INBOX"},
    {"a3 UID FETCH 1:* (FLAGS)", "line imap:fetch a3 UID FETCH 1:* (FLAGS)"},
    {"please check it", "nothing"},
    {"DONE", "input imap:done "},
    {"* 23 EXISTS", "term imap * 23 EXISTS"},
    {"* LIST (\\HasNoChildren) \"/\" INBOX", "term imap * LIST (\\HasNoChildren) \"/\" INBOX"},
    {"* nothing that is known", "nothing"},
    {"BODY.PEEK", "term imap BODY.PEEK"},
    {"body.peek[header.fields (date)]<0.10>", "nothing"},
    {"BODY.PEEK[HEADER]", "term imap BODY.PEEK[HEADER]"},
    {"\\Seen", "term imap \\Seen"},
    {"UIDVALIDITY", "term imap UIDVALIDITY"},
    {"TRYCREATE", "detail TRYCREATE"},
    {"[TRYCREATE]", "detail TRYCREATE"},
    {"trycreate", "nothing"},
    {"hello there", "nothing"},
    // What a program printed is for explain::Reader.
    {"smtplib.SMTPAuthenticationError: (535, b'Error: authentication failed')", "nothing"},
    {"(535, b'cut", "nothing"},
    {"550-one\ntwo", "nothing"},
    {"EHLO a\n250 b", "nothing"},
    {"SIZE 10\n250 b", "nothing"},
    {"wrong-password", "failure wrong-password"},
    {"it took 300 seconds", "nothing"},
    {"port 2535 is busy", "nothing"},
    {"", "nothing"},
    {" \r\n", "nothing"},
};

}  // namespace

TEST_CASE("explain: what is meant by a text") {
  const auto& tables = knowledge::Knowledge::embedded();
  REQUIRE(tables.has_value());
  for (const RecogniseRow& row : kRecogniseRows) {
    CAPTURE(row.input);
    CHECK(std::visit(Describe(), commands::recognise(row.input, *tables)) == row.want);
  }
}

TEST_CASE("explain: base64 counts when something readable comes out") {
  struct Readable {
    std::string text;
    std::optional<std::string> want;
  };
  using std::string_literals::operator""s;
  for (const Readable& row : {Readable{"YQ==", "a"}, Readable{"AGEAYg==", "\0a\0b"s}, Readable{"YQo=", "a\n"},
                              Readable{"5L2g5aW9", "你好"}, Readable{"AQID", std::nullopt}, Readable{"/////w==", std::nullopt},
                              Readable{"YQ", std::nullopt}, Readable{"", std::nullopt}, Readable{"b''", std::nullopt},
                              Readable{"b'YQ=='", "a"}, Readable{"not base64!", std::nullopt}}) {
    CAPTURE(row.text);
    CHECK(commands::readable_base64(row.text) == row.want);
  }
}

TEST_CASE("explain: a line of the answer to EHLO is cut behind its keyword") {
  struct Split {
    std::string line;
    std::string keyword;
    std::string parameters;
  };
  for (const Split& row :
       {Split{"SIZE 10", "SIZE", "10"}, Split{"8BITMIME", "8BITMIME", ""}, Split{"AUTH=LOGIN PLAIN", "AUTH=", "LOGIN PLAIN"},
        Split{"X-A b=c", "X-A", "b=c"}, Split{"", "", ""}}) {
    CAPTURE(row.line);
    CHECK(commands::split_keyword(row.line).keyword == row.keyword);
    CHECK(commands::split_keyword(row.line).parameters == row.parameters);
  }
}
