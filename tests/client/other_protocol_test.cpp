#include "client/conversation/other_protocol.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/conversation/own_name.h"
#include "pop3/door.h"
#include "smtp/door.h"
#include "smtp/input.h"

using smtp::Input;

TEST_CASE("other protocol: the first octets tell it, also when only some are there") {
  struct Row {
    std::string octets;
    bool is_greeting;
    std::string id;
  };
  for (const Row& row : {
           Row{"HTTP/1.1 400 Bad Request\r\n", false, "port-speaks-http"},
           Row{"<html><body>", false, "port-speaks-http"},
           Row{"<!doctype html>", true, "port-speaks-http"},
           Row{"SSH-2.0-OpenSSH_9.2\r\n", true, "port-speaks-ssh"},
           Row{"+OK Dovecot ready.\r\n", true, "port-speaks-pop3"},
           Row{"-ERR too many\r\n", true, "port-speaks-pop3"},
           Row{"* OK [CAPABILITY IMAP4rev1] ready\r\n", true, "port-speaks-imap"},
           Row{"* BYE\r\n", true, "port-speaks-imap"},
           Row{"\xFF\xFD\x18", true, "port-speaks-telnet"},
           Row{"", true, ""},
           Row{"220 mail.example ESMTP\r\n", true, ""},
           Row{"nonsense\r\n", true, ""},
           Row{"HTT", true, ""},
           Row{"-ERR in the middle\r\n", false, ""},
       }) {
    CAPTURE(row.octets);
    CHECK(client::other_protocol(smtp::door(), row.octets, row.is_greeting) == row.id);
  }
}

TEST_CASE("other protocol: what a POP3 client hears of other servers, and of its own") {
  struct Row {
    std::string octets;
    bool is_greeting;
    std::string id;
  };
  for (const Row& row : {
           Row{"+OK Dovecot ready.\r\n", true, ""},
           Row{"-ERR [SYS/TEMP] later\r\n", true, ""},
           Row{"220 mail.example ESMTP\r\n", true, "port-speaks-smtp"},
           Row{"554 5.7.1 not you\r\n", true, "port-speaks-smtp"},
           Row{"* OK [CAPABILITY IMAP4rev1] ready\r\n", true, "port-speaks-imap"},
           Row{"HTTP/1.1 400 Bad Request\r\n", false, "port-speaks-http"},
           Row{"220 in the middle\r\n", false, ""},
       }) {
    CAPTURE(row.octets);
    CHECK(client::other_protocol(pop3::door(), row.octets, row.is_greeting) == row.id);
  }
}

TEST_CASE("other protocol: FTP and NNTP have replies too, of their own") {
  struct Row {
    std::string name;
    std::vector<std::string> lines;
    protocol::Input answers;
    std::string id;
  };
  for (const Row& row : {
           Row{"vsftpd", {"220 (vsFTPd 3.0.3)"}, Input::kConnect, "port-speaks-ftp"},
           Row{"several lines",
               {"220-FileZilla Server 1.8.0", "220 Please visit https://filezilla-project.org/"},
               Input::kConnect,
               "port-speaks-ftp"},
           Row{"several lines of a mail server", {"220-mail.example", "220 Please visit us"}, Input::kConnect, ""},
           Row{"Windows", {"220 Microsoft FTP Service"}, Input::kConnect, "port-speaks-ftp"},
           Row{"a mail server that is called so", {"220 ftp.example.org ESMTP"}, Input::kConnect, ""},
           Row{"without a word in its greeting", {"530 Please login with USER and PASS."}, Input::kEhlo, "port-speaks-ftp"},
           Row{"530 of SMTP", {"530 5.7.0 Must issue a STARTTLS command first"}, Input::kMail, ""},
           Row{"NNTP", {"200 news.example InterNetNews ready"}, Input::kConnect, "port-speaks-nntp"},
           Row{"NNTP, no posting", {"201 news.example"}, Input::kConnect, "port-speaks-nntp"},
           Row{"200 later", {"200 ok"}, Input::kNoop, ""},
           Row{"SMTP", {"220 mail.example"}, Input::kConnect, ""},
       }) {
    CAPTURE(row.name);
    CHECK(client::other_protocol(smtp::door().answer_from_lines(row.lines).value(), row.answers) == row.id);
  }
}

TEST_CASE("own name: a full one, or else the address of this end of the connection in brackets") {
  struct Row {
    std::string host_name;
    std::string local;
    std::string name;
  };
  for (const Row& row : {
           Row{"pc.school.edu", "192.0.2.1:50012", "pc.school.edu"},
           Row{"pc", "192.0.2.1:50012", "[192.0.2.1]"},
           Row{"", "192.0.2.1:50012", "[192.0.2.1]"},
           Row{"localhost.localdomain", "127.0.0.1:1", "[127.0.0.1]"},
           Row{"Mac.LOCAL", "10.0.0.7:1", "[10.0.0.7]"},
           Row{"pc.fritz.lan", "10.0.0.7:1", "[10.0.0.7]"},
           Row{"pc_1.school.edu", "10.0.0.7:1", "[10.0.0.7]"},
           Row{"pc", "[2001:db8::1]:50012", "[IPv6:2001:db8::1]"},
           Row{"pc", "[fe80::1%eth0]:50012", "[IPv6:fe80::1]"},
       }) {
    CAPTURE(row.host_name);
    CAPTURE(row.local);
    CHECK(client::own_name(row.host_name, row.local) == row.name);
  }
}
