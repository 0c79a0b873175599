#include "smtp/command.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "core/text.h"
#include "tests/core/chinese.h"
#include "tests/smtp/describe.h"

namespace {

constexpr smtp::CommandLeniency kNone{};

// "mail <a@b> SIZE=1" for a command, "syntax mail" or "unknown" for an error; remarks in parentheses behind.
std::string read_command(std::string_view line, smtp::CommandLeniency leniency = kNone) {
  const smtp::ParsedCommand parsed = smtp::parse_command(line, leniency);
  CHECK(test::spans_fit(parsed.remarks, line.size()));
  CHECK(test::spans_fit(parsed.secrets, line.size()));
  std::string out;
  if (parsed.command) {
    const smtp::Command& command = *parsed.command;
    out = smtp::name(command.verb);
    if (command.verb == smtp::Input::kMail || command.verb == smtp::Input::kRcpt) out += " " + command.path.text();
    for (const smtp::Parameter& parameter : command.parameters) {
      out += " " + parameter.keyword + (parameter.value ? "=" + *parameter.value : "");
    }
    if (command.verb == smtp::Input::kBdat) out += " " + std::to_string(command.chunk_size) + (command.is_last ? " last" : "");
    if (!command.mechanism.empty()) out += " " + command.mechanism;
    if (command.initial_response) out += " [" + *command.initial_response + "]";
  } else {
    const smtp::CommandError& error = parsed.command.error();
    CHECK(error.error.blame == core::Blame::kPeer);
    CHECK_FALSE(error.error.text.empty());
    CHECK(core::show_bytes(error.error.text.en) == error.error.text.en);
    test::check_chinese(error.error);
    out = error.fault == smtp::CommandFault::kUnknownVerb ? "unknown" : "syntax " + std::string(smtp::name(error.verb));
  }
  if (!parsed.remarks.empty()) out += " (" + test::describe(parsed.remarks) + ")";
  return out;
}

struct CommandRow {
  std::string name;
  std::string line;
  std::string read;
};

const std::array kLegalCommands{
    CommandRow{"HELO", "HELO client.example", "helo"},
    CommandRow{"HELO without a dot", "HELO Alice", "helo (helo-not-fqdn)"},
    CommandRow{"HELO with an address, which is no domain and harms nobody", "HELO alice@example.com", "helo (helo-is-address)"},
    CommandRow{"HELO with a literal", "HELO [192.0.2.1]", "helo"},
    CommandRow{"EHLO", "EHLO client.example", "ehlo"},
    CommandRow{"EHLO with a literal that is none", "EHLO [999.0.0.1]", "ehlo (helo-bad-literal)"},
    CommandRow{"EHLO with something behind a literal", "EHLO [127.0.0.1]x", "ehlo (helo-bad-literal)"},
    CommandRow{"EHLO with a name that is not ASCII", "EHLO \xe6\x88\x91\xe7\x9a\x84\xe7\x94\xb5\xe8\x84\x91",
               "ehlo (helo-not-ascii)"},
    CommandRow{"EHLO with an IPv4 literal", "EHLO [192.0.2.1]", "ehlo"},
    CommandRow{"EHLO with an IPv6 literal", "EHLO [IPv6:2001:db8::1]", "ehlo"},
    CommandRow{"MAIL", "MAIL FROM:<a@b.c>", "mail <a@b.c>"},
    CommandRow{"MAIL with the null path", "MAIL FROM:<>", "mail <>"},
    CommandRow{"MAIL with a parameter", "MAIL FROM:<a@b.c> SIZE=100", "mail <a@b.c> SIZE=100"},
    CommandRow{"MAIL with two parameters", "MAIL FROM:<a@b.c> SIZE=100 BODY=8BITMIME", "mail <a@b.c> SIZE=100 BODY=8BITMIME"},
    CommandRow{"MAIL with a parameter without value", "MAIL FROM:<a@b.c> SMTPUTF8", "mail <a@b.c> SMTPUTF8"},
    CommandRow{"MAIL with a parameter in lower case", "MAIL FROM:<a@b.c> body=7bit", "mail <a@b.c> body=7bit"},
    CommandRow{"MAIL with every kind of character in a value", "MAIL FROM:<a@b.c> X-Y9=!~<>", "mail <a@b.c> X-Y9=!~<>"},
    CommandRow{"MAIL with a quoted local part", "MAIL FROM:<\"a b\"@c.d>", "mail <\"a b\"@c.d>"},
    CommandRow{"RCPT", "RCPT TO:<a@b.c>", "rcpt <a@b.c>"},
    CommandRow{"RCPT with a parameter", "RCPT TO:<a@b.c> NOTIFY=NEVER", "rcpt <a@b.c> NOTIFY=NEVER"},
    CommandRow{"RCPT to the postmaster", "RCPT TO:<Postmaster>", "rcpt <Postmaster>"},
    CommandRow{"RCPT with a source route", "RCPT TO:<@x.y:a@b.c>", "rcpt <a@b.c> (source-route)"},
    CommandRow{"DATA", "DATA", "data"},
    CommandRow{"BDAT", "BDAT 86", "bdat 86"},
    CommandRow{"BDAT with the last chunk", "BDAT 0 LAST", "bdat 0 last"},
    CommandRow{"BDAT in lower case", "bdat 007 last", "bdat 7 last"},
    CommandRow{"BDAT with the largest chunk", "BDAT 18446744073709551615", "bdat 18446744073709551615"},
    CommandRow{"VRFY with SMTPUTF8", "VRFY alice smtputf8", "vrfy smtputf8"},
    CommandRow{"VRFY of somebody called SMTPUTF8", "VRFY SMTPUTF8", "vrfy"},
    CommandRow{"RSET", "RSET", "rset"},
    CommandRow{"VRFY", "VRFY alice", "vrfy"},
    CommandRow{"VRFY with a quoted string", "VRFY \"Alice B\"", "vrfy"},
    CommandRow{"EXPN", "EXPN staff", "expn"},
    CommandRow{"ETRN", "ETRN @example.org", "etrn"},
    CommandRow{"HELP", "HELP", "help"},
    CommandRow{"HELP about something", "HELP MAIL", "help"},
    CommandRow{"NOOP", "NOOP", "noop"},
    CommandRow{"NOOP with a string", "NOOP x", "noop"},
    CommandRow{"QUIT", "QUIT", "quit"},
    CommandRow{"STARTTLS", "STARTTLS", "starttls"},
    CommandRow{"AUTH", "AUTH LOGIN", "auth LOGIN"},
    CommandRow{"AUTH with an initial response", "AUTH PLAIN AGEAYg==", "auth PLAIN [AGEAYg==]"},
    CommandRow{"AUTH with the empty initial response", "AUTH PLAIN =", "auth PLAIN [=] (auth-plain-format)"},
    CommandRow{"AUTH with a mechanism in lower case", "AUTH login", "auth LOGIN"},
    CommandRow{"AUTH with a mechanism of digits and signs", "AUTH SCRAM-SHA-1_X", "auth SCRAM-SHA-1_X"},
};

const std::array kIllegal{
    CommandRow{"HELO without a name", "HELO", "syntax helo (helo-no-argument)"},
    CommandRow{"EHLO without a name", "EHLO", "syntax ehlo (helo-no-argument)"},
    CommandRow{"HELO with several words", "HELO my computer", "syntax helo (helo-several-words)"},
    CommandRow{"EHLO with several words", "EHLO my own computer", "syntax ehlo (helo-several-words)"},
    CommandRow{"HELO with an escape sequence", "HELO a\x1b[2Jb", "syntax helo (control-characters)"},
    CommandRow{"EHLO with a CR", "EHLO a\rb", "syntax ehlo (bare-cr)"},
    CommandRow{"MAIL alone", "MAIL", "syntax mail"},
    CommandRow{"MAIL without FROM", "MAIL <a@b.c>", "syntax mail"},
    CommandRow{"MAIL TO", "MAIL TO:<a@b.c>", "syntax mail"},
    CommandRow{"MAIL without an address", "MAIL FROM:", "syntax mail (empty-address)"},
    CommandRow{"MAIL without a colon", "MAIL FROM <a@b.c>", "syntax mail (no-colon)"},
    CommandRow{"MAIL without brackets", "MAIL FROM:a@b.c", "syntax mail (no-angle-brackets)"},
    CommandRow{"MAIL with one bracket", "MAIL FROM:<a@b.c", "syntax mail (bad-address)"},
    CommandRow{"MAIL with a display name", "MAIL FROM:Alice <a@b.c>", "syntax mail (display-name-in-envelope)"},
    CommandRow{"MAIL with a parameter stuck to the bracket", "MAIL FROM:<a@b.c>SIZE=1", "syntax mail (bad-address)"},
    CommandRow{"MAIL with a parameter without keyword", "MAIL FROM:<a@b.c> =1", "syntax mail"},
    CommandRow{"MAIL with a parameter with an empty value", "MAIL FROM:<a@b.c> SIZE=", "syntax mail"},
    CommandRow{"MAIL with two equals signs", "MAIL FROM:<a@b.c> SIZE=1=2", "syntax mail"},
    CommandRow{"MAIL with a keyword that starts with a hyphen", "MAIL FROM:<a@b.c> -X=1", "syntax mail"},
    CommandRow{"MAIL with an underscore in a keyword", "MAIL FROM:<a@b.c> X_Y=1", "syntax mail"},
    CommandRow{"RCPT alone", "RCPT", "syntax rcpt"},
    CommandRow{"RCPT FROM", "RCPT FROM:<a@b.c>", "syntax rcpt"},
    CommandRow{"RCPT with the null path", "RCPT TO:<>", "syntax rcpt (empty-address)"},
    CommandRow{"RCPT without an address", "RCPT TO:", "syntax rcpt (empty-address)"},
    CommandRow{"RCPT without a domain", "RCPT TO:<bob>", "syntax rcpt (bad-address)"},
    CommandRow{"RCPT with two addresses", "RCPT TO:<a@b.c,d@e.f>", "syntax rcpt (several-recipients-in-one-rcpt)"},
    CommandRow{"RCPT with two paths", "RCPT TO:<a@b.c>,<d@e.f>", "syntax rcpt (several-recipients-in-one-rcpt)"},
    CommandRow{"RCPT in Chinese", "RCPT TO:<张三@example.com>", "syntax rcpt (non-ascii-address)"},
    CommandRow{"DATA with an argument", "DATA now", "syntax data"},
    CommandRow{"BDAT alone", "BDAT", "syntax bdat"},
    CommandRow{"BDAT without a number", "BDAT LAST", "syntax bdat"},
    CommandRow{"BDAT with letters behind the number", "BDAT 12x", "syntax bdat"},
    CommandRow{"BDAT with a number beyond counting", "BDAT 18446744073709551616", "syntax bdat"},
    CommandRow{"BDAT with another word", "BDAT 1 FINAL", "syntax bdat"},
    CommandRow{"BDAT with two words", "BDAT 1 LAST LAST", "syntax bdat"},
    CommandRow{"RSET with an argument", "RSET now", "syntax rset"},
    CommandRow{"QUIT with an argument", "QUIT now", "syntax quit"},
    CommandRow{"VRFY alone", "VRFY", "syntax vrfy"},
    CommandRow{"EXPN alone", "EXPN", "syntax expn"},
    CommandRow{"ETRN alone", "ETRN", "syntax etrn"},
    CommandRow{"STARTTLS with an argument", "STARTTLS now", "syntax starttls"},
    CommandRow{"AUTH alone", "AUTH", "syntax auth"},
    CommandRow{"AUTH with three words", "AUTH PLAIN AGEAYg== x", "syntax auth"},
    CommandRow{"AUTH with a mechanism that cannot be one", "AUTH PL@IN", "syntax auth"},
    CommandRow{"AUTH with a mechanism of 21 characters", "AUTH ABCDEFGHIJKLMNOPQRSTU", "syntax auth"},
};

const std::array kUnknown{
    CommandRow{"an empty line", "", "unknown (stray-empty-line)"},
    CommandRow{"a word that is no verb", "HELLO client.example", "unknown (unknown-command)"},
    CommandRow{"a verb and more letters", "QUITX", "unknown (unknown-command)"},
    CommandRow{"a verb without its last letter", "QUI", "unknown (unknown-command)"},
    CommandRow{"a verb without the space behind", "MAILFROM:<a@b.c>", "unknown (unknown-command)"},
    CommandRow{"HTTP", "GET / HTTP/1.1", "unknown (unknown-command)"},
    CommandRow{"an address alone", "alice@example.com", "unknown (unknown-command)"},
};

struct Place {
  std::string name;
  std::string line;
  smtp::RemarkKind kind;
  std::string where;  // the octets the remark must touch; empty: the remark may be about the whole line
};

const std::array kPlaces{
    Place{"a blank before the verb", "  NOOP", smtp::RemarkKind::kLeadingSpace, "  "},
    Place{"a tab before the verb", "\tNOOP", smtp::RemarkKind::kLeadingSpace, "\t"},
    Place{"a blank at the end", "NOOP ", smtp::RemarkKind::kTrailingSpace, " "},
    Place{"a blank behind a path", "MAIL FROM:<a@b.c>  ", smtp::RemarkKind::kTrailingSpace, "  "},
    Place{"a NUL", std::string("NOOP \0x", 7), smtp::RemarkKind::kNulBytes, std::string(1, '\0')},
    Place{"a NUL behind the name", std::string("HELO a.b\0", 9), smtp::RemarkKind::kNulBytes, std::string(1, '\0')},
    Place{"a backspace", "HELQ\b\bLO a.b", smtp::RemarkKind::kControlCharacters, "\b\b"},
    Place{"an arrow key", "HELO a\x1b[Db", smtp::RemarkKind::kControlCharacters, "\x1b"},
    Place{"DEL",
          "HELO a\x7f"
          "b",
          smtp::RemarkKind::kControlCharacters, "\x7f"},
    Place{"a CR inside", "NOOP a\rb", smtp::RemarkKind::kBareCr, "\r"},
    Place{"backslashes instead of a line end", "HELO a.b\\r\\n", smtp::RemarkKind::kLiteralBackslashCrlf, "\\r\\n"},
    Place{"backslashes behind a path", "MAIL FROM:<a@b.c>\\r\\n", smtp::RemarkKind::kLiteralBackslashCrlf, "\\r\\n"},
    Place{"an unknown verb", "HELLO a.b", smtp::RemarkKind::kUnknownCommand, "HELLO"},
    Place{"no argument", "HELO", smtp::RemarkKind::kHeloNoArgument, ""},
    Place{"an address as a name", "EHLO a@b.c", smtp::RemarkKind::kHeloIsAddress, "a@b.c"},
    Place{"several words", "EHLO my computer", smtp::RemarkKind::kHeloSeveralWords, "computer"},
    Place{"no dot in the name", "EHLO Alice", smtp::RemarkKind::kHeloNotFqdn, "Alice"},
    Place{"no colon", "MAIL FROM <a@b.c>", smtp::RemarkKind::kNoColon, ""},
    Place{"a blank behind the colon", "MAIL FROM: <a@b.c>", smtp::RemarkKind::kSpaceAfterColon, " <"},
    Place{"no brackets", "RCPT TO:a@b.c", smtp::RemarkKind::kNoAngleBrackets, "a@b.c"},
    Place{"a display name", "RCPT TO:Alice <a@b.c>", smtp::RemarkKind::kDisplayNameInEnvelope, "Alice <a@b.c>"},
    Place{"a display name inside", "RCPT TO:<Alice <a@b.c>>", smtp::RemarkKind::kDisplayNameInEnvelope, "<Alice <a@b.c>>"},
    Place{"two recipients", "RCPT TO:<a@b.c,d@e.f>", smtp::RemarkKind::kSeveralRecipientsInOneRcpt, "a@b.c,d@e.f"},
    Place{"no address", "RCPT TO:<>", smtp::RemarkKind::kEmptyAddress, ""},
    Place{"a bad address", "RCPT TO:<a@b..c>", smtp::RemarkKind::kBadAddress, "a@b..c"},
    Place{"a source route", "RCPT TO:<@x.y:a@b.c>", smtp::RemarkKind::kSourceRoute, "@x.y:"},
    Place{"not ASCII", "RCPT TO:<a张@b.c>", smtp::RemarkKind::kNonAsciiAddress, "张"},
};

}  // namespace

TEST_CASE("smtp command: every verb is read with what its grammar gives it") {
  for (const CommandRow& row : kLegalCommands) {
    CAPTURE(row.name);
    CHECK(read_command(row.line) == row.read);
  }
}

TEST_CASE("smtp command: an argument that does not fit the grammar is a syntax error of that verb") {
  for (const CommandRow& row : kIllegal) {
    CAPTURE(row.name);
    CHECK(read_command(row.line) == row.read);
  }
}

TEST_CASE("smtp command: a line that starts with no verb is unknown") {
  for (const CommandRow& row : kUnknown) {
    CAPTURE(row.name);
    CHECK(read_command(row.line) == row.read);
  }
}

TEST_CASE("smtp command: verbs and the words FROM and TO ignore letter case") {
  CHECK(read_command("mail from:<a@b.c>") == "mail <a@b.c>");
  CHECK(read_command("MaIl FrOm:<a@b.c>") == "mail <a@b.c>");
  CHECK(read_command("rcpt to:<a@b.c>") == "rcpt <a@b.c>");
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (row.verb.empty()) continue;
    CAPTURE(row.verb);
    const std::string lower = core::to_lower(row.verb);
    CHECK(smtp::find_command(row.verb) == row.input);
    CHECK(smtp::find_command(lower) == row.input);
    CHECK(smtp::name(row.input) == lower);
    CHECK(read_command(lower) == read_command(row.verb));
  }
  CHECK_FALSE(smtp::find_command("").has_value());
  CHECK_FALSE(smtp::find_command("HEL").has_value());
  CHECK_FALSE(smtp::find_command("HELOO").has_value());
  CHECK_FALSE(smtp::find_command("QUIT ").has_value());
}

TEST_CASE("smtp command: blanks at the end are tolerated and remarked (RFC 5321 §4.1.1)") {
  for (const std::string line : {"DATA", "RSET", "QUIT", "NOOP", "HELO a.b", "MAIL FROM:<a@b.c>", "RCPT TO:<a@b.c>",
                                 "MAIL FROM:<a@b.c> SIZE=1", "AUTH LOGIN", "VRFY a"}) {
    CAPTURE(line);
    CHECK(read_command(line + " ") == read_command(line) + " (trailing-space)");
    CHECK(read_command(line + " \t ") == read_command(line) + " (trailing-space)");
  }
  CHECK(read_command("HELO ").find("syntax helo") == 0);
}

TEST_CASE("smtp command: leniencies are taken only when given, and remarked in both cases") {
  smtp::CommandLeniency no_colon;
  no_colon.no_colon = true;
  CHECK(read_command("MAIL FROM <a@b.c>", no_colon) == "mail <a@b.c> (no-colon)");
  CHECK(read_command("RCPT TO <a@b.c>", no_colon) == "rcpt <a@b.c> (no-colon)");
  CHECK(read_command("MAIL FROM:<a@b.c>", no_colon) == "mail <a@b.c>");
  CHECK(read_command("MAIL <a@b.c>", no_colon).find("syntax mail") == 0);

  smtp::CommandLeniency no_brackets;
  no_brackets.no_angle_brackets = true;
  CHECK(read_command("MAIL FROM:a@b.c", no_brackets) == "mail <a@b.c> (no-angle-brackets)");
  CHECK(read_command("MAIL FROM:a@b.c SIZE=1", no_brackets) == "mail <a@b.c> SIZE=1 (no-angle-brackets)");
  CHECK(read_command("RCPT TO: a@b.c", no_brackets) == "rcpt <a@b.c> (no-angle-brackets space-after-colon)");
  CHECK(read_command("RCPT TO:bob", no_brackets).find("syntax rcpt") == 0);
  CHECK(read_command("MAIL FROM a@b.c", no_brackets).find("syntax mail") == 0);

  smtp::CommandLeniency both = no_colon;
  both.no_angle_brackets = true;
  CHECK(read_command("MAIL FROM a@b.c", both) == "mail <a@b.c> (no-angle-brackets no-colon)");

  smtp::CommandLeniency no_name;
  no_name.helo_no_argument = true;
  CHECK(read_command("HELO", no_name) == "helo (helo-no-argument)");

  smtp::CommandLeniency utf8;
  utf8.allow_utf8 = true;
  CHECK(read_command("MAIL FROM:<张三@例子.中国> SMTPUTF8", utf8) == "mail <张三@例子.中国> SMTPUTF8");
}

TEST_CASE("smtp command: a blank behind the colon is read and remarked") {
  CHECK(read_command("MAIL FROM: <a@b.c>") == "mail <a@b.c> (space-after-colon)");
  CHECK(read_command("RCPT TO:  <a@b.c>") == "rcpt <a@b.c> (space-after-colon)");
  CHECK(read_command("MAIL FROM: <>") == "mail <> (space-after-colon)");
}

TEST_CASE("smtp command: a remark points at the octets it is about") {
  for (const Place& row : kPlaces) {
    CAPTURE(row.name);
    const smtp::ParsedCommand parsed = smtp::parse_command(row.line, kNone);
    bool found = false;
    for (const smtp::Remark& remark : parsed.remarks) {
      if (remark.kind != row.kind) continue;
      found = true;
      CAPTURE(remark.where.begin);
      CAPTURE(remark.where.end);
      if (row.where.empty()) continue;
      const std::size_t at = row.line.find(row.where);
      REQUIRE(at != std::string::npos);
      CHECK(remark.where.begin < remark.where.end);
      CHECK(remark.where.begin < at + row.where.size());
      CHECK(remark.where.end > at);
    }
    CAPTURE(test::describe(parsed.remarks));
    CHECK(found);
  }
}

TEST_CASE("smtp command: an initial response that carries a password is secret, a user name is not") {
  const std::string plain = "AUTH PLAIN AGFsaWNlAHNlY3JldA==";
  const auto parsed = smtp::parse_command(plain, kNone);
  REQUIRE(parsed.secrets.size() == 1);
  CHECK(parsed.secrets.front() == core::Span{11, plain.size()});
  CHECK(smtp::parse_command("AUTH LOGIN YWxpY2U=", kNone).secrets.empty());
  CHECK(smtp::parse_command("AUTH PLAIN", kNone).secrets.empty());
  CHECK(smtp::parse_command("HELO a.b", kNone).secrets.empty());
  const std::string spaced = "auth plain AGFsaWNlAHNlY3JldA==  ";
  CHECK(core::mask(spaced, smtp::parse_command(spaced, kNone).secrets).find("AGFs") == std::string::npos);
}

TEST_CASE("smtp command: a malformed AUTH shows no password either") {
  for (const std::string line : {"AUTH PLAIN AGFsaWNlAHNlY3JldA== x", " AUTH PLAIN AGFsaWNlAHNlY3JldA==",
                                 "AUTH  PLAIN AGFsaWNlAHNlY3JldA==", "AUTH PLAIN  AGFsaWNlAHNlY3JldA=="}) {
    CAPTURE(line);
    const auto parsed = smtp::parse_command(line, kNone);
    CHECK(core::mask(line, parsed.secrets).find("NlY3JldA") == std::string::npos);
    if (!parsed.command)
      CHECK(core::describe(parsed.command.error().error, core::Language::kChinese).find("NlY3JldA") == std::string::npos);
  }
}

TEST_CASE("smtp command: the argument is kept as written") {
  CHECK(smtp::parse_command("HELO Client.Example", kNone).command->argument == "Client.Example");
  CHECK(smtp::parse_command("mail from:<A@b.c> size=1", kNone).command->argument == "from:<A@b.c> size=1");
  CHECK(smtp::parse_command("NOOP x", kNone).command->argument == "x");
  CHECK(smtp::parse_command("QUIT", kNone).command->argument.empty());
}

TEST_CASE("smtp command: what is written is read as the same command") {
  for (const CommandRow& row : kLegalCommands) {
    CAPTURE(row.name);
    const auto first = smtp::parse_command(row.line, kNone);
    REQUIRE(first.command.has_value());
    const std::string line = smtp::serialise(*first.command);
    CAPTURE(line);
    REQUIRE(line.ends_with("\r\n"));
    CHECK(line.find('\n') == line.size() - 1);
    const auto second = smtp::parse_command(std::string_view(line).substr(0, line.size() - 2), kNone);
    REQUIRE(second.command.has_value());
    CHECK(*second.command == *first.command);
  }
}

TEST_CASE("smtp command: a command put together from its members is written as the grammar has it") {
  smtp::Command mail;
  mail.verb = smtp::Input::kMail;
  mail.path.mailbox = *smtp::Mailbox::parse("a@b.c");
  mail.parameters = {{"SIZE", "100"}, {"SMTPUTF8", std::nullopt}};
  CHECK(smtp::serialise(mail) == "MAIL FROM:<a@b.c> SIZE=100 SMTPUTF8\r\n");
  smtp::Command rcpt;
  rcpt.verb = smtp::Input::kRcpt;
  rcpt.path.mailbox = *smtp::Mailbox::parse("\"a b\"@[192.0.2.1]");
  CHECK(smtp::serialise(rcpt) == "RCPT TO:<\"a b\"@[192.0.2.1]>\r\n");
  smtp::Command auth;
  auth.verb = smtp::Input::kAuth;
  auth.mechanism = "PLAIN";
  CHECK(smtp::serialise(auth) == "AUTH PLAIN\r\n");
  auth.initial_response = "AGEAYg==";
  CHECK(smtp::serialise(auth) == "AUTH PLAIN AGEAYg==\r\n");
  smtp::Command bdat;
  bdat.verb = smtp::Input::kBdat;
  bdat.chunk_size = 86;
  CHECK(smtp::serialise(bdat) == "BDAT 86\r\n");
  bdat.is_last = true;
  CHECK(smtp::serialise(bdat) == "BDAT 86 LAST\r\n");
  smtp::Command quit;
  quit.verb = smtp::Input::kQuit;
  CHECK(smtp::serialise(quit) == "QUIT\r\n");
}
