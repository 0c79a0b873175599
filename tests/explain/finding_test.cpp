#include "client/explain/finding.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/explain/reader.h"

namespace {

struct FindingRow {
  std::string name;
  std::string text;
  int code;              // 0: the text has no reply
  std::string means;     // the first; empty: nobody asks
  std::string reply;     // the best; empty: nobody asks
  std::size_t line = 0;  // 0: nobody asks
};

// Texts of our own making, in the forms in which people paste.
const std::vector<FindingRow> kRows{
    // Python
    {"a traceback with a reply of two lines",
     "Traceback (most recent call last):\n  File \"/srv/app/notify.py\", line 451, in login\n    raise last_exception\n"
     "smtplib.SMTPAuthenticationError: (534, b'5.7.9 Application-specific password required. Learn more at\\n5.7.9  "
     "https://support.google.com/mail/?p=InvalidSecondFactor a1sm5 - gsmtp')",
     534, "web-password", "gmail#app-password-required-learn-more", 4},
    {"a recipient in a dictionary",
     "smtplib.SMTPRecipientsRefused: {'bob@example.org': (550, b'5.1.1 <bob@example.org>: Recipient "
     "address rejected: User unknown in virtual mailbox table')}",
     550, "unknown-recipient", "postfix#user-unknown-virtual"},
    {"a sender with a third element",
     "smtplib.SMTPSenderRefused: (553, b'Mail from must equal authorized user', 'x@example.com')", 553, "sender-not-login",
     "netease#sender-mismatch"},
    {"GBK inside bytes",
     "(535, b'Error: \\xc7\\xeb\\xca\\xb9\\xd3\\xc3\\xca\\xda\\xc8\\xa8\\xc2\\xeb\\xb5\\xc7\\xc2\\xbc\\xa1\\xa3')", 535,
     "web-password", "qq#auth-code-needed-gbk"},
    {"no name service", "socket.gaierror: [Errno -3] Temporary failure in name resolution", 0, "host-lookup-failed", ""},
    {"a name that is misspelt", "socket.gaierror: [Errno 8] nodename nor servname provided, or not known", 0, "host-unknown",
     ""},
    {"refused", "ConnectionRefusedError: [Errno 111] Connection refused", 0, "refused", ""},
    {"bytes and text", "TypeError: can't concat str to bytes", 0, "str-instead-of-bytes", ""},
    {"ASCII", "UnicodeEncodeError: 'ascii' codec can't encode characters in position 5-6: ordinal not in range(128)", 0,
     "body-8bit-undeclared", ""},
    {"a file that hides the library", "AttributeError: partially initialized module 'smtplib' has no attribute 'SMTP'", 0,
     "shadowed-module", ""},
    {"an old language", "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?", 0, "python-2", ""},
    {"an old library", "AttributeError: module 'ssl' has no attribute 'wrap_socket'", 0, "old-ssl-api", ""},
    {"hung up", "smtplib.SMTPServerDisconnected: Connection unexpectedly closed", 0, "closed-unanswered", ""},
    // the textbook's skeleton
    {"a check that fails, alone", "220 reply not received from server.", 0, "bytes-compared-with-str", ""},
    {"the same with the reply above it", "b'220 mx.example ESMTP\\r\\n'\n220 reply not received from server.", 0,
     "bytes-compared-with-str", "", 2},
    {"another check", "250 reply not received from server", 0, "bytes-compared-with-str", ""},
    {"a check and a refusal above it",
     "220 mx.example ready\n502 5.5.2 Error: command not recognized\n250 reply not received from server.", 502,
     "unknown-command", "postfix#command-not-recognized-502", 2},
    {"an authority in the chain", "Error: self signed certificate in certificate chain", 0, "tls-unknown-authority", ""},
    {"nobody at the door", "aiosmtplib.errors.SMTPConnectTimeoutError: Timed out connecting to smtp.example.com on port 587", 0,
     "connect-timeout", ""},
    {"no greeting, and the same name of the error",
     "Error: Greeting never received\n    at SMTPConnection._onTimeout { code: 'ETIMEDOUT', command: 'CONN' }", 0,
     "silent-greeting", "", 1},
    {"an end in place of the greeting", "Got bad greeting from SMTP host: smtp.qq.com, port: 465, response: [EOF]", 0,
     "tls-port-in-clear", ""},
    // PHP
    {"the code behind the words",
     "SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: DT:SPM 163 "
     "smtp12,D8CowAD3_1234 1700000000,please see http://mail.163.com/help/help_spam_16.htm SMTP code: 554",
     554, "", "netease#dt-spm-554"},
    {"an expected code", "Expected response code 354 but got code \"503\", with message \"503 5.5.1 Error: need RCPT command\"",
     503, "bad-sequence", "postfix#need-rcpt"},
    {"a positive code instead of another", "Expected response code 354 but got code \"250\", with message \"250 2.1.5 Ok\"",
     250, "replies-off-by-one", ""},
    {"an empty answer", "Expected response code 220 but got an empty response", 0, "closed-unanswered", ""},
    {"a stream", "stream_socket_client(): Unable to connect to ssl://smtp.example.com:465 (Connection refused)", 0, "refused",
     ""},
    {"no openssl", "Extension missing: openssl", 0, "tls-library-missing", ""},
    {"PHPMailer alone", "Mailer Error: SMTP connect() failed.", 0, "connect-failed", ""},
    // Java
    {"a certificate below a connection",
     "MessagingException: Could not connect to SMTP host: smtp.example.com, port: 465;\n  nested "
     "exception is:\n\tjavax.net.ssl.SSLHandshakeException: PKIX path building failed",
     0, "tls-unknown-authority", "", 3},
    {"no answer on a TLS port", "Could not connect to SMTP host: smtp.example.com, port: 465, response: -1", 0,
     "tls-port-in-clear", ""},
    {"a greeting that refuses", "Could not connect to SMTP host: mx.example.com, port: 25, response: 554", 554, "", ""},
    {"a web page's status beside a reply",
     "ERROR 500 Status Code\njavax.mail.AuthenticationFailedException: 535 authentication failed", 535, "wrong-password", "",
     2},
    {"old TLS", "javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled)", 0, "tls-version", ""},
    // Node
    {"the command beside the reply",
     "{\"code\":\"EAUTH\",\"response\":\"504 Unrecognized authentication type\",\"responseCode\":504,"
     "\"command\":\"AUTH PLAIN\"}",
     504, "auth-mechanism", ""},
    {"a timeout", "Error: connect ETIMEDOUT 192.0.2.9:587\n    at TCPConnectWrap.afterConnect (net.js:1141:16)", 0,
     "connect-timeout", ""},
    {"an error of Windows by number", "{ errno: -4078, code: 'ESOCKET', syscall: 'connect', port: 587 }", 0, "refused", ""},
    // Go
    {"clear text where TLS was expected",
     "level=error msg=\"notify failed\" err=\"tls: first record does not look like a TLS handshake\"", 0, "tls-not-tls", ""},
    {"an error of a dial", "dial tcp: lookup smtp.exmaple.com: no such host", 0, "host-unknown", ""},
    {"EOF", "send mail: EOF", 0, "closed-unanswered", ""},
    {"an authority", "x509: certificate signed by unknown authority", 0, "tls-unknown-authority", ""},
    // .NET
    {"no code, but an enhanced one",
     "The SMTP server requires a secure connection or the client was not authenticated. The server response "
     "was: 5.7.0 Authentication Required. For more information, go to",
     0, "mail-before-auth", "gmail#auth-required"},
    {"no code and no other", "Mailbox unavailable. The server response was: you must authenticate", 0, "mail-before-auth", ""},
    {"a socket", "SocketException (10061): No connection could be made because the target machine actively refused it", 0,
     "refused", ""},
    // Ruby, Rust, Perl
    {"a timeout of Ruby", "Net::OpenTimeout: execution expired", 0, "connect-timeout", ""},
    {"a code in brackets", "SMTP 5xx error: permanent error (550): 5.1.1 User unknown", 550, "unknown-recipient", ""},
    {"a code behind many blanks", "sendEmail[77]: ERROR => Received:   \t550 SMTP AUTH required", 550, "mail-before-auth", ""},
    // command lines
    {"msmtp",
     "msmtp: envelope from address a@example.com not accepted by the server\nmsmtp: server message: 530 5.7.0 Must issue a "
     "STARTTLS command first",
     530, "starttls-required", "", 2},
    {"swaks", " -> EHLO a\n<-  250 Ok\n -> AUTH LOGIN\n<** 530 Must issue a STARTTLS command first\n -> QUIT\n<-  221 Bye", 530,
     "starttls-required", "", 4},
    {"curl", "curl: (67) Login denied", 0, "wrong-password", ""},
    // logs and bounces
    {"Postfix",
     "postfix/smtp[553]: 4F2A: to=<b@example.org>, relay=mx[192.0.2.9]:25, dsn=5.7.1, status=bounced (host mx[192.0.2.9] said: "
     "554 "
     "5.7.1 <b@example.org>: Relay access denied (in reply to RCPT TO command))",
     554, "relay-denied", "postfix#relay-denied"},
    {"Postfix without a reply", "postfix/smtp[121]: connect to mx.example.org[192.0.2.26]:25: Operation timed out", 0,
     "connect-timeout", ""},
    {"Exim", "1bPxwi-0001xA SMTP error from remote mail server after RCPT TO:<b@example.org>: 550 5.1.1 No such user here", 550,
     "unknown-recipient", ""},
    {"a folded bounce",
     "<b@example.org>: host mx.example.org[192.0.2.9] said: 554 5.7.1\n    <b@example.org>: Relay access\n    denied (in "
     "reply to RCPT TO\n    command)",
     554, "relay-denied", "postfix#relay-denied"},
    {"Gmail's bounce",
     "> 550-5.1.1 The email account that you tried to reach does not exist. Please try\n> 550-5.1.1 double-checking the "
     "recipient's email address for typos or\n> 550-5.1.1 unnecessary spaces. Learn more at\n> 550 5.1.1  "
     "https://support.google.com/mail/"
     "?p=NoSuchUser q5sm - gsmtp",
     550, "unknown-recipient", "gmail#no-such-user"},
    {"a delivery report", "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <b@example.org>... User unknown",
     550, "unknown-recipient", "sendmail#user-unknown"},
    {"qmail", "Sorry, I couldn't find any host named example.invalid. (#5.1.2)", 0, "host-unknown", ""},
    // dialogs
    {"Windows Live Mail",
     "Server Error: 454\nServer Response: 454 4.7.1 <b@example.org>: Relay access denied\nPort: 587\nError ID: 0x800CCC79", 454,
     "relay-denied", "postfix#relay-denied-deferred"},
    {"Outlook in Chinese", "服务器响应：“550 中继拒绝”，端口：25，服务器错误：550，错误编号：0x800CCC79。", 550, "relay-denied",
     ""},
    {"a port with another encryption", "服务器不支持您指定的连接加密类型", 0, "tls-not-tls", ""},
    // sessions
    {"EHLO may be refused",
     "EHLO me\n502 Command not implemented\nHELO me\n250 Ok\nMAIL FROM:<a@example.com>\n530 5.7.0 Authentication required", 530,
     "mail-before-auth", "", 6},
    {"the first refusal decides",
     "S: 220 mx\nC: AUTH LOGIN\nS: 535 5.7.8 Error: authentication failed: authentication failure\nC: MAIL "
     "FROM:<a@example.com>\nS: 554 5.7.1 <mx[192.0.2.1]>: Client host rejected: Access denied",
     535, "wrong-password", "postfix#auth-failed-reason", 3},
    {"a message whose text follows its header at once",
     "S: 354 go ahead\nC: Subject: hi\nC: To: b@example.org\nC: Hello Bob\nC: .\nS: 550 Mail content denied. "
     "http://service.mail.qq.com/",
     550, "no-blank-line", "", 6},
    {"the same as a library logs it",
     "send: 'data\\r\\n'\nreply: b'354 End data\\r\\n'\ndata: (354, b'End data')\nsend: b'Subject: hi\\r\\nHello "
     "Bob\\r\\n.\\r\\n'\n"
     "reply: b'554 5.7.1 Message rejected as spam\\r\\n'",
     554, "no-blank-line", ""},
    {"a message as it should be",
     "S: 354 go ahead\nC: Subject: hi\nC: \nC: Hello: Bob\nC: .\nS: 554 5.7.1 Message rejected as spam", 554,
     "test-mail-looks-like-spam", "", 6},
    {"a refusal before the message is not about it",
     "S: 550 5.1.1 User unknown\nS: 354 go ahead\nC: Subject: hi\nC: Hello Bob\nC: .\nS: 250 Ok", 550, "unknown-recipient", "",
     1},
    // what several mean, and what nobody knows
    {"too many logins", "535 auth failed (this user authenticate too many times)", 535, "login-rate", ""},
    {"greylisting", "450 4.2.0 <b@example.org>: Recipient address rejected: Greylisted for 5 minutes", 450, "greylisting",
     "postfix#greylisted"},
    {"a reputation",
     "554-mx.example.net\n554 Your access to this mail system has been rejected due to the poor reputation of a domain", 554,
     "ip-reputation", ""},
    {"who does not wait", "503 5.5.0 <DATA>: Data command rejected: Improper use of SMTP command pipelining", 503,
     "sends-before-reply", "postfix#data-pipelining"},
    {"who does not wait, at Exim", "554 SMTP synchronization error", 554, "sends-before-reply", ""},
    {"a loop", "554 5.4.6 Too many hops", 554, "mail-loop", ""},
    {"words of POP3 inside others", "552 the from address and the authenticated user must be the same email. #ERR_AUTH_FAIL",
     552, "sender-not-login", ""},
    {"a limit", "452 4.2.1 Daily limit exceeded, try tomorrow", 452, "rate-limit", ""},
    {"a signature", "550 5.7.1 DKIM signature required", 550, "unauthenticated-domain", ""},
};

}  // namespace

TEST_CASE("explain: what decides in a pasted text") {
  for (const FindingRow& row : kRows) {
    CAPTURE(row.name);
    const auto finding = test::reader().read(row.text);
    REQUIRE(finding.has_value());
    CAPTURE(finding->words);
    CHECK((finding->code ? finding->code->number() : 0) == row.code);
    if (!row.means.empty()) CHECK((finding->means.empty() ? "" : finding->means.front()) == row.means);
    if (!row.reply.empty()) {
      REQUIRE_FALSE(finding->said_by.empty());
      CHECK(finding->said_by.front().known->entry.explanation->id == row.reply);
    }
    if (row.line != 0) CHECK(finding->line == row.line);
  }
}

TEST_CASE("explain: which program printed the text, also where its words are those of another one") {
  struct PrintedBy {
    std::string text;
    std::string program;
  };
  for (const PrintedBy& row : {
           PrintedBy{
               "** b@example.org R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO:<b@example.org>: "
               "550 no",
               "Exim"},
           PrintedBy{"SMTP Error: data not accepted. SMTP code: 554", "PHPMailer"},
           PrintedBy{"mx postfix/smtpd[22]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.25 no", "Postfix"},
           PrintedBy{"smtpd[7]: mta: 0xea6710: <<< 554 no", "OpenSMTPD"},
           PrintedBy{"* Connected to mx.example (192.0.2.1) port 25\n< 550 5.7.1 no\ncurl: (55) MAIL failed: 550", "curl"},
           PrintedBy{"=== Connected to mx.example.\n<** 550 no", "swaks"},
           PrintedBy{"Failed to authenticate on SMTP server with username \"a\" using the following authenticators: "
                     "\"LOGIN\". Authenticator \"LOGIN\" returned \"Expected response code \"235\" but got code \"535\"",
                     "Symfony Mailer"},
           PrintedBy{"Net::SMTPAuthenticationError: 535 Authentication failed", "Ruby Net::SMTP"},
           PrintedBy{"Net::SMTP: Unexpected EOF on command channel at Net/SMTP.pm line 1", "Perl Net::SMTP"},
           PrintedBy{"smtplib.SMTPAuthenticationError: (535, b'Authentication failed')", "Python smtplib"},
           PrintedBy{"The SMTP server does not support authentication.\nat MailKit.Net.Smtp.SmtpClient.Authenticate()",
                     "MailKit"},
       }) {
    CAPTURE(row.text);
    const auto finding = test::reader().read(row.text);
    REQUIRE(finding.has_value());
    CHECK(finding->program == row.program);
  }
}

TEST_CASE("explain: what decides in a text of POP3") {
  struct Pop3Row {
    std::string name;
    std::string text;
    std::string code;
    std::string detail;
    std::string means;
    std::string reply;
    std::size_t line = 1;
  };
  for (const Pop3Row& row : {
           Pop3Row{"poplib",
                   "Traceback (most recent call last):\n  File \"f.py\", line 550\npoplib.error_proto: b'-ERR [AUTH] "
                   "Invalid login'",
                   "-ERR", "AUTH", "wrong-password", "", 3},
           Pop3Row{"poplib at 163", "pop.163.com\npoplib.error_proto: b'-ERR Unable to log on'", "-ERR", "", "wrong-password",
                   "netease-pop3#login-failed", 2},
           Pop3Row{"the lock", "-ERR [IN-USE] Unable to lock maildrop: mailbox is locked by another POP session", "-ERR",
                   "IN-USE", "pop3-second-session", "gmail-pop3#in-use"},
           Pop3Row{"curl",
                   "< +OK ready\n> CAPA\n< -ERR Unknown command\n> USER a\n< +OK\n> PASS b\n< -ERR authorization "
                   "failed\ncurl: (67) Access denied. +",
                   "-ERR", "", "", "", 7},
           Pop3Row{"fetchmail", "fetchmail: POP3> RETR 9\nfetchmail: POP3< -ERR No such message", "-ERR", "",
                   "pop3-number-zero", "", 2},
           Pop3Row{"all is well", "S: +OK ready\nC: STAT\nS: +OK 2 320", "+OK", "", "", "", 3},
           Pop3Row{"what the program waited for", "expected +OK but got -ERR bad command", "-ERR", "", "pop3-unknown-command",
                   ""},
       }) {
    CAPTURE(row.name);
    const auto finding = test::reader().read(row.text);
    REQUIRE(finding.has_value());
    CAPTURE(finding->words);
    REQUIRE(finding->code.has_value());
    CHECK(finding->code->text == row.code);
    CHECK(finding->code->protocol->name() == "pop3");
    CHECK(finding->detail == row.detail);
    CHECK(finding->is_success == (row.code == "+OK"));
    if (!row.means.empty()) CHECK((finding->means.empty() ? "nothing" : finding->means.front()) == row.means);
    if (!row.reply.empty()) {
      REQUIRE_FALSE(finding->said_by.empty());
      CHECK(finding->said_by.front().known->entry.explanation->id == row.reply);
    }
    CHECK(finding->line == row.line);
  }
}

TEST_CASE("explain: nothing is made of a text that has nothing to do with mail") {
  for (const std::string text : {"hello there", "it took 300 seconds", "port 2535 is busy", "2024-05-06 07:08:09 all is well",
                                 "999", "\n\n", "HTTP/1.1 500 Internal Server Error"}) {
    CAPTURE(text);
    CHECK_FALSE(test::reader().read(text).has_value());
  }
}

TEST_CASE("explain: the textbook's check has one cause when the reply stands above it, and two when it does not") {
  CHECK(test::reader().read("b'220 mx ready'\n220 reply not received from server.")->means.size() == 1);
  CHECK(test::reader().read("220 reply not received from server.")->means.size() == 2);
}

TEST_CASE("explain: a success is one only when the whole text is") {
  CHECK(test::reader().read("S: 250 Ok\nS: 354 go ahead\nS: 250 queued")->is_success);
  CHECK_FALSE(test::reader().read("S: 250 Ok\nS: 451 4.3.0 queue file write error")->is_success);
  CHECK_FALSE(test::reader().read("Expected response code 250 but got code \"535\"")->is_success);
  CHECK_FALSE(test::reader().read("Expected response code 354 but got code \"250\"")->is_success);
  CHECK_FALSE(test::reader().read("250 Ok\nConnectionResetError: [Errno 104] Connection reset by peer")->is_success);
}

TEST_CASE("explain: whose words they are is said only where it is known") {
  struct Certain {
    std::string text;
    std::string provider;  // empty: nobody for certain
  };
  for (const Certain& row :
       {Certain{"535 Error: authentication failed", "netease"}, Certain{"454 4.7.0 Temporary authentication failure", ""},
        Certain{"220 smtp.qq.com ESMTP\n502 Error: command not implemented", ""},
        Certain{"530 5.7.0 Must issue a STARTTLS command first", ""},
        Certain{"530 5.7.0 Must issue a STARTTLS command first. q5sm - gsmtp", "gmail"},
        Certain{"554 5.7.1 <b@example.org>: Relay access denied", "postfix"}, Certain{"550 nobody says this", ""}}) {
    CAPTURE(row.text);
    const auto finding = test::reader().read(row.text);
    REQUIRE(finding.has_value());
    CHECK((finding->is_certain ? finding->said_by.front().known->provider : "") == row.provider);
  }
}

TEST_CASE("explain: numbers that are no reply are named with what they are") {
  const auto finding = test::reader().read(
      "Expected response code 250 but got code \"550\", with message \"550 User unknown\" in /srv/mail.php on line 383, port "
      "465");
  REQUIRE(finding.has_value());
  std::vector<std::pair<std::string, explain::Against>> ignored;
  for (const explain::Ignored& one : finding->ignored) ignored.emplace_back(one.code, one.against);
  using explain::Against;
  CHECK(ignored == std::vector<std::pair<std::string, Against>>{
                       {"250", Against::kExpected}, {"383", Against::kPlace}, {"465", Against::kPort}});
}
