// Every mistake in a file, with the whole text a person gets to read.
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "core/text.h"
#include "document/document.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/loader.h"
#include "tests/core/chinese.h"
#include "tls/library.h"
#include "tls/settings.h"

namespace {

constexpr const char* kWrongHead = "subject='basics'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n";  // three lines

constexpr const char* kWrongProvider = R"(title = {en='P', zh='P'}
[[reply]]
id = "auth-required"
stage = "mail"
lines = ["553 auth"]
because = {en='b', zh='因'}
fix = {en='f', zh='法'}
source = ["s"]
)";

// The error in English; in Chinese nothing is English but the lines of the file, which stand above a caret.
std::string told(const core::Error& error) {
  std::string sentences;
  std::istringstream lines(core::describe(error, core::Language::kChinese));
  for (std::string line; std::getline(lines, line);) {
    if (line.find(".toml") != std::string::npos || line.starts_with("提示：")) sentences += line + "\n";
  }
  CAPTURE(sentences);
  CHECK_FALSE(sentences.empty());
  CHECK(test::english_in(sentences).empty());
  CHECK(error.text.zh.find("hint:") == std::string::npos);
  return core::describe(error, core::Language::kEnglish);
}

std::string error_of(const std::string& text, scenario::Extends extends = scenario::Extends::kOptional) {
  const auto loaded = scenario::load_scenario("netease/x", {"scenarios/netease/x.toml", text},
                                              {{{"netease", {"scenarios/netease/provider.toml", kWrongProvider}}}}, extends);
  return loaded ? "no error" : told(loaded.error());
}

std::string provider_error_of(const std::string& text) {
  const auto loaded = scenario::load_provider("p", {"p.toml", text});
  return loaded ? "no error" : told(loaded.error());
}

struct WrongFile {
  const char* name;
  std::string text;  // behind kWrongHead
  std::string want;  // behind "scenarios/netease/x.toml:"
};

void check_rows(const std::vector<WrongFile>& rows) {
  for (const WrongFile& row : rows) {
    CAPTURE(row.name);
    CHECK(error_of(kWrongHead + row.text) == "scenarios/netease/x.toml:" + row.want);
  }
}

}  // namespace

TEST_CASE("loader errors: keys that are unknown, misplaced or missing") {
  check_rows({
      {"misspelt", "[[rule]]\non = 'MAIL'\n  repply = '550 no'\nreply = '550 no'\n",
       "6:3: unknown key 'repply' in [[rule]]\n  repply = '550 no'\n  ^\nhint: did you mean 'reply'?"},
      {"misspelt, and nothing else is said to be missing", "[[rule]]\non = 'MAIL'\nrepply = '550 no'\n",
       "6:1: unknown key 'repply' in [[rule]]\nrepply = '550 no'\n^\nhint: did you mean 'reply'?"},
      {"misspelt in a step", "[[step]]\nsned = 'NOOP'\nsay={en='e',zh='中'}\n",
       "5:1: unknown key 'sned' in [[step]]\nsned = 'NOOP'\n^\nhint: did you mean 'send'?"},
      {"misspelt in when", "[[rule]]\non = 'MAIL'\nwhen = { oder = 'any' }\nreply = '550 no'\n",
       "6:10: unknown key 'oder' in 'when'\nwhen = { oder = 'any' }\n         ^\nhint: did you mean 'order'?"},
      {"behind a table it does not belong to", "[server]\nextends = 'netease'\n",
       "5:1: unknown key 'extends' in [server]\nextends = 'netease'\n^\nhint: 'extends' stands at the top of the file, above "
       "the first "
       "[table]"},
      {"of another table", "[[step]]\nsend = 'x'\nexpect = 250\nsay = {en='e', zh='中'}\nreply = 'x'\n",
       "8:1: unknown key 'reply' in [[step]]\nreply = 'x'\n^\nhint: 'reply' stands at the top of the file, above the first "
       "[table]"},
      {"like nothing", "[limits]\nfoobar = 1\n",
       "5:1: unknown key 'foobar' in [limits]\nfoobar = 1\n^\nhint: one of: command_line, auth_line, message, recipients, "
       "commands_without_mail, auth_attempts, messages, recipient_domains, idle_timeout, silence"},
      {"a third language", "[[step]]\nsend = 'x'\nexpect = 250\nsay = {en='e', zh='中', fr='f'}\n",
       "7:24: unknown key 'fr' in 'say'\nsay = {en='e', zh='中', fr='f'}\n                        ^\nhint: one of: en, zh"},
      {"required and missing", "[[account]]\nuser = 'alice'\n",
       "4:1: 'password' is missing in [[account]]\n[[account]]\n^\nhint: The password the server takes, often an authorization "
       "code."},
      {"a text that is required", "[[step]]\nsend = 'x'\nexpect = 250\n",
       "4:1: 'say' is missing in [[step]]\n[[step]]\n^\nhint: Why this step, and what to look at. Write say.en = \"…\" and "
       "say.zh = \"…\""},
  });
  CHECK(error_of("title={en='t',zh='题'}\nsummary={en='s',zh='述'}\n") ==
        "scenarios/netease/x.toml:1:1: 'subject' is missing at the top of the file\ntitle={en='t',zh='题'}\n^\n"
        "hint: What kind of situation it is. It is one of: basics, authentication, sender, recipient, content, size, rate, "
        "tls, network");
}

TEST_CASE("loader errors: types, words and ranges") {
  check_rows({
      {"text for a number", "code = '553'\n",
       "4:8: 'code' is text, not a whole number\ncode = '553'\n       ^\nhint: write code = 553, without quotes"},
      {"a fraction for a whole number", "[limits]\nmessage = 1.5\n",
       "5:11: 'message' is a number, not a whole number\nmessage = 1.5\n          ^"},
      {"a string for a list", "[server]\nextensions = 'AUTH'\n",
       "5:14: 'extensions' is text, not a list of strings\nextensions = 'AUTH'\n             ^\nhint: write extensions = "
       "[\"…\"]"},
      {"one table for a list of them", "[rule]\non = 'MAIL'\nreply = '250 ok'\n",
       "4:1: 'rule' is a table, not a list of tables\n[rule]\n^\nhint: write [[rule]] for each one"},
      {"a list of something else", "rule = [1]\n",
       "4:9: 'rule' is a list of tables\nrule = [1]\n        ^\nhint: write [[rule]] for each one"},
      {"a number in a list", "[server]\nextensions = ['A', 1]\n",
       "5:20: 'extensions' holds a whole number, not only strings\nextensions = ['A', 1]\n                   ^"},
      {"a misspelt word", "[server]\nline_ends = 'normalise'\n",
       "5:13: 'line_ends' cannot be 'normalise'\nline_ends = 'normalise'\n            ^\nhint: did you mean 'normalize'?"},
      {"a verb in small letters", "[[rule]]\non = 'mail'\nreply = '550 no'\n",
       "5:6: 'on' cannot be 'mail'\non = 'mail'\n     ^\nhint: did you mean 'MAIL'?"},
      {"an unknown quirk", "[server]\nquirks = ['no-colons']\n",
       "5:11: 'quirks' cannot be 'no-colons'\nquirks = ['no-colons']\n          ^\nhint: did you mean 'no-colon'?"},
      {"out of range", "[limits]\nrecipients = 0\n",
       "5:14: 'recipients' must lie between 1 and 1000000\nrecipients = 0\n             ^"},
      {"a date", "code = 2024-01-01\n", "4:8: 'code' is a date, not a whole number\ncode = 2024-01-01\n       ^"},
      {"an empty list", "[[rule]]\non = 'MAIL'\nreply = []\n",
       "6:9: 'reply' is empty\nreply = []\n        ^\nhint: The reply: \"@id\" of the vocabulary, or lines "
       "written out; a rule without one adds to what the next ones say."},
      {"a control character shown, not sent", "[server]\nline_ends = \"\\u001b[31m\"\n",
       "5:13: 'line_ends' cannot be '\\x1b[31m'\nline_ends = \"\\u001b[31m\"\n            ^\nhint: one of: normalize, strict, "
       "lenient, by-hand"},
  });
}

TEST_CASE("loader errors: a text needs both languages") {
  check_rows({
      {"no Chinese", "[[step]]\nsend = 'x'\nexpect = 250\n  say.en = 'e'\n",
       "7:3: 'say' has no Chinese text\n  say.en = 'e'\n  ^\nhint: add say.zh = \"…\""},
      {"empty English", "[[step]]\nsend = 'x'\nexpect = 250\nsay = {zh='中文', en=''}\n",
       "7:20: 'say' has no English text\nsay = {zh='中文', en=''}\n                     ^\nhint: add say.en = \"…\""},
      {"neither", "[[step]]\nsend = 'x'\nexpect = 250\nsay = 'e'\n",
       "7:7: 'say' is text, not a text in two languages\nsay = 'e'\n      ^\nhint: write say.en = \"…\" and say.zh = \"…\""},
      {"a number", "[[step]]\nsend = 'x'\nexpect = 250\nsay = {en=1, zh='中'}\n",
       "7:11: 'en' is a whole number, not a string\nsay = {en=1, zh='中'}\n          ^"},
  });
}

TEST_CASE("loader errors: templates and replies") {
  check_rows({
      {"unknown placeholder in a reply", "[[rule]]\non = 'MAIL'\nreply = '250 {clinet}'\n",
       "6:9: unknown placeholder {clinet}\nreply = '250 {clinet}'\n        ^\nhint: did you mean 'client'?"},
      {"a password is no placeholder of replies", "[server]\nehlo_text = '{password}'\n",
       "5:13: unknown placeholder {password}\nehlo_text = '{password}'\n            ^\nhint: one of: client, user, "
       "mechanism, sender, sender-domain, recipient, recipient-domain, size, declared-size, command, argument, server, "
       "client-ip, server-ip, id, queue-id, timestamp, date, n, session, …"},
      {"unclosed brace", "[[rule]]\non = 'MAIL'\nreply = ['250-a', '250 {id']\n",
       "6:19: '{' without '}'\nreply = ['250-a', '250 {id']\n                  ^\nhint: a brace itself is written {{"},
      {"unknown filter",
       "[[account]]\nuser='u'\npassword='p'\n[[step]]\nsend = '{user|base46}'\nexpect = 334\nsay={en='e',zh='中'}\n",
       "8:8: unknown filter 'base46'\nsend = '{user|base46}'\n       ^\nhint: did you mean 'base64'?"},
      {"a step without its account", "[[step]]\nsend = '{user}'\nexpect = 334\nsay={en='e',zh='中'}\n",
       "5:8: {user} needs an [[account]]\nsend = '{user}'\n       ^"},
      {"a step without its second account",
       "[[account]]\nuser='u'\npassword='p'\n[[step]]\nsend = '{user2}'\nexpect = 334\nsay={en='e',zh='中'}\n",
       "8:8: {user2} needs a second [[account]]\nsend = '{user2}'\n       ^"},
      {"a step without its web password",
       "[[account]]\nuser='u'\npassword='p'\n[[step]]\nsend = '{web_password}'\nexpect = 334\nsay={en='e',zh='中'}\n",
       "8:8: {web_password} needs web_password in the first [[account]]\nsend = '{web_password}'\n       ^"},
      {"no code", "[[rule]]\non = 'MAIL'\nreply = 'no'\n",
       "6:9: this is no reply: 'no' does not start with a reply code\nreply = 'no'\n        ^\nhint: each line starts with the "
       "same three "
       "digits; behind them '-', but a space in the last line"},
      {"two codes", "[[rule]]\non = 'MAIL'\nreply = ['250-a', '251 b']\n",
       "6:10: this is no reply: a reply begins with 250 and goes on with 251\nreply = ['250-a', '251 b']\n         ^\nhint: "
       "each line "
       "starts with the same three digits; behind them '-', but a space in the last line"},
      {"a hyphen in the last line", "[server]\ngreeting = '220-hello'\n",
       "5:12: this is no reply: line 1 is the last, but has a hyphen behind the code\ngreeting = '220-hello'\n           "
       "^\nhint: each "
       "line starts with the same three digits; behind them '-', but a space in the last line"},
      {"a line end inside", "[server]\ngreeting = \"220 a\\r\\n\"\n",
       "5:12: a line of a reply holds no line end and no control character\ngreeting = \"220 a\\r\\n\"\n           ^\nhint: "
       "write one "
       "string for each line, without its end"},
      {"an extension that is a template", "[server]\nextensions = ['coremail {id}']\n",
       "5:15: an extension line is no template\nextensions = ['coremail {id}']\n              ^\nhint: write out what the "
       "server announces"},
      {"an extension with a line end", "[server]\nextensions = [\"AUTH\\n\"]\n",
       "5:15: an extension is a keyword and its parameters, in ASCII\nextensions = [\"AUTH\\n\"]\n              ^\nhint: for "
       "example "
       "\"AUTH LOGIN PLAIN\""},
  });
}

TEST_CASE("loader errors: references") {
  const std::string reply =
      "[[reply]]\nid = 'bye'\nstage = 'quit'\nlines = ['221 bye']\nbecause = {en='b',zh='因'}\nfix = {en='f',zh='法'}\nsource "
      "= ['s']\n";
  check_rows({
      {"a reply nobody knows", reply + "[[rule]]\non = 'QUIT'\nreply = '@by'\n",
       "13:9: unknown reply 'by'\nreply = '@by'\n        ^\nhint: did you mean 'bye'?"},
      {"no reply at all", "[[rule]]\non = 'QUIT'\nreply = '@bye'\n",
       "6:9: unknown reply 'bye'\nreply = '@bye'\n        ^\nhint: add a [[reply]] with this id"},
      {"the same id twice", reply + reply,
       "12:6: there is a reply 'bye' already\nid = 'bye'\n     ^\nhint: ids are unique in a provider and its scenarios"},
      {"not an id", core::replace_all(reply, "bye", "Bye!"),
       "5:6: 'Bye!' is no id\nid = 'Bye!'\n     ^\nhint: small letters, digits and hyphens: \"auth-required\""},
      {"not a date", reply + "seen = '2024-5'\n",
       "11:8: '2024-5' is no date\nseen = '2024-5'\n       ^\nhint: YYYY, YYYY-MM or YYYY-MM-DD; leave it out if unknown"},
      {"the same account twice", "[[account]]\nuser = 'a'\npassword = 'x'\n[[account]]\nuser = 'A'\npassword = 'y'\n",
       "7:1: there is an account 'A' already\n[[account]]\n^"},
      {"an empty user", "[[account]]\nuser = ''\npassword = 'x'\n", "5:8: 'user' is empty\nuser = ''\n       ^"},
  });
}

TEST_CASE("loader errors: extends") {
  const std::string head = kWrongHead;
  CHECK(error_of(head, scenario::Extends::kRequired) ==
        "scenarios/netease/x.toml:1:1: 'extends' is missing at the top of the file\nsubject='basics'\n^\n"
        "hint: the provider's folder, such as extends = \"netease\"");
  CHECK(error_of(head + "extends = 'neteas'\n") ==
        "scenarios/netease/x.toml:4:11: unknown provider 'neteas'\nextends = 'neteas'\n          ^\nhint: did you mean "
        "'netease'?");
  CHECK(error_of(head + "extends = 'netease/x'\n") ==
        "scenarios/netease/x.toml:4:11: unknown scenario 'netease/x'\nextends = 'netease/x'\n          ^\nhint: did you mean "
        "'netease'?");
  CHECK(error_of(head + "extends = 5\n") ==
        "scenarios/netease/x.toml:4:11: 'extends' is a whole number, not a string\nextends = 5\n          ^\nhint: write "
        "extends = \"…\", between quotes");
  CHECK(error_of(head + "extends = 'netease'\n[[rule]]\non='MAIL'\nreply='@auth'\n") ==
        "scenarios/netease/x.toml:7:7: unknown reply 'auth'\nreply='@auth'\n      ^\nhint: did you mean 'auth-required'?");
  CHECK(error_of(head + "extends = 'netease'\n" +
                 std::string(kWrongProvider).substr(std::string(kWrongProvider).find("[[reply]]"))) ==
        "scenarios/netease/x.toml:6:6: there is a reply 'auth-required' already\nid = \"auth-required\"\n     ^\n"
        "hint: ids are unique in a provider and its scenarios");
}

TEST_CASE("loader errors: what belongs in a scenario does not belong in a provider") {
  CHECK(provider_error_of("extends='p'\ntitle={en='P',zh='P'}\n") ==
        "p.toml:1:1: 'extends' does not belong in a provider file\nextends='p'\n^\nhint: only a scenario has it");
  CHECK(provider_error_of("title={en='P',zh='P'}\n[[step]]\nsend='x'\n") ==
        "p.toml:2:3: 'step' does not belong in a provider file\n[[step]]\n  ^\nhint: only a scenario has it");
}

TEST_CASE("loader errors: a scenario tells the problems of its provider") {
  const std::string text = std::string(kWrongHead) + "extends = 'p'\n";
  const auto loaded =
      scenario::load_scenario("p/x", {"p/x.toml", text}, {{{"p", {"p/provider.toml", "titel = 1\ntitle = {en='P',zh='P'}\n"}}}},
                              scenario::Extends::kRequired);
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().text.en ==
        "p/provider.toml:1:1: unknown key 'titel' at the top of the file\ntitel = 1\n^\nhint: did you mean 'title'?");
}

TEST_CASE("loader errors: rules that can never speak") {
  check_rows({
      {"behind one without conditions",
       "[[rule]]\non = 'MAIL'\nreply = '250 ok'\n[[rule]]\non = 'MAIL'\nwhen = { authenticated = true }\nreply = '550 no'\n",
       "7:1: this rule can never be reached: the one in line 4 decides before it\n[[rule]]\n^\nhint: put the narrower rule "
       "first"},
      {"behind the same conditions",
       "[[rule]]\non = 'auth'\nwhen = { password = 'web' }\nreply = '535 a'\n[[rule]]\non = 'auth'\nwhen = { password = 'web', "
       "user_known = true }\nreply = '535 b'\n",
       "8:1: this rule can never be reached: the one in line 4 decides before it\n[[rule]]\n^\nhint: put the narrower rule "
       "first"},
      {"behind one for everything", "[[rule]]\non = 'any'\nreply = '450 busy'\n[[rule]]\non = 'RCPT'\nreply = '250 ok'\n",
       "7:1: this rule can never be reached: the one in line 4 decides before it\n[[rule]]\n^\nhint: put the narrower rule "
       "first"},
      {"the password of MAIL", "[[rule]]\non = 'MAIL'\nwhen = { password = 'web' }\nreply = '550 no'\n",
       "6:10: 'password' cannot apply to on = \"MAIL\"\nwhen = { password = 'web' }\n         ^\nhint: it applies to: auth"},
      {"the recipient of MAIL", "[[rule]]\non = 'MAIL'\nwhen = { recipient = '*' }\nreply = '550 no'\n",
       "6:10: 'recipient' cannot apply to on = \"MAIL\"\nwhen = { recipient = '*' }\n         ^\nhint: it applies to: RCPT, "
       "DATA, BDAT, midway, message, any"},
      {"the argument of the connection", "[[rule]]\non = 'connect'\nwhen = { argument = '*' }\nreply = '554 no'\n",
       "6:10: 'argument' cannot apply to on = \"connect\"\nwhen = { argument = '*' }\n         ^\nhint: it applies to: any "
       "verb, unknown"},
  });
}

TEST_CASE("loader errors: rules that look alike and are not") {
  for (const char* rules : {
           "[[rule]]\non='MAIL'\nreply='250 ok'\n[[rule]]\non='MAIL'\nwhen={order='wrong'}\nreply='503 no'\n",
           "[[rule]]\non='MAIL'\nreply='250 ok'\n[[rule]]\non='MAIL'\nwhen={syntax='any'}\nreply='501 no'\n",
           "[[rule]]\non='auth'\nwhen={password='web'}\nreply='535 "
           "a'\n[[rule]]\non='auth'\nwhen={password='wrong'}\nreply='535 b'\n",
           "[[rule]]\non='MAIL'\nreply='250 ok'\n[[rule]]\non='RCPT'\nreply='250 ok'\n",
           "[[rule]]\non='any'\nreply='450 busy'\n[[rule]]\non='timeout'\nreply='421 bye'\n",
           "[[rule]]\non='any'\nreply='450 busy'\n[[rule]]\non='unknown'\nreply='500 what'\n",
           "[[rule]]\non='AUTH'\nwhen={mechanism='PLAIN'}\nreply='504 no'\n[[rule]]\non='auth'\nreply='535 no'\n",
       }) {
    CAPTURE(rules);
    CHECK(error_of(std::string(kWrongHead) + rules) == "no error");
  }
}

TEST_CASE("loader errors: steps") {
  check_rows({
      {"no expectation", "[[step]]\nsend = 'QUIT'\nsay={en='e',zh='中'}\n",
       "4:1: 'expect' is missing in [[step]]\n[[step]]\n^\nhint: the code that answers the line, such as expect = 250"},
      {"an expectation too early", "[[step]]\nmessage = 'x'\nexpect = 250\nsay={en='e',zh='中'}\n",
       "6:10: no reply comes to a message before its final dot\nexpect = 250\n         ^\nhint: give the dot a step of its "
       "own: send = "
       "\".\" with expect = 250"},
      {"nothing to send", "[[step]]\nsay={en='e',zh='中'}\n",
       "4:1: this step does nothing\n[[step]]\n^\nhint: send = \"…\" for a line, message = \"…\" for mail data, connect = true "
       "for a new connection"},
      {"two things to send", "[[step]]\nsend = 'x'\nmessage = 'y'\nsay={en='e',zh='中'}\n",
       "6:11: a step has either 'send' or 'message'\nmessage = 'y'\n          ^\nhint: give each a [[step]] of its own"},
      {"a connection and a line", "[[step]]\nconnect = true\nsend = 'QUIT'\nexpect = 220\nsay = {en='s', zh='说'}\n",
       "5:11: a step has either 'send' or 'connect'\nconnect = true\n          ^\nhint: give each a [[step]] of its own"},
      {"a connection without its greeting", "[[step]]\nconnect = true\nsay = {en='s', zh='说'}\n",
       "4:1: 'expect' is missing in [[step]]\n[[step]]\n^\nhint: the code of the greeting, such as expect = 220"},
      {"no connection", "[[step]]\nconnect = false\nexpect = 220\nsay = {en='s', zh='说'}\n",
       "5:11: 'connect' can only be true\nconnect = false\n          ^\nhint: leave it out of a step that does not connect"},
      {"a connection with a line end", "[[step]]\nconnect = true\nend = 'lf'\nexpect = 220\nsay = {en='s', zh='说'}\n",
       "6:7: 'end' is of a line, and this step sends none\nend = 'lf'\n      ^\nhint: leave it out"},
      {"a place without a connection", "[[step]]\nsend = 'NOOP'\nat = 'any-imap'\nexpect = 250\nsay = {en='s', zh='说'}\n",
       "6:6: 'at' is of a new connection\nat = 'any-imap'\n     ^\nhint: write it into a [[step]] with connect = true"},
      {"a place that nobody knows", "[[step]]\nconnect = true\nat = 'qq-imop'\nexpect = 'OK'\nsay = {en='s', zh='说'}\n",
       "6:6: unknown provider 'qq-imop'\nat = 'qq-imop'\n     ^\nhint: one of: netease"},
      {"a time that never passes", "[[step]]\nsend = 'NOOP'\nexpect = 250\nwait = 0\nsay = {en='s', zh='说'}\n",
       "7:8: 'wait' must lie between 0.01 and 3600\nwait = 0\n       ^"},
      {"two lines", "[[step]]\nsend = \"HELO a\\nQUIT\"\nexpect = 250\nsay={en='e',zh='中'}\n",
       "5:8: 'send' is one line without its end\nsend = \"HELO a\\nQUIT\"\n       ^\nhint: one [[step]] for each line, and "
       "mail data in 'message'; with end = \"none\" it is sent exactly as it stands"},
      {"{response} without anybody who logs in",
       "[[step]]\nsend = 'AUTH PLAIN {response}'\nexpect = 235\nsay={en='e',zh='中'}\n",
       "5:8: {response} needs an [[account]]\nsend = 'AUTH PLAIN {response}'\n       ^"},
  });
}

TEST_CASE("loader errors: what an extension cannot be without") {
  check_rows({
      {"SMTPUTF8 alone", "[server]\nextensions = ['PIPELINING', 'SMTPUTF8']\n",
       "5:29: SMTPUTF8 is never offered without 8BITMIME (RFC 6531 §3.1)\nextensions = ['PIPELINING', 'SMTPUTF8']\n"
       "                            ^\nhint: add \"8BITMIME\""},
      {"BINARYMIME alone, inside TLS", "[server]\nextensions_tls = ['binarymime']\n",
       "5:19: BINARYMIME is never offered without CHUNKING (RFC 3030 §3)\nextensions_tls = ['binarymime']\n"
       "                  ^\nhint: add \"CHUNKING\""},
      {"a proof that nobody can give", "[server]\nextensions = ['AUTH PLAIN SCRAM-SHA-1']\n",
       "5:14: SCRAM-SHA-1 is offered, and nobody has a password to prove\nextensions = ['AUTH PLAIN SCRAM-SHA-1']\n"
       "             ^\nhint: add an [[account]], or leave the mechanism out"},
      {"the same in the old form, after a login", "[server]\nextensions_auth = ['AUTH=CRAM-MD5']\n",
       "5:19: CRAM-MD5 is offered, and nobody has a password to prove\nextensions_auth = ['AUTH=CRAM-MD5']\n"
       "                  ^\nhint: add an [[account]], or leave the mechanism out"},
      {"STARTTLS inside TLS", "[server]\nextensions_tls = ['STARTTLS']\n",
       "5:18: STARTTLS is offered in clear only (RFC 3207 §4.2)\nextensions_tls = ['STARTTLS']\n"
       "                 ^\nhint: write it into extensions"},
      {"STARTTLS after a login", "[server]\nextensions_auth = ['8BITMIME', 'starttls']\n",
       "5:19: STARTTLS is offered in clear only (RFC 3207 §4.2)\nextensions_auth = ['8BITMIME', 'starttls']\n"
       "                  ^\nhint: write it into extensions"},
  });
  // The list is the provider's, who need not have accounts; the scenario that brings none is to blame.
  const std::string provider = "title={en='P',zh='P'}\nserver={extensions=['AUTH CRAM-MD5']}\n";
  const auto load = [&](const std::string& text) {
    return scenario::load_scenario("p/x", {"p/x.toml", text}, {{{"p", {"p/provider.toml", provider}}}},
                                   scenario::Extends::kRequired);
  };
  const std::string scenario = "extends='p'\n" + std::string(kWrongHead);
  CHECK(load(scenario + "[[account]]\nuser='u'\npassword='p'\n").has_value());
  REQUIRE_FALSE(load(scenario).has_value());
  CHECK(load(scenario).error().text.en ==
        "p/x.toml:1:1: CRAM-MD5 is offered, and nobody has a password to prove\nextends='p'\n^\n"
        "hint: add an [[account]], or leave the mechanism out");
  CHECK(provider_error_of(provider) ==
        "p.toml:2:20: CRAM-MD5 is offered, and nobody has a password to prove\nserver={extensions=['AUTH CRAM-MD5']}\n"
        "                   ^\nhint: add an [[account]], or leave the mechanism out");
}

TEST_CASE("loader errors: TLS") {
  check_rows({
      {"a flaw that is none", "[tls]\ncertificate = 'out-of-date'\n",
       "5:15: 'certificate' cannot be 'out-of-date'\ncertificate = 'out-of-date'\n              ^\nhint: one of: valid, "
       "expired, not-yet-valid, wrong-host, self-signed, unknown-authority"},
      {"a handshake that is none", "[tls]\nhandshake = 'stal'\n",
       "5:13: 'handshake' cannot be 'stal'\nhandshake = 'stal'\n            ^\nhint: did you mean 'stall'?"},
      {"a version as a number", "[tls]\nnewest = 1.2\n",
       "5:10: 'newest' is a number, not a string\nnewest = 1.2\n         ^\nhint: write newest = \"…\", between quotes"},
      {"a version that is none", "[tls]\noldest = '3.0'\n",
       "5:10: 'oldest' cannot be '3.0'\noldest = '3.0'\n         ^\nhint: did you mean '1.0'?"},
      {"newest before oldest", "[tls]\noldest = '1.2'\nnewest = '1.1'\n",
       "6:10: the newest version (TLS 1.1) is older than the oldest (TLS 1.2)\nnewest = '1.1'\n         ^\nhint: say oldest "
       "too"},
      {"newest before the oldest that was not said", "[tls]\nnewest = '1.0'\n",
       "5:10: the newest version (TLS 1.0) is older than the oldest (TLS 1.2)\nnewest = '1.0'\n         ^\nhint: say oldest "
       "too"},
      {"in the wrong table", "[server]\ncertificate = 'expired'\n",
       "5:1: unknown key 'certificate' in [server]\ncertificate = 'expired'\n^\nhint: 'certificate' stands in [tls]"},
      {"no JSON", "[server]\noauth_error = 'invalid token'\n",
       "5:15: 'oauth_error' is a JSON object\noauth_error = 'invalid token'\n              ^\nhint: for example "
       "'{\"status\":\"401\"}'"},
      {"an empty token", "[[account]]\nuser = 'a'\npassword = 'b'\ntoken = ''\n",
       "7:9: 'token' is empty\ntoken = ''\n        ^"},
      {"tls of something else", "[[rule]]\non = 'MAIL'\nwhen = { tls = 'yes' }\nreply = '550 no'\n",
       "6:16: 'tls' is text, not a true or false\nwhen = { tls = 'yes' }\n               ^"},
  });
}

TEST_CASE("loader errors: a version of TLS that the library lacks") {
  const std::string newest(tls::name(tls::newest_version()));
  const std::string got = error_of(std::string(kWrongHead) + "[tls]\nnewest = '1.3'\n");
  if (tls::newest_version() == tls::Version::kTls13) {
    CHECK(got == "no error");
  } else {
    CHECK(got == "scenarios/netease/x.toml:5:10: TLS 1.3 is more than the library here speaks (" + tls::library_version() +
                     ": up to " + newest + ")\nnewest = '1.3'\n         ^\nhint: an older version, or a newer mbedTLS");
  }
}

TEST_CASE("loader errors: what is no TOML says where") {
  CHECK(error_of("title = \n") ==
        "scenarios/netease/x.toml:1:9: this is not TOML: expected value, saw '\\n'\ntitle = \n        ^\nhint: write the "
        "value behind the =");
  CHECK(error_of("a = 'x'\na = 'y'\n") ==
        "scenarios/netease/x.toml:2:5: this is not TOML: cannot redefine existing string 'a'\na = 'y'\n    ^\nhint: a "
        "key stands once in a table; another [[rule]], [[reply]] or [[step]] begins a new one");
  CHECK(error_of("a = '\xff'\n").starts_with("scenarios/netease/x.toml:1:"));
  CHECK(error_of(std::string(document::kMaxFile + 1, '#')) ==
        "scenarios/netease/x.toml: the file is longer than 1 MiB (is it the right file?)");
}

TEST_CASE("loader errors: what is no TOML comes with what to write instead") {
  struct Hint {
    const char* name;
    std::string text;
    std::string place;
    std::string hint;
  };
  for (const Hint& row : {
           Hint{"a text without its end", "[server]\nname = \"mx\n", "5:11", "close the text with \" in this line, or begin"},
           Hint{"Chinese quotes", "[server]\nname = “mx”\n", "5:8", "this is the Chinese character “; TOML wants \""},
           Hint{"a Chinese equals sign", "code ＝ 550\n", "4:6", "this is the Chinese character ＝; TOML wants ="},
           Hint{"a Chinese comma", "server = { name = \"a\"， security = \"none\" }\n", "4:22",
                "this is the Chinese character ，; TOML wants ,"},
           Hint{"Chinese brackets", "【【rule】】\n", "4:1", "this is the Chinese character 【; TOML wants ["},
           Hint{"a text without quotes", "extends = netease\n", "4:12", "a text stands between quotes: \"netease\""},
           Hint{"True", "rule = [{ on = \"any\", keep = True }]\n", "4:30", "write true, in small letters"},
           Hint{"no equals sign", "code 550\n", "4:6", "key = \"value\"; a remark begins with #"},
           Hint{"a table over several lines", "server = {\n  name = \"mx\"\n}\n", "4:11",
                "a table between { and } stands in one line"},
           Hint{"a backslash", "[server]\nname = \"C:\\mail\"\n", "5:12",
                "a backslash itself is \\\\, or put the text between"},
           Hint{"GBK", "[server]\nname = \"\xd6\xd0\xce\xc4\"\n", "5:8", "save the file as UTF-8; it may be in GBK now"},
           Hint{"an octet that is no text", std::string("code = 550\n\0", 12), "5:1", "this octet belongs in no text"},
       }) {
    CAPTURE(row.name);
    const std::string got = error_of(kWrongHead + row.text);
    CAPTURE(got);
    CHECK(got.starts_with("scenarios/netease/x.toml:" + row.place + ": this is not TOML: "));
    CHECK(got.find("^\nhint: " + row.hint) != std::string::npos);
  }
  CHECK(error_of("\xff\xfe#\0").find("hint: this is UTF-16; save the file as UTF-8") != std::string::npos);
}

TEST_CASE("loader errors: the marks and line ends of Windows are none") {
  const std::string text = std::string(kWrongHead) + "code = 550\n";
  CHECK(error_of("\xEF\xBB\xBF" + text) == "no error");
  CHECK(error_of(core::replace_all(text, "\n", "\r\n")) == "no error");
  CHECK(error_of("\xEF\xBB\xBF" + core::replace_all(std::string(kWrongHead) + "\tcod\t= 550\n", "\n", "\r\n")) ==
        "scenarios/netease/x.toml:4:2: unknown key 'cod' at the top of the file\n␉cod␉= 550\n ^\nhint: did you mean 'code'?");
}

TEST_CASE("loader errors: quotes too many and too few") {
  check_rows({
      {"a number between them", "code = \"550\"\n",
       "4:8: 'code' is text, not a whole number\ncode = \"550\"\n       ^\nhint: write code = 550, without quotes"},
      {"true between them", "[[rule]]\non = 'message'\nreply = '550 no'\nkeep = 'true'\n",
       "7:8: 'keep' is text, not a true or false\nkeep = 'true'\n       ^\nhint: write keep = true, without quotes"},
      {"a text without them", "server = { name = 5 }\n",
       "4:19: 'name' is a whole number, not a string\nserver = { name = 5 }\n                  ^\nhint: write name = \"…\", "
       "between "
       "quotes"},
  });
}

TEST_CASE("loader errors: all problems come at once, in the order of the file, and not without end") {
  const std::string two = error_of(std::string(kWrongHead) + "[[rule]]\nreply = '@none'\n[[step]]\nsend = 5\n");
  CHECK(two ==
        "scenarios/netease/x.toml:4:1: 'on' is missing in [[rule]]\n[[rule]]\n^\nhint: What the reply answers. It is one of: "
        "connect, HELO, EHLO, MAIL, RCPT, DATA, BDAT, RSET, VRFY, EXPN, HELP, NOOP, QUIT, AUTH, STARTTLS, ETRN, challenge, "
        "auth, midway, message, …\n"
        "scenarios/netease/x.toml:5:9: unknown reply 'none'\nreply = '@none'\n        ^\nhint: add a [[reply]] with this id\n"
        "scenarios/netease/x.toml:6:1: 'say' is missing in [[step]]\n[[step]]\n^\nhint: Why this step, and what to look at. "
        "Write say.en = "
        "\"…\" and say.zh = \"…\"\n"
        "scenarios/netease/x.toml:7:8: 'send' is a whole number, not a string\nsend = 5\n       ^\nhint: write send = \"…\", "
        "between "
        "quotes");
  std::string many = kWrongHead;
  for (int i = 0; i < 30; ++i) many += "wrong" + std::to_string(i) + " = 1\n";
  CHECK(error_of(many).ends_with("\nand 10 more"));
}

TEST_CASE("loader errors: a long line is cut around its caret") {
  const std::string text = std::string(kWrongHead) + "[server]\nname = 5 # " + std::string(200, 'x') + "\n";
  CHECK(error_of(text) == "scenarios/netease/x.toml:5:8: 'name' is a whole number, not a string\nname = 5 # " +
                              std::string(109, 'x') + " …\n       ^\nhint: write name = \"…\", between quotes");
  const std::string far = std::string(kWrongHead) + "server = {" + std::string(200, ' ') + "name = 5}\n";
  CHECK(error_of(far) == "scenarios/netease/x.toml:4:218: 'name' is a whole number, not a string\n… " + std::string(53, ' ') +
                             "name = 5}\n" + std::string(62, ' ') + "^\nhint: write name = \"…\", between quotes");
}

TEST_CASE("scenario loader: a letter that is no ASCII outside of a text is an error like any other") {
  // toml++ 3.3 took these for impossible (see document.cpp).
  for (const std::string& letter : {std::string("é"), std::string("ⵯ"), std::string("ﬀ")}) {
    CAPTURE(letter);
    const scenario::Source file{"mine.toml", letter};
    const auto loaded = scenario::load_scenario("mine", file, {}, scenario::Extends::kOptional);
    REQUIRE_FALSE(loaded.has_value());
    CHECK(core::describe(loaded.error(), core::Language::kEnglish).starts_with("mine.toml:1:1: this is not TOML: "));
  }
}

TEST_CASE("loader errors: conditions and effects that cannot be") {
  check_rows({
      {"an expression that is none", "[[rule]]\non = 'RCPT'\nwhen = { recipient = '/(/' }\nreply = '550 no'\n",
       "6:22: this is no regular expression: missing ): (\nwhen = { recipient = '/(/' }\n                     ^\nhint: between "
       "slashes stands an expression as RE2 knows it; a glob has none: \"*@example.org\""},
      {"a group no expression has", "[[rule]]\non = 'RCPT'\nwhen = { recipient = '/(?P<code>5..)/' }\nreply = '550 {cod}'\n",
       "7:9: unknown placeholder {cod}\nreply = '550 {cod}'\n        ^\nhint: did you mean 'code'?"},
      {"a rate", "[[rule]]\non = 'MAIL'\nwhen = { rate_over = '20 per minute' }\nreply = '450 no'\n",
       "6:22: '20 per minute' is no rate\nwhen = { rate_over = '20 per minute' }\n                     ^\nhint: a number up to "
       "100000, a slash, and second, minute, hour or day: \"20/minute\""},
      {"counting nothing", "[[rule]]\non = 'MAIL'\nwhen = { per = 'sender' }\nreply = '450 no'\n",
       "6:16: nothing is counted here\nwhen = { per = 'sender' }\n               ^\nhint: 'per' goes with times, nth, "
       "rate_over "
       "or since_first_under"},
      {"a field without a pattern", "[[rule]]\non = 'message'\nwhen = { header = 'Subject' }\nreply = '550 no'\n",
       "6:19: 'Subject' is no header field with a pattern\nwhen = { header = 'Subject' }\n                  ^\nhint: for "
       "example "
       "\"Subject: *spam*\""},
      {"a missing field that none has", "[[rule]]\non = 'message'\nwhen = { header_missing = 'Date:' }\nreply = '550 no'\n",
       "6:27: 'Date:' is no name of a header field\nwhen = { header_missing = 'Date:' }\n                          ^\nhint: "
       "the "
       "name alone: \"Date\""},
      {"a mistake nobody makes", "[[rule]]\non = 'MAIL'\nwhen = { mistake = 'no-colons' }\nreply = '550 no'\n",
       "6:20: unknown mistake 'no-colons'\nwhen = { mistake = 'no-colons' }\n                   ^\nhint: did you mean "
       "'no-colon'?"},
      {"a mistake nobody makes does not hide what follows",
       "[[rule]]\non = 'MAIL'\nwhen = { mistake = 'no-colons' }\nreply = '550 no'\n[[rule]]\non = 'MAIL'\nreply = '250 ok'\n",
       "6:20: unknown mistake 'no-colons'\nwhen = { mistake = 'no-colons' }\n                   ^\nhint: did you mean "
       "'no-colon'?"},
      {"a message before it is there", "[[rule]]\non = 'DATA'\nwhen = { body = 'x' }\nreply = '550 no'\n",
       "6:10: 'body' cannot apply to on = \"DATA\"\nwhen = { body = 'x' }\n         ^\nhint: it applies to: message"},
      {"nothing to do", "[[rule]]\non = 'MAIL'\n",
       "4:1: this rule does nothing\n[[rule]]\n^\nhint: give it a reply, raw, delay, split_at, keep or then"},
      {"a reply and octets", "[[rule]]\non = 'MAIL'\nreply = '550 no'\nraw = ''\n",
       "4:1: a rule has a reply or raw octets, not both\n[[rule]]\n^\nhint: leave one out"},
      {"the middle that goes on", "[[rule]]\non = 'midway'\nreply = '421 no'\n",
       "4:1: a rule for the middle of a message has to end the dialogue\n[[rule]]\n^\nhint: then = \"close\", \"reset\" or "
       "\"stall\""},
      {"a silence without a word", "[[rule]]\non = 'timeout'\nthen = 'close'\n",
       "4:1: a rule for a time-out needs a reply\n[[rule]]\n^\nhint: for example reply = \"421 Timeout\""},
      {"what is kept of a command", "[[rule]]\non = 'MAIL'\nkeep = true\n",
       "6:8: 'keep' is about a finished message\nkeep = true\n       ^\nhint: it goes with on = \"message\""},
      {"pauses between nothing", "[[rule]]\non = 'MAIL'\nreply = '250 ok'\nsplit_pause = 1\n",
       "7:15: the reply is not split\nsplit_pause = 1\n              ^\nhint: 'split_pause' goes with split_at or split_every"},
      {"pieces of nothing", "[[rule]]\non = 'MAIL'\nreply = '250 ok'\nsplit_at = []\n",
       "7:12: 'split_at' is empty\nsplit_at = []\n           ^\nhint: The reply leaves in pieces; a new one begins behind each "
       "of "
       "these octets."},
      {"a piece at no octet", "[[rule]]\non = 'MAIL'\nreply = '250 ok'\nsplit_at = [0, 'x']\n",
       "7:13: 'split_at' must lie between 1 and 1000000\nsplit_at = [0, 'x']\n            ^\nscenarios/netease/x.toml:7:16: "
       "'split_at' holds text, not only whole numbers\nsplit_at = [0, 'x']\n               ^"},
      {"an octet that is none", "[[rule]]\non = 'MAIL'\nraw = '{0xfff}'\n",
       "6:7: '0xfff' is no octet\nraw = '{0xfff}'\n      ^\nhint: two hexadecimal digits: {0xff}"},
      {"hidden by an end in the middle of a message",
       "[[rule]]\non = 'midway'\nthen = 'close'\n[[rule]]\non = 'midway'\nwhen = { size_over = 5 }\nthen = 'reset'\n",
       "7:1: this rule can never be reached: the one in line 4 decides before it\n[[rule]]\n^\nhint: put the narrower rule "
       "first"},
      {"hidden by a lower limit",
       "[[rule]]\non = 'RCPT'\nwhen = { recipients_over = 2 }\nreply = '452 no'\n[[rule]]\non = 'RCPT'\nwhen = { "
       "recipients_over "
       "= 5 }\nreply = '550 no'\n",
       "8:1: this rule can never be reached: the one in line 4 decides before it\n[[rule]]\n^\nhint: put the narrower rule "
       "first"},
  });
  // What counts, and what decides nothing, hides nothing.
  CHECK(error_of(kWrongHead +
                 std::string("[[rule]]\non = 'RCPT'\nwhen = { times = 2 }\nreply = '450 no'\n[[rule]]\non = 'RCPT'\ndelay = 1\n"
                             "[[rule]]\non = 'RCPT'\nwhen = { chance = 0.5 }\nreply = '451 no'\n[[rule]]\non = 'RCPT'\nreply = "
                             "'250 ok'\n")) == "no error");
}

TEST_CASE("loader errors: a success does not hide the words for what the core refuses") {
  const std::string few = "limits = { recipients = 1 }\n[[rule]]\non = 'RCPT'\n";
  const std::string more = "[[rule]]\non = 'RCPT'\nwhen = { recipients_over = 1 }\nreply = '452 no'\n";
  CHECK(error_of(kWrongHead + few + "reply = '250 ok'\n" + more) == "no error");
  // A refusal comes before it, and so does a success that takes everything.
  for (const char* const first : {"reply = '550 no'\n", "when = { syntax = 'any' }\nreply = '250 ok'\n"}) {
    CHECK(error_of(kWrongHead + few + first + more).find("this rule can never be reached") != std::string::npos);
  }
}
