#include "pop3/command.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"

namespace {

std::string described(const pop3::ParsedCommand& parsed) {
  std::string out(pop3::row(parsed.command ? parsed.command->verb : parsed.command.error().verb).name);
  if (!parsed.command) out += parsed.command.error().fault == pop3::CommandFault::kSyntax ? " syntax" : " no-command";
  for (const pop3::Remark& remark : parsed.remarks) out += " " + std::string(remark.kind.text());
  return out;
}

std::string parts_of(std::string_view line) {
  std::string out;
  for (const pop3::Part& part : pop3::parse_command(line).parts) {
    out += (out.empty() ? "" : " ") + std::string(part.name) + (part.is_secret ? "!=" : "=") +
           std::string(line.substr(part.where.begin, part.where.end - part.where.begin));
  }
  return out;
}

struct LineRow {
  std::string line;
  std::string want;
};

const std::string kDigest = "c4c9334bac560ecc979e58001b3e22fb";

const std::vector<LineRow> kLines{
    {"STAT", "stat"},
    {"stat", "stat"},
    {"USER mrose", "user"},
    {"USER", "user syntax pop3-argument-missing"},
    {"USER two words", "user"},
    {"USER b\xc3\xbc", "user pop3-not-ascii"},
    {"PASS secret", "pass"},
    {"PASS two words ", "pass"},
    {"PASS", "pass syntax pop3-argument-missing"},
    {"PASS ", "pass syntax pop3-argument-missing"},
    {"APOP mrose " + kDigest, "apop"},
    {"APOP mrose C4C9334BAC560ECC979E58001B3E22FB", "apop pop3-digest-form"},
    {"APOP mrose c4c9", "apop syntax pop3-digest-form"},
    {"APOP mrose", "apop syntax pop3-argument-missing"},
    {"AUTH PLAIN", "auth"},
    {"AUTH", "auth syntax pop3-argument-missing"},
    {"AUTH PLAIN =", "auth auth-plain-format"},
    {"AUTH PLAIN AGEAYg==", "auth"},
    {"AUTH PLAIN AGEAYg", "auth base64-no-padding"},
    {"AUTH PLAIN b'AGEAYg=='", "auth base64-python-literal"},
    {"AUTH PLAIN AGEAYgo=", "auth base64-of-newline"},
    {"AUTH PLAIN a b", "auth syntax"},
    {"AUTH no/mechanism", "auth syntax"},
    {"RETR 1", "retr"},
    {"RETR 0", "retr"},
    {"RETR 007", "retr pop3-number-leading-zero"},
    {"RETR", "retr syntax pop3-argument-missing"},
    {"RETR one", "retr syntax pop3-no-number"},
    {"RETR -1", "retr syntax pop3-no-number"},
    {"RETR 1 2", "retr syntax pop3-argument-not-taken"},
    {"RETR  1", "retr"},
    {"RETR\t1", "retr"},
    {"RETR 1 ", "retr trailing-space"},
    {" RETR 1", "retr leading-space"},
    {"LIST", "list"},
    {"LIST 3", "list"},
    {"TOP 1 0", "top"},
    {"TOP 1", "top syntax pop3-top-one-argument"},
    {"TOP", "top syntax pop3-argument-missing"},
    {"TOP 1 x", "top syntax pop3-no-number"},
    {"NOOP now", "noop syntax pop3-argument-not-taken"},
    {"STAT\\r\\n", "unknown no-command literal-backslash-crlf pop3-unknown-command"},
    {"", "unknown no-command extra-empty-line"},
    {"   ", "unknown no-command extra-empty-line"},
    {"LAST", "unknown no-command pop3-unknown-command"},
    {"RETR1", "unknown no-command pop3-unknown-command"},
    {"a1 STAT", "unknown no-command pop3-tagged"},
    {"a1 LOGIN u p", "unknown no-command imap-client-on-pop3-port"},
    {". SELECT INBOX", "unknown no-command imap-client-on-pop3-port"},
    {"EHLO me", "unknown no-command smtp-client-on-pop3-port"},
    {"MAIL FROM:<a@b.c>", "unknown no-command smtp-client-on-pop3-port"},
    {"GET / HTTP/1.1", "unknown no-command http-client-on-pop3-port"},
    {"\x16\x03\x01\x02", "unknown no-command control-characters mailbox-tls-on-plain-port"},
    {"ST\rAT", "unknown no-command cr-only pop3-unknown-command"},
    {"RETR 1\r", "retr syntax cr-only pop3-no-number"},
    {std::string("STAT\0", 5), "unknown no-command nul-bytes pop3-unknown-command"},
    {std::string("USER a\0b", 8), "user syntax nul-bytes"},
};

const std::vector<LineRow> kParts{
    {"USER mrose", "verb=USER user=mrose"},
    {"PASS  a b ", "verb=PASS password!= a b "},
    {"apop mrose " + kDigest, "verb=apop user=mrose digest=" + kDigest},
    {"AUTH PLAIN AGEAYg==", "verb=AUTH mechanism=PLAIN initial-response!=AGEAYg=="},
    {"AUTH FOO bar", "verb=AUTH mechanism=FOO initial-response!=bar"},
    {"AUTH SCRAM-SHA-1 biws", "verb=AUTH mechanism=SCRAM-SHA-1 initial-response=biws"},
    {"TOP 2 10", "verb=TOP message=2 lines=10"},
    {"STAT now", "verb=STAT argument=now"},
    {"what", ""},
};

// What a line looks like when its secrets are masked.
const std::vector<LineRow> kMasked{
    {"PASS secret", "PASS ********"},
    {"USER mrose PASS secret", "USER mrose PASS ********"},
    {"USER mrose", "USER mrose"},
    {"USER mrose secret", "USER mrose ********"},
    {"USER mrose, sesame", "USER mrose, ********"},
    {"USER mrose\rPASS secret\rSTAT", "USER mrose␍PASS ********␍********"},
    {"USER mrose\rPASS\rsecret\r", "USER mrose␍PASS␍********␍"},
    {"APOP mrose secret", "APOP mrose ********"},
    {"APOP secret", "APOP ********"},
    {"AUTH PLAIN AGEAYg==", "AUTH PLAIN ********"},
    {"AUTH AGEAYg==", "AUTH ********"},
    {"a1 LOGIN u p", "a1 LOGIN ********"},
    {"PASSWORD secret", "PASSWORD ********"},
    {"pass: secret", "pass: ********"},
    {"QUIT pass secret", "QUIT pass ********"},
    {"STATUS 1", "STATUS 1"},
};

}  // namespace

TEST_CASE("pop3 command: what a line is, and what is odd about it") {
  for (const LineRow& row : kLines) {
    CAPTURE(core::show_bytes(row.line));
    CHECK(described(pop3::parse_command(row.line)) == row.want);
  }
}

TEST_CASE("pop3 command: the named parts of a line") {
  for (const LineRow& row : kParts) {
    CAPTURE(row.line);
    CHECK(parts_of(row.line) == row.want);
  }
}

TEST_CASE("pop3 command: passwords are masked wherever they stand") {
  for (const LineRow& row : kMasked) {
    CAPTURE(row.line);
    CHECK(core::show_masked(row.line, pop3::parse_command(row.line).secrets) == row.want);
  }
}

TEST_CASE("pop3 command: a password is what stands behind the first blank") {
  CHECK(pop3::parse_command("PASS  a b ").command->argument == " a b ");
  CHECK(pop3::parse_command("RETR 99999999999999999999").command->message == 4294967295U);
}

TEST_CASE("pop3 command: what is written is read again as the same") {
  for (const LineRow& row : kLines) {
    CAPTURE(core::show_bytes(row.line));
    const auto parsed = pop3::parse_command(row.line);
    if (!parsed.command) continue;
    const std::string written = pop3::serialise(*parsed.command);
    CHECK(written.ends_with("\r\n"));
    const auto again = pop3::parse_command(std::string_view(written).substr(0, written.size() - 2));
    REQUIRE(again.command);
    CHECK(*again.command == *parsed.command);
  }
  pop3::Command made;
  made.verb = pop3::Input::kTop;
  made.message = 3;
  made.body_lines = 10;
  CHECK(pop3::serialise(made) == "TOP 3 10\r\n");
}

TEST_CASE("pop3 command: behind a login what is no command is its rest") {
  const std::string lines = "PASS wrong\r\nsecret\r\nNOOP\r\nfoo bar\r\n";
  CHECK(core::show_masked(lines, pop3::secrets_in_lines(lines, false)) == "PASS ********␍␊********␍␊NOOP␍␊foo bar␍␊");
  CHECK(core::show_masked("secret", pop3::secrets_in_lines("secret", true)) == "********");
  CHECK(core::show_masked("secret", pop3::secrets_in_lines("secret", false)) == "secret");
}

TEST_CASE("pop3 command: every verb is one row and is found again") {
  for (const pop3::InputRow& row : pop3::kInputs) {
    CAPTURE(row.name);
    CHECK_FALSE(row.name.empty());
    CHECK(row.rule.rfind("RFC ", 0) == 0);
    if (row.verb.empty()) continue;
    CHECK(pop3::find_command(row.verb) == row.input);
    CHECK(row.grammar.find(row.verb) != std::string_view::npos);
  }
  CHECK_FALSE(pop3::find_command(""));
}
