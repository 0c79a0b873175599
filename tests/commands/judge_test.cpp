// `smtplab judge` on files of both kinds.
#include "client/commands/judge.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "dialogue/json_lines.h"
#include "tests/findings/several.h"
#include "tests/knowledge/known.h"

namespace {

struct Judged {
  int status = 0;
  std::string out;
  std::string err;
};

Judged judged(const std::string& text, const commands::JudgeOptions& options = {}) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("judged-" + std::to_string(text.size()));
  std::ofstream(file, std::ios::binary) << text;
  std::ostringstream out;
  std::ostringstream err;
  Judged judged;
  judged.status = commands::judge_files({file.string()}, test::known(), options, out, err);
  std::filesystem::remove(file);
  judged.out = out.str();
  judged.err = err.str();
  return judged;
}

const std::string kRefused =
    "S: 220 a\nC: HELO client.example\nS: 250 OK\nC: MAIL FROM:<alice@example.com>\nS: 530 Authentication Required\n"
    "C: RCPT TO:<bob@example.com>\nS: 503 MAIL first\nC: QUIT\nS: 221 bye\n-- closed by the client\n";

}  // namespace

TEST_CASE("judge: the first cause with its line and its fix, and what follows from it below") {
  const Judged english = judged(kRefused);
  CHECK(english.status == 1);
  CHECK(english.out.find("[mail-before-auth]") != std::string::npos);
  CHECK(english.out.find("C: MAIL FROM:<alice@example.com>") != std::string::npos);
  CHECK(english.out.find("follows from it: The error was not noticed") != std::string::npos);
  CHECK(english.out.find("[ignores-error-reply]") == std::string::npos);
  CHECK(judged(kRefused, {core::Language::kChinese, false}).out.find("由此引起") != std::string::npos);
}

TEST_CASE("judge: as JSON, a finding a line") {
  const Judged lines = judged(kRefused, {core::Language::kEnglish, true});
  CHECK(lines.out.find(
            R"({"kind":"finding","number":1,"id":"mail-before-auth","severity":"error","certain":true,"events":[5,6])") == 0);
  CHECK(lines.out.find(R"("follows":1)") != std::string::npos);
}

TEST_CASE("judge: a password is not shown, and one that is masked is no mistake") {
  const std::string login =
      "-- connected\nS: 220 a\nC: EHLO a.example\nS: 250-a\nS: 250 AUTH LOGIN\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\n";
  const Judged clear = judged(login + "C: alice@example.com\nS: 501 no\nC: QUIT\nS: 221 bye\n");
  CHECK(clear.out.find("[credentials-not-base64]") != std::string::npos);
  CHECK(clear.out.find("alice@example.com") == std::string::npos);
  const Judged masked = judged(login + "C: ********\nS: 334 UGFzc3dvcmQ6\nC: ********\nS: 235 ok\nC: QUIT\nS: 221 bye\n");
  CHECK(masked.out.find("[credentials-not-base64]") == std::string::npos);
}

TEST_CASE("judge: what masks hide is said where it may be what was refused, for each way of sending a password") {
  const std::string smtp = "S: 220 a\nC: EHLO client.example\nS: 250-a\nS: 250 AUTH LOGIN PLAIN\nC: AUTH PLAIN ********\nS: ";
  const std::string bye = "\nC: QUIT\nS: 221 bye\n-- closed by the client\n";
  const Judged refused = judged(smtp + "535 no" + bye);
  CHECK(refused.out.find("The base64 of the login is masked here") != std::string::npos);
  CHECK(refused.out.find("[credentials-not-base64]") == std::string::npos);
  CHECK(judged(smtp + "535 no" + bye, {core::Language::kChinese, false}).out.find("被遮住了") != std::string::npos);
  CHECK(judged(smtp + "235 ok" + bye).out.find("masked") == std::string::npos);
  const std::string pop = "S: +OK <1.2@a>\nC: ";
  const std::string gone = "\nC: QUIT\nS: +OK\n-- closed by the client\n";
  CHECK(judged(pop + "USER a\nS: +OK\nC: PASS ********\nS: -ERR no" + gone).out.find("The password behind PASS") !=
        std::string::npos);
  const Judged digest = judged(pop + "APOP a ********\nS: -ERR no" + gone);
  CHECK(digest.out.find("The digest of APOP") != std::string::npos);
  CHECK(digest.out.find("[pop3-digest") == std::string::npos);
  const std::string imap = "S: * OK ready\nC: a1 ";
  const std::string out = "\nC: a2 LOGOUT\nS: * BYE\nS: a2 OK\n-- closed by the client\n";
  CHECK(judged(imap + "LOGIN alice ********\nS: a1 NO no" + out).out.find("The password behind LOGIN") != std::string::npos);
  CHECK(judged(imap + "LOGIN alice ********\nS: a1 OK in" + out).out.find("masked") == std::string::npos);
  CHECK(judged(imap + "AUTHENTICATE PLAIN\nS: +\nC: ********\nS: a1 NO no" + out).out.find("The base64 of the login") !=
        std::string::npos);
  CHECK(judged(imap + "LOGIN alice {6}\nS: + go on\nC: ********\nS: a1 NO no" + out).out.find("[literal-") ==
        std::string::npos);
  CHECK(judged(imap + "LOGIN alice {6}\nS: + go on\nC: ********\nS: a1 NO no" + out).out.find("The password behind LOGIN") !=
        std::string::npos);
  CHECK(judged(kRefused).out.find("masked") == std::string::npos);
}

TEST_CASE("judge: what was found when the passwords were in sight is told, and nothing is said to be hidden") {
  const std::string events =
      R"({"number":1,"at":0,"kind":"connected"})"
      "\n"
      R"({"number":2,"at":1,"kind":"server","text":"220 a␍␊"})"
      "\n"
      R"({"number":3,"at":2,"kind":"client","text":"AUTH PLAIN ********␍␊"})"
      "\n"
      R"({"number":4,"at":3,"kind":"server","text":"535 no␍␊"})"
      "\n"
      R"({"kind":"finding","number":1,"id":"base64-of-newline","certain":true,"events":[3],"octets":[[3,11,19]]})"
      "\n";
  const Judged told = judged(events);
  CHECK(told.out.find("[base64-of-newline]") != std::string::npos);
  CHECK(told.out.find("masked") == std::string::npos);
  CHECK(judged(events + R"({"kind":"finding","number":"x","id":5})" + "\n").out.find("[base64-of-newline]") !=
        std::string::npos);
}

TEST_CASE("judge: several dialogues of one program show what one does not, in either form") {
  std::vector<test::Case> cases;
  for (const char* const protocol : {"smtp", "pop3", "imap"}) {
    for (test::Case& one : test::all_cases(std::string(protocol) + "_judge/several")) cases.push_back(std::move(one));
  }
  for (const test::Case& one : cases) {
    CAPTURE(one.place);
    CAPTURE(one.name);
    std::string events;
    std::uint64_t connection = 0;
    for (const findings::Dialogue& dialogue : test::dialogues_of(one)) {
      ++connection;
      for (const dialogue::Event& event : dialogue) events += dialogue::json_line(event, {false, connection});
    }
    for (const std::string& text : {events, core::replace_all(one.dialogue, "==\n", "")}) {
      const Judged told = judged(text);
      const std::size_t head = told.out.find("dialogues beside each other");
      CAPTURE(told.out);
      CHECK((head != std::string::npos) == (one.tells != "-"));
      if (head == std::string::npos) continue;
      CHECK(told.out.find("[" + one.id + "]", head) != std::string::npos);
      CHECK(told.out.find(", connection 2: ", head) != std::string::npos);
    }
    const Judged json = judged(events, {core::Language::kEnglish, true});
    CHECK((json.out.find(R"("dialogues":[{"file":)") != std::string::npos) == (one.tells != "-"));
  }
}

TEST_CASE("judge: what cannot be read is said, with its line") {
  const Judged none = judged("hello\n");
  CHECK(none.status == 2);
  CHECK(none.err.find("line 1") != std::string::npos);
}

TEST_CASE("judge: what may be a password is not shown, however it was sent") {
  const std::string begin = "S: 220 a\nC: EHLO client.example\nS: 250-a\nS: 250 AUTH LOGIN PLAIN\n";
  const std::string end = "S: 535 no\nC: QUIT\nS: 221 bye\n-- closed by the client\n";
  for (const std::string said : {"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxpY2U=\nS: 334 UGFzc3dvcmQ6\nC: b'U2VzYW1l'\n",
                                 "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxpY2U=\nS: 334 UGFzc3dvcmQ6\nC: Sesame\n",
                                 "C: auth plain AGFsaWNlAFNlc2FtZQo=\n", "C:  AUTH PLAIN alice Sesame\n"}) {
    const Judged told = judged(begin + said + end);
    CAPTURE(told.out);
    CHECK_FALSE(told.out.empty());
    for (const char* const secret : {"Sesame", "U2VzYW1l", "NlYW1", "FNlc2FtZ"})
      CHECK(told.out.find(secret) == std::string::npos);
  }
}
