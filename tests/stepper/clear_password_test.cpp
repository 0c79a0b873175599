#include "client/stepper/clear_password.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/door.h"
#include "tests/stepper/in_memory.h"

TEST_CASE("clear password: what puts a password on the wire unencrypted, whole or in pieces") {
  struct Row {
    std::string name;
    std::vector<std::string> before;
    std::string bytes;
    bool gives;
  };
  const std::string user = "YWxpY2U=\r\n";
  const std::vector<Row> rows{
      {"EHLO", {}, "EHLO a.example\r\n", false},
      {"AUTH LOGIN alone", {}, "AUTH LOGIN\r\n", false},
      {"the user name of LOGIN", {"AUTH LOGIN\r\n"}, user, false},
      {"the password of LOGIN", {"AUTH LOGIN\r\n", user}, "c2VjcmV0\r\n", true},
      {"half of it", {"AUTH LOGIN\r\n", user}, "c2Vj", true},
      {"giving up instead", {"AUTH LOGIN\r\n", user}, "*\r\n", false},
      {"PLAIN with its response", {}, "AUTH PLAIN AGEAYg==\r\n", true},
      {"in small letters", {}, "auth plain AGEAYg==\r\n", true},
      {"PLAIN without", {}, "AUTH PLAIN\r\n", false},
      {"the response of PLAIN", {"AUTH PLAIN\r\n"}, "AGEAYg==\r\n", true},
      {"behind another command", {}, "NOOP\r\nAUTH PLAIN AGEAYg==\r\n", true},
      {"the second half of the line", {"AUTH PLAIN AGE"}, "AYg==\r\n", true},
      {"everything at once", {}, "AUTH LOGIN\r\nYQ==\r\nYg==\r\n", true},
      {"a token", {}, "AUTH XOAUTH2 dXNlcj1hAWF1dGg9QmVhcmVyIHQBAQ==\r\n", true},
      {"CRAM-MD5 proves and does not say",
       {"AUTH CRAM-MD5\r\n"},
       "YWxpY2UgMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=\r\n",
       false},
      {"SCRAM likewise", {}, "AUTH SCRAM-SHA-256 biwsbj1hLHI9Yg==\r\n", false},
      {"behind the user name without waiting", {"AUTH LOGIN\r\n"}, user + "c2VjcmV0\r\n", true},
      {"behind an AUTH that was refused", {"AUTH NTLM\r\n"}, "c2VjcmV0\r\n", true},
      {"behind one that was given up", {"AUTH LOGIN\r\n", "*\r\n"}, "c2VjcmV0\r\n", true},
      {"a command behind one that was refused", {"AUTH NTLM\r\n"}, "EHLO a.example\r\n", false},
      {"an AUTH that is none", {}, "AUTHPLAIN AGEAYg==\r\n", true},
      {"with tabs", {}, "AUTH\tPLAIN\tAGEAYg==\r\n", true},
      {"without a mechanism", {}, "AUTH AGFsaWNlAGI=\r\n", true},
      {"as POP3 has it", {}, "PASS secret\r\n", true},
      {"as IMAP has it", {}, "a1 LOGIN alice secret\r\n", true},
      {"in a parameter", {}, "MAIL FROM:<a@b.c> AUTH=secret\r\n", true},
      {"a password that is known, anywhere", {}, "VRFY Tr0ub4dor&3\r\n", true},
      {"the same in base64", {}, "VRFY VHIwdWI0ZG9yJjM=\r\n", true},
      {"a message is no login", {"MAIL FROM:<a@b.c>\r\n", "RCPT TO:<a@b.c>\r\n", "DATA\r\n"}, "AUTH PLAIN AGEAYg==\r\n", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    test::InMemory dialogue("any/submission");
    dialogue.answer();
    dialogue.send("EHLO a.example\r\n");
    dialogue.answer();
    for (const std::string& bytes : row.before) {
      dialogue.send(bytes);
      dialogue.answer();
    }
    dialogue::Log log(smtp::door());
    log.learn("Tr0ub4dor&3");
    CHECK(stepper::gives_password_away(smtp::door(), dialogue.client(), log, row.bytes) == row.gives);
  }
}

TEST_CASE("clear password: inside TLS nothing is given away") {
  test::InMemory dialogue("any/submission");
  dialogue.answer();
  for (const char* const bytes : {"EHLO a.example\r\n", "STARTTLS\r\n", "EHLO a.example\r\n"}) {
    dialogue.send(bytes);
    dialogue.answer();
  }
  REQUIRE(dialogue.client().is_encrypted());
  CHECK_FALSE(
      stepper::gives_password_away(smtp::door(), dialogue.client(), dialogue::Log(smtp::door()), "AUTH PLAIN AGEAYg==\r\n"));
}
