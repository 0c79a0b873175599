// What programs, libraries and systems print in the reader's own language, without the reply's code, or instead of a reply.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/explain/reader.h"

namespace {

struct PrintedRow {
  std::string text;
  std::string means;     // the first
  std::string code;      // of the reply that decides; empty: none
  std::string detail{};  // of its words
};

// Texts of our own making.
const std::vector<PrintedRow> kPrinted{
    // a response code whose code the library took off
    {"imaplib.IMAP4.error: b'[AUTHENTICATIONFAILED] no such pair'", "mailbox-login", "", "AUTHENTICATIONFAILED"},
    {"mail.AuthenticationFailedException: [AUTH] Authentication failed.\n\tat mail.pop3.POP3Store.connect(POP3Store.java:535)",
     "wrong-password", "", "AUTH"},
    {"{ responseText: '[AUTHENTICATIONFAILED] Login refused', code: 'Refused' }", "mailbox-login", "", "AUTHENTICATIONFAILED"},
    {"source: \"5.7.8 Error: authentication failed: try again\"", "wrong-password", "", "5.7.8"},
    {"IMAP command 'LOGIN <user> <pass>' returned an error: NO [AUTHENTICATIONFAILED] Wrong.", "mailbox-login", "NO",
     "AUTHENTICATIONFAILED"},
    {"a7 BAD Error in IMAP command FETCH: Invalid messageset", "imap-arguments", "BAD"},
    {"a2 BAD what was that", "imap-arguments", "BAD"},
    {"a1 NO LOGIN failed", "mailbox-login", "NO"},
    {"imaplib.IMAP4.error: STORE command error: BAD [b'no such flag']", "imap-arguments", "BAD"},
    {"-ERR EOF", "closed-unanswered", "-ERR"},
    // what a library says before anything is sent
    {"imaplib.IMAP4.error: command FETCH illegal in state AUTH, only allowed in states SELECTED", "select-forgotten", ""},
    {"imaplib.IMAP4.error: command LIST illegal in state NONAUTH, only allowed in states AUTH, SELECTED", "imap-not-logged-in",
     ""},
    {"imaplib.IMAP4.error: command LOGIN illegal in state SELECTED, only allowed in states NONAUTH", "imap-bad-sequence", ""},
    {"poplib.error_proto: line too long", "not-a-reply", ""},
    {"AttributeError: 'bytes' object has no attribute 'format'", "str-instead-of-bytes", ""},
    {"TypeError: sequence item 0: expected str instance, bytes found", "str-instead-of-bytes", ""},
    {"TypeError: cannot use a string pattern on a bytes-like object", "str-instead-of-bytes", ""},
    {"sending: wrong host name", "settings-contradict", ""},
    {"ssl.SSLError: [SSL: UNEXPECTED_MESSAGE] unexpected message (_ssl.c:1129)", "tls-broken", ""},
    // checks of the textbook's skeleton, in other words
    {"250 code not received from server", "bytes-compared-with-str", ""},
    {"error: did not receive 250 from the server", "bytes-compared-with-str", ""},
    {"没有收到服务器的250回复", "bytes-compared-with-str", ""},
    {"220 未收到服务器的应答", "bytes-compared-with-str", ""},
    // programs that name the step, not the reason
    {"curl: (56) RCPT failed: 553", "unknown-recipient", "553"},
    {"curl: (56) MAIL failed: 550", "sender-not-login", "550"},
    {"fetchmail: Authorization failure on bob@pop.example.org", "wrong-password", ""},
    {"Cannot Get Mail\nThe connection to the server failed.", "connect-failed", ""},
    {"The sender address a@example.com was rejected by the server mx.example.org.", "sender-not-login", ""},
    {"登录失败：该邮箱没有开启IMAP服务", "account-blocked", ""},
    {"发件服务器（SMTP）mx.example.org 未知。此服务器可能配置不正确。", "host-unknown", ""},
    {"SMTP 错误：数据不被接受。", "test-mail-looks-like-spam", ""},
    // systems in other languages
    {"telnet: 无法解析 mx.exmaple.org: 未知的名称或服务", "host-unknown", ""},
    {"socket.gaierror: [Errno -2] 未知的名称或服务", "host-unknown", ""},
    {"socket.gaierror: [Errno -3] 域名解析暂时失败", "host-lookup-failed", ""},
    {"OSError: 没有到主机的路由", "unreachable", ""},
    {"连接被对方重置", "reset", ""},
    {"遗失对主机的连接。", "closed-unanswered", ""},
    {"無法連線，因為目標電腦拒絕連線。", "refused", ""},
    {"connect: Verbindungsaufbau abgelehnt", "refused", ""},
    {"connect: Connexion refusée", "refused", ""},
    {"接続を拒否されました", "refused", ""},
    {"接続がタイムアウトしました", "connect-timeout", ""},
    {"Der Name oder der Dienst ist nicht bekannt", "host-unknown", ""},
    // programs that are servers, and numbers of errors alone
    {"OSError: [Errno 98] Address already in use", "port-taken", ""},
    {"bind: Permission denied", "port-reserved", ""},
    {"PermissionError: [Errno 13] Permission denied", "port-reserved", ""},
    {"recv failed: 10054", "reset", ""},
    {"connect() failed with error code 10061", "refused", ""},
    // what programs make of a reply that did not come
    {"java.lang.NullPointerException\n\tat SMTPConnection.parseReply(SMTPConnection.java:98)", "closed-unanswered", ""},
    {"Cannot invoke \"String.startsWith(String)\" because \"line\" is null", "closed-unanswered", ""},
    {"ValueError: invalid literal for int() with base 10: ''", "closed-unanswered", ""},
    {"binascii.Error: Incorrect padding", "base64-no-padding", ""},
    // what servers say
    {"501 Syntax: HELO hostname", "helo-no-argument", "501"},
    {"550 5.7.23 Rejected, Sender Policy Framework", "unauthenticated-domain", "550", "5.7.23"},
    {"554 delivery error: Not a valid recipient", "unknown-recipient", "554"},
};

}  // namespace

TEST_CASE("explain: what is printed without a reply, in part of it, or in another language") {
  for (const PrintedRow& row : kPrinted) {
    CAPTURE(row.text);
    const auto finding = test::reader().read(row.text);
    REQUIRE(finding.has_value());
    CAPTURE(finding->words);
    CHECK((finding->means.empty() ? "" : finding->means.front()) == row.means);
    CHECK((finding->code ? finding->code->text : "") == row.code);
    CHECK(finding->detail == row.detail);
    CHECK_FALSE(finding->is_success);
  }
}

TEST_CASE("explain: what decides keeps its bracket and loses the quote of the program around it") {
  const auto finding = test::reader().read("imaplib.IMAP4.error: b'[AUTHENTICATIONFAILED] Invalid credentials (Failure)'");
  REQUIRE(finding.has_value());
  CHECK(finding->words == "[AUTHENTICATIONFAILED] Invalid credentials (Failure)");
}

TEST_CASE("explain: a response code of a success, and a program's own word in brackets, are no refusal") {
  const auto finding = test::reader().read("* OK ready\na1 OK LOGIN completed\na2 OK [READ-WRITE] SELECT completed");
  REQUIRE(finding.has_value());
  CHECK(finding->is_success);
  CHECK_FALSE(test::reader().read("[INFO] all mails are fetched").has_value());
}

TEST_CASE("explain: a small word at the beginning is not the code of IMAP") {
  const auto finding = test::reader().read("501 5.1.3 Bad recipient address syntax");
  REQUIRE(finding.has_value());
  REQUIRE_FALSE(finding->said_by.empty());
  CHECK(finding->means.front() == "bad-address");
  CHECK(finding->said_by.front().known->provider == "postfix");
}
