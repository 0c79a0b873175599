#include "client/commands/explain.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "client/commands/recognise.h"
#include "client/explain/vocabulary.h"
#include "core/base64.h"
#include "core/result.h"
#include "tests/explain/filled.h"

namespace {

struct Printed {
  int status = 0;
  std::string out;
  std::string err;
};

Printed explained(const std::string& input, commands::ExplainOptions options = {}) {
  static const core::Result<knowledge::Knowledge>& kTables = knowledge::Knowledge::embedded();
  static const scenario::Catalogue kCatalogue = scenario::Catalogue::embedded();
  REQUIRE(kTables.has_value());
  std::ostringstream out;
  std::ostringstream err;
  const int status = commands::explain(input, *kTables, kCatalogue, options, out, err);
  return {status, out.str(), err.str()};
}

constexpr commands::ExplainOptions kChinese{core::Language::kChinese, false};
constexpr commands::ExplainOptions kOpen{core::Language::kEnglish, true};

struct ExplainRow {
  std::string name;
  std::string input;
  std::vector<std::string> says;     // each stands in what is printed
  std::vector<std::string> is_mute;  // none of these does
};

void check(const std::vector<ExplainRow>& rows, commands::ExplainOptions options) {
  for (const ExplainRow& row : rows) {
    const Printed printed = explained(row.input, options);
    CAPTURE(row.name);
    CAPTURE(printed.out);
    CHECK(printed.status == 0);
    CHECK(printed.err.empty());
    for (const std::string& text : row.says) {
      CAPTURE(text);
      CHECK(printed.out.find(text) != std::string::npos);
    }
    for (const std::string& text : row.is_mute) {
      CAPTURE(text);
      CHECK(printed.out.find(text) == std::string::npos);
    }
  }
}

}  // namespace

TEST_CASE("explain: each kind of input is explained in English") {
  check(
      {
          {"a code",
           "535",
           {"535\n", "5xx", "x3x", "  Do  ", "RFC 4954", "Providers say\n", "  535 ", "netease#auth-failed",
            "qq#auth-code-needed"},
           {"\n  5.7.8 "}},
          {"a code with an enhanced one",
           "535 5.7.8",
           {"535 5.7.8\n", "X.7.X", "5.7.8 ", "Authentication credentials invalid"},
           {}},
          {"a code the standard does not have", "559", {"559", "no standard meaning", "refused for good"}, {}},
          {"an enhanced code alone", "5.7.8", {"5.X.X", "X.7.X", "535, 554"}, {}},
          {"an enhanced code nobody knows", "5.7.777", {"5.7.777", "of their own"}, {}},
          {"a first digit", "4xx", {"refused for now"}, {"x0x"}},
          {"a provider's reply",
           "553 authentication is required,163 smtp11,x y",
           {"NetEase 163 · netease#auth-required · seen 2017-12-19", "  Why  ", "smtp.163.com", "  Source  ", "course report D",
            "553 · generic"},
           {}},
          {"the same from another node",
           "553 authentication is required,163 smtp23,KtCow 1513",
           {"netease#auth-required · seen"},
           {"auth-required-old"}},
          {"its beginning", "553 authentication is requ", {"netease#auth-required · seen"}, {}},
          {"from inside an exception",
           "smtplib.SMTPAuthenticationError: (535, b'Error: authentication failed')",
           {"535 Error: authentication failed\n", "netease#auth-failed"},
           {}},
          {"a reply that repeats the line with the password",
           "500 5.5.1 Command unrecognized: \"AUTH PLAIN AGFsaWNlAHNlY3JldA==\"",
           {"Command unrecognized: \"AUTH PLAIN ********\""},
           {"AGFsaWNlAHNlY3JldA=="}},
          {"a reply nobody is known to give",
           "550 we do not like you",
           {"550 we do not like you\n", "  5xx"},
           {"· generic", "  Why  "}},
          {"another provider's reply",
           "535 Login Fail. Please enter your authorization code to login.",
           {"QQ", "qq#"},
           {"netease#"}},
          {"a question of AUTH LOGIN", "334 VXNlcm5hbWU6", {"VXNlcm5hbWU6  base64 of Username:", "qq#auth-login-username"}, {}},
          {"an answer to EHLO",
           "250-mail\n250-PIPELINING\n250 8BITMIME",
           {"PIPELINING · in the answer", "8BITMIME · in the answer", "250 · generic"},
           {}},
          {"one line of it", "250-SIZE 1000", {"SIZE 1000 · in the answer", "RFC 1870"}, {"qq#"}},
          {"a verb", "EHLO", {"\"EHLO\" SP", "Example", "address-literal", "RFC 5321 §4.1.1.1"}, {"well-formed"}},
          {"a verb that is a keyword too", "STARTTLS", {"RFC 3207 §4\n", "STARTTLS · in the answer to EHLO"}, {}},
          {"a command",
           "MAIL FROM:<a@b>",
           {"    <a@b>   ", "Reverse-path", "This line is well-formed."},
           {"Noticed", "Example"}},
          {"a command without its colon", "MAIL FROM a@b", {"not well-formed: the colon", "no-colon", "  Do  "}, {}},
          {"a command with an address literal", "EHLO [192.0.2.1]", {"[192.0.2.1]", "address-literal ·"}, {}},
          {"a keyword", "PIPELINING", {"RFC 2920"}, {"    LOGIN"}},
          {"the mechanisms", "AUTH LOGIN PLAIN", {"    LOGIN  ", "    PLAIN  "}, {"initial-response"}},
          {"a mistake", "bare-lf-command", {"· bare-lf-command\n", "  Why  ", "  Do  ", "warning:", "RFC 5321 §2.3.8"}, {}},
          {"a failure", "tls-expired", {"The server's certificate has expired. · tls-expired", "Why ", "Do ", "RFC 5280"}, {}},
          {"BDAT", "BDAT 86 LAST", {"chunk-size · ", "LAST  ", "well-formed"}, {}},
          {"a first message of SCRAM", core::base64_encode("n,,n=user,r=abc"), {"SCRAM-SHA-256 ", "    abc  ", "Made of"}, {}},
          {"a challenge of SCRAM", "334 " + core::base64_encode("r=abcd,s=c2FsdA==,i=4096"), {"    4096  ", "Made of"}, {}},
          {"a challenge of CRAM-MD5", "334 " + core::base64_encode("<1.2@mx.example>"), {"CRAM-MD5 ", "Made of"}, {}},
          {"a token",
           core::base64_encode("user=a@b.c\x01"
                               "auth=Bearer t0ken\x01\x01"),
           {"XOAUTH2 ", "    a@b.c  ", "********"},
           {"t0ken"}},
          {"base64", "YWxpY2VAMTYzLmNvbQ==", {"base64 of alice@163.com\n"}, {"Noticed"}},
          {"base64 with a line end inside", "YWxpY2VAMTYzLmNvbQo=", {"alice@163.com␊", "base64-of-newline"}, {}},
          {"the end of the message", ".", {"message\n", "RFC 5321 §4.1.1.4"}, {}},
      },
      {});
}

TEST_CASE("explain: each kind of input is explained in Chinese") {
  check(
      {
          {"a code", "535", {"  怎么办  ", "服务商的原话"}, {"  Do  "}},
          {"a provider's reply",
           "553 authentication is required,163 smtp11,x y",
           {"网易 163 · netease#auth-required · 见于 2017-12-19", "原因", "出处"},
           {"Why"}},
          {"a command",
           "MAIL FROM:a@b",
           {"语法", "这一行不符合语法：地址没有放在尖括号里。", "注意到", "缺了尖括号"},
           {"not well-formed", "Noticed"}},
          {"a mistake", "missing-crlf", {"错误：", "怎么办"}, {"error:"}},
          {"base64", "VXNlcm5hbWU6", {"Username:"}, {"base64 of"}},
      },
      kChinese);
}

TEST_CASE("explain: what a program printed is explained, with where it stands, whose words it is and what to do") {
  check(
      {
          {"PHPMailer and Gmail",
           "2024-05-06 07:08:09 SERVER -> CLIENT: 220 smtp.gmail.com ESMTP\n2024-05-06 07:08:10 SERVER -> CLIENT: 535-5.7.8 "
           "Username "
           "and Password not accepted. Learn more at\n                   535 5.7.8  "
           "https://support.google.com/mail/?p=BadCredentials "
           "x1-20020a - gsmtp\nSMTP Error: Could not authenticate.",
           {"535 5.7.8 Username", "line 2 of 4", "Said by   Gmail", "Printed by PHPMailer", "gmail#bad-credentials-learn-more",
            "That is   The web password instead of the authorization code · web-password", "535 · generic"},
           {"AUTH again, if the server", "netease#"}},
          {"the code that was expected",
           "Expected response code 250 but got code \"535\", with message \"535 Incorrect authentication data\"",
           {"535 Incorrect authentication data\n", "exim#auth-failed", "Numbers that are no reply here",
            "250       the code that"},
           {"250 · generic", "Done, "}},
          {"a library's words",
           "ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)",
           {"Said by   OpenSSL", "tls-not-tls", "perhaps: ", "tls-on-plain-port", "465"},
           {"generic"}},
          {"too many logins",
           "535 auth failed (this user authenticate too many times)",
           {"login-rate", "wait", "Said by   a server"},
           {"AUTH again", "Said by   A plain"}},
          {"what the words leave open is no certainty",
           "550 61a2b3c4-5d6e7f80 Mail rejected",
           {"That is   The test mail looks like spam", "perhaps   No empty line"},
           {"That is   No empty"}},
          {"a reply by its name",
           "qq#auth-code-needed",
           {"535 ", "QQ Mail · qq#auth-code-needed", "Why", "Do ", "535 · generic", "RFC 4954"},
           {"nothing smtplab knows"}},
          {"general words, several providers",
           "534 5.7.1 please log in",
           {"a server; the text does not tell which"},
           {"Said by   Apple"}},
          {"a success", "S: 250 2.1.0 Ok\nS: 354 go ahead\nS: 250 2.0.0 Ok: queued", {"Nothing in this text was refused"}, {}},
          {"a password in the words",
           "500 5.5.1 Command unrecognized: \"AUTH PLAIN AGFsaWNlAHNlY3JldA==\"",
           {"500 5.5.1 Command unrecognized", "********"},
           {"AGFsaWNl"}},
      },
      {});
  check({{"Foxmail's system", "发送失败：由于目标计算机积极拒绝，无法连接。", {"谁说的", "refused", "怎么办"}, {"Said by"}}},
        kChinese);
}

TEST_CASE("explain: what is left out of a long text is said") {
  commands::ExplainOptions options;
  options.left_out = 7;
  CHECK(explained("550 User unknown", options).err == "smtplab: 7 octets in the middle of the text were not looked at\n");
}

TEST_CASE("explain: a password is masked unless secrets are asked for") {
  const std::string response = "AGFsaWNlAHNlY3JldA==";  // NUL alice NUL secret
  for (const std::string& input : {response, "AUTH PLAIN " + response}) {
    CAPTURE(input);
    const Printed hidden = explained(input);
    CHECK(hidden.out.find("secret") == std::string::npos);
    CHECK(hidden.out.find(response) == std::string::npos);
    CHECK(hidden.out.find("alice") != std::string::npos);
    CHECK(hidden.out.find("********") != std::string::npos);
    const Printed open = explained(input, kOpen);
    CHECK(open.out.find("alice\\x00secret") != std::string::npos);
    CHECK(open.out.find(response) != std::string::npos);
  }
  CHECK(explained("AUTH XOAUTH2 dXNlcj1hbGljZQ==").out.find("dXNlcj1hbGljZQ") == std::string::npos);
  CHECK(explained("AUTH LOGIN YWxpY2U=").out.find("base64 of alice") != std::string::npos);
}

TEST_CASE("explain: what is not known is said so, with what may have been meant") {
  struct Unknown {
    std::string input;
    std::vector<std::string> says;
  };
  for (const Unknown& row :
       {Unknown{"ELHO", {"'ELHO' is nothing smtplab knows", "Did you mean  EHLO"}},
        Unknown{"PIPELINNG", {"Did you mean  PIPELINING"}}, Unknown{"bare-lf-comand", {"Did you mean  bare-lf-command"}},
        Unknown{"Anti-spam GT for Coremail", {"220 163.com Anti-spam GT for Coremail", "netease#banner-163"}},
        Unknown{"999", {"'999' is no reply code"}}, Unknown{"", {"nothing to explain", "Give a reply"}},
        Unknown{"  ", {"nothing to explain"}}, Unknown{"\x1b[31mred", {"'\\x1b[31mred'"}},
        Unknown{std::string(100000, 'q'), {"is nothing smtplab knows"}}}) {
    const Printed printed = explained(row.input);
    CAPTURE(row.input.substr(0, 40));
    CAPTURE(printed.err.substr(0, 400));
    CHECK(printed.status == 2);
    CHECK(printed.out.empty());
    CHECK(printed.err.find('\x1b') == std::string::npos);
    CHECK(printed.err.size() < 2000);
    for (const std::string& text : row.says) {
      CAPTURE(text);
      CHECK(printed.err.find(text) != std::string::npos);
    }
  }
  CHECK(explained("ELHO", kChinese).err.find("smtplab 不认识 'ELHO'") != std::string::npos);
}

TEST_CASE("explain: what both protocols have is told of each") {
  check(
      {
          {"the likelier first, and how to ask for the other",
           "QUIT",
           {"QUIT · SMTP\n", "221", "\nQUIT · POP3\n", "  More      smtplab explain \"pop3 QUIT\"\n"},
           {"RFC 1939"}},
          {"the other one", "pop3 QUIT", {"QUIT\n", "RFC 1939 §6"}, {"221", "· SMTP"}},
          {"another name for the same",
           "STLS",
           {"STLS\n", "RFC 2595", "\nSTARTTLS · SMTP\n", "smtplab explain STARTTLS\n"},
           {}},
          {"one that fits but one grammar", "AUTH PLAIN AGEAYg==", {"AUTH PLAIN ******** · SMTP", "AUTH · POP3"}, {"AGEAYg"}},
          {"one that only POP3 has", "RETR 1", {"RETR 1\n", "message · The number", "well-formed", "RFC 1939 §5"}, {"SMTP"}},
          {"one that is wrong", "RETR", {"Grammar   \"RETR\" SP msg"}, {}},
          {"a password", "PASS secret", {"PASS ********"}, {"secret"}},
          {"what CAPA lists",
           "+OK list\nSASL PLAIN\nUIDL\n.",
           {"SASL PLAIN · in the answer to CAPA", "UIDL · in the answer to CAPA"},
           {"EHLO"}},
          {"a refusal", "-ERR", {"-ERR\n", "RFC 1939 §3", "Providers say"}, {}},
          {"why", "-ERR [AUTH] no such thing", {"[AUTH] ", "RFC 3206 §5"}, {}},
          {"a provider's", "-ERR Unable to log on", {"wrong-password", "netease-pop3#login-failed"}, {}},
          {"by its name", "gmail-pop3#in-use", {"· gmail-pop3#in-use", "  Do  "}, {}},
      },
      {});
}

TEST_CASE("explain: nothing that a terminal would obey gets through") {
  for (const std::string input : {"550 \x1b[31mred\x07", "EHLO \x1b]0;a\x07", "250-a\x1b\n250 b\x1b", "MAIL FROM:<a\x1b@b>"}) {
    const Printed printed = explained(input);
    CAPTURE(printed.out);
    CHECK(printed.out.find('\x1b') == std::string::npos);
    CHECK(printed.out.find('\x07') == std::string::npos);
    CHECK(printed.out.find("\\x1b") != std::string::npos);
  }
}

TEST_CASE("explain: a reply that only one scenario gives is known too") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  const knowledge::Knowledge& tables = knowledge::Knowledge::embedded().value();
  const explain::Phrases phrases(tables);
  const explain::Vocabulary known(catalogue, tables, phrases);
  for (const std::string& id : catalogue.ids()) {
    const auto scenario = catalogue.load(id);
    REQUIRE(scenario.has_value());
    for (const scenario::ReplyEntry& entry : scenario->replies) {
      if (entry.explanation == nullptr || entry.explanation->because.empty()) continue;
      CAPTURE(entry.explanation->id);
      const auto found =
          known.with_code({scenario->protocol, entry.code.text, *scenario->protocol->outcome_of(entry.code.text)});
      CHECK(std::any_of(found.begin(), found.end(), [&](const explain::KnownReply* reply) {
        return reply->entry.explanation->id == entry.explanation->id;
      }));
    }
  }
}

TEST_CASE("explain: every reply of every provider finds its own explanation") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  const knowledge::Knowledge& tables = knowledge::Knowledge::embedded().value();
  const explain::Phrases phrases(tables);
  const explain::Vocabulary known(catalogue, tables, phrases);
  CHECK(known.failures().empty());
  for (const std::string& name : catalogue.provider_names()) {
    const auto provider = catalogue.load(name);
    REQUIRE(provider.has_value());
    for (const scenario::ReplyEntry& entry : provider->replies) {
      if (entry.explanation == nullptr || entry.explanation->because.empty()) continue;
      // An answer of IMAP is lines of several kinds behind tags: its decisive line is looked for as in what a program printed.
      if (provider->protocol->name() == "imap") continue;
      // "250 {server}" has no words of its own to be known by.
      const std::string_view first = entry.lines.front();
      const std::string_view words = first.substr(std::min(entry.code.text.size() + 1, first.size()));
      const bool has_words = entry.lines.size() > 1 || (!words.empty() && !(words.starts_with('{') && words.ends_with('}')));
      if (!has_words) continue;
      std::string text;
      for (const std::string& line : entry.lines) text += test::filled(line) + "\n";
      CAPTURE(text);
      const commands::Meant meant = commands::recognise(text, tables);
      REQUIRE(std::holds_alternative<commands::WholeReply>(meant));
      const auto& [code, answer] = std::get<commands::WholeReply>(meant);
      std::string all;
      for (const std::string& line : answer.lines) all += line + "\n";
      const auto found = known.matching(all, {code, explain::detail_of(answer.lines.front()), {}, {}});
      CHECK(std::any_of(found.begin(), found.end(),
                        [&](const explain::Match& one) { return one.known->entry.explanation->id == entry.explanation->id; }));
    }
  }
}
