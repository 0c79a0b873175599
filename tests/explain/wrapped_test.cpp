// Every refusal of every provider, as the programs of the world print it: the code is found, and whose words they are.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "tests/explain/filled.h"
#include "tests/explain/reader.h"

namespace {

std::string joined(const std::vector<std::string>& lines, std::string_view between) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : std::string(between)) + test::filled(line);
  return all;
}

// The lines without their codes of three digits, as Python keeps them.
std::string without_codes(const std::vector<std::string>& lines, std::string_view between) {
  std::vector<std::string> bare;
  for (const std::string& line : lines) bare.push_back(line.size() > 4 ? line.substr(4) : "");
  return joined(bare, between);
}

struct Wrapper {
  std::string name;
  std::string (*wrap)(const std::string& code, const std::vector<std::string>& lines);
};

const std::vector<Wrapper> kWrappers{
    {"as it is", [](const std::string& /*code*/, const auto& lines) { return joined(lines, "\n"); }},
    {"smtplib",
     [](const std::string& code, const auto& lines) {
       const std::string words = without_codes(lines, "\\n");
       const std::string quote = words.find('\'') == std::string::npos ? "'" : "\"";
       return "Traceback (most recent call last):\n  File \"/srv/send.py\", line 535, in login\n    raise last_exception\n"
              "smtplib.SMTPException: (" +
              code + ", b" + quote + words + quote + ")";
     }},
    {"PHPMailer",
     [](const std::string& /*code*/, const auto& lines) {
       return "2024-05-06 07:08:09 CLIENT -> SERVER: EHLO web\n2024-05-06 07:08:09 SERVER -> CLIENT: " +
              joined(lines, "\n                              ") + "\nSMTP Error: Could not authenticate.";
     }},
    {"SwiftMailer",
     [](const std::string& code, const auto& lines) {
       return "Expected response code 250 but got code \"" + code + "\", with message \"" + joined(lines, "\r\n") + "\r\n\"";
     }},
    {"Postfix log",
     [](const std::string& /*code*/, const auto& lines) {
       return "May  6 07:08:09 mail postfix/smtp[2474]: 81EE0980F16: to=<bob@example.org>, relay=mx.example.org[192.0.2.9]:25, "
              "delay=0.72, delays=0.5/0.1/0.1/0.02, dsn=5.0.0, status=bounced (host mx.example.org[192.0.2.9] said: " +
              joined(lines, " ") + " (in reply to RCPT TO command))";
     }},
    {"Go", [](const std::string& /*code*/,
              const auto& lines) { return "2024/05/06 07:08:09 mailer.go:181: send mail: " + joined(lines, "\n"); }},
    {"Jakarta Mail",
     [](const std::string& /*code*/, const auto& lines) {
       return "org.example.MailSendException: Failed messages: jakarta.mail.MessagingException: " + joined(lines, "\n") +
              "\n\tat org.eclipse.angus.mail.smtp.SMTPTransport.sendMessage(SMTPTransport.java:553)";
     }},
    {"swaks",
     [](const std::string& /*code*/, const auto& lines) {
       return " -> MAIL FROM:<alice@example.com>\n<** " + joined(lines, "\n<** ") + "\n -> QUIT\n<-  221 Bye";
     }},
    {"a dialog",
     [](const std::string& code, const auto& lines) {
       return "邮件无法发送。服务器响应：“" + joined(lines, " ") + "”，端口：465，安全 (SSL)：是，服务器错误：" + code +
              "，错误编号：0x800CCC79。";
     }},
    {"JSON",
     [](const std::string& code, const auto& lines) {
       return "{\"code\":\"EENVELOPE\",\"response\":\"" + core::replace_all(joined(lines, "\n"), "\"", "\\\"") +
              "\",\"responseCode\":" + code + ",\"command\":\"MAIL FROM\"}";
     }},
    {"HTML", [](const std::string& /*code*/,
                const auto& lines) { return "<p>Mailer Error: &#39;" + joined(lines, "<br>") + "&#39;</p>"; }},
};

// What a POP3 server says is printed with its code by everybody.
const std::vector<Wrapper> kPop3Wrappers{
    {"as it is", [](const std::string& /*code*/, const auto& lines) { return joined(lines, "\n"); }},
    {"poplib",
     [](const std::string& /*code*/, const auto& lines) {
       const std::string words = joined(lines, "\\r\\n");
       const std::string quote = words.find('\'') == std::string::npos ? "'" : "\"";
       return "Traceback (most recent call last):\n  File \"/srv/fetch.py\", line 535, in <module>\n    "
              "server.pass_(code)\n  File \"/usr/lib/python3.11/poplib.py\", line 143, in _getresp\n    raise "
              "error_proto(resp)\npoplib.error_proto: b" +
              quote + words + quote;
     }},
    {"poplib with a debug level",
     [](const std::string& /*code*/, const auto& lines) {
       return "*cmd* 'USER alice@example.com'\n*resp* b'+OK'\n*cmd* 'PASS abc'\n*resp* b\"" + joined(lines, "\\r\\n") + "\"";
     }},
    {"curl",
     [](const std::string& /*code*/, const auto& lines) {
       return "* Connected to pop.example.com (192.0.2.1) port 110\n< +OK POP3 ready\n> CAPA\n< -ERR Unknown "
              "command\n> USER alice@example.com\n< +OK\n> PASS abc\n< " +
              joined(lines, "\n< ") + "\n* Closing connection 0";
     }},
    {"fetchmail",
     [](const std::string& /*code*/, const auto& lines) {
       return "fetchmail: POP3< +OK ready\nfetchmail: POP3> USER alice\nfetchmail: POP3< +OK\nfetchmail: POP3> PASS "
              "*\nfetchmail: POP3< " +
              joined(lines, "\nfetchmail: POP3< ");
     }},
    {"Jakarta Mail",
     [](const std::string& /*code*/, const auto& lines) {
       return "DEBUG POP3: server doesn't support TOP, disabling it\nS: +OK ready\nC: USER alice\nS: +OK\nC: PASS abc\nS: " +
              joined(lines, "\n");
     }},
    {"a sentence", [](const std::string& /*code*/, const auto& lines) { return "could not fetch: " + joined(lines, "\n"); }},
};

// What an IMAP server says stands behind the tag of a command; some libraries take both off and show the words alone.
const std::vector<Wrapper> kImapWrappers{
    {"telnet",
     [](const std::string& /*code*/, const auto& lines) { return "* OK ready\na1 LOGIN alice x\n" + joined(lines, "\n"); }},
    {"curl",
     [](const std::string& /*code*/, const auto& lines) {
       return "* Connected to imap.example.com (192.0.2.1) port 143\n< * OK ready\n> A001 CAPABILITY\n< A001 OK done\n> A002 "
              "LOGIN alice x\n< " +
              joined(lines, "\n< ") + "\n* Closing connection 0";
     }},
    {"imaplib with a debug level",
     [](const std::string& /*code*/, const auto& lines) {
       return "  23:11.92 > b'PLEG1 LOGIN alice x'\n  23:11.99 < b'" + joined(lines, "'\n  23:11.99 < b'") + "'";
     }},
    {"Jakarta Mail",
     [](const std::string& /*code*/, const auto& lines) {
       return "jakarta.mail.MessagingException: " + joined(lines, "\n") +
              ";\n  nested exception is:\n\tat org.eclipse.angus.mail.imap.IMAPFolder.open(IMAPFolder.java:1061)";
     }},
};

std::string id_of(const explain::KnownReply& known) { return known.entry.explanation->id; }

// Untagged lines stand before the one that decides: its words alone are found, not the whole reply.
bool is_told_apart(const scenario::ReplyEntry& entry) {
  return entry.lines.size() > 1 && entry.lines.front().starts_with("* ");
}

struct Tried {
  std::size_t all = 0;
  std::size_t missed = 0;
};

// Each refusal as each program prints it: the code is found, and whose words they are.
Tried try_all(std::string_view protocol, const std::vector<Wrapper>& wrappers) {
  Tried tried;
  for (const scenario::ReplyEntry& entry : test::refusals(protocol)) {
    const std::string code = entry.code.text;
    if (is_told_apart(entry)) continue;
    for (const Wrapper& wrapper : wrappers) {
      const std::string text = wrapper.wrap(code, entry.lines);
      CAPTURE(wrapper.name);
      CAPTURE(text);
      const auto finding = test::reader().read(text);
      CHECK(finding.has_value());
      if (!finding) continue;
      CHECK(finding->code == explain::code_of(code));
      ++tried.all;
      const bool named = std::any_of(finding->said_by.begin(), finding->said_by.end(),
                                     [&](const explain::Match& match) { return id_of(*match.known) == entry.explanation->id; });
      CHECK(named);
      tried.missed += named ? 0U : 1U;
    }
  }
  MESSAGE(tried.missed << " of " << tried.all);
  return tried;
}

}  // namespace

TEST_CASE("explain: every refusal of every provider is found in whatever a program prints around it") {
  CHECK(try_all("smtp", kWrappers).all > 3000);
}

TEST_CASE("explain: and every refusal of a POP3 server") { CHECK(try_all("pop3", kPop3Wrappers).all > 300); }

TEST_CASE("explain: and every refusal of an IMAP server") { CHECK(try_all("imap", kImapWrappers).all > 300); }
