#include "mockserver/scenario/behaviour.h"

#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "mockserver/scenario/reply_values.h"
#include "talk.h"

using scenario_test::load_text;
using scenario_test::Talk;

namespace {

constexpr const char* kBehaviourServer =
    "[server]\nname = 'p.example'\nextensions = ['AUTH LOGIN PLAIN', 'SIZE 1000']\nquirks = "
    "['auth-after-helo']\n[limits]\nrecipients = 2\n"
    "message = 1000\n";
constexpr const char* kAccounts =
    "[[account]]\nuser = 'alice@p.example'\npassword = 'CODE'\nweb_password = 'web'\n[[account]]\nuser = "
    "'bob@p.example'\npassword = 'B'\n";

std::string rule(const std::string& on, const std::string& when, const std::string& reply) {
  return "[[rule]]\non = '" + on + "'\n" + (when.empty() ? "" : "when = { " + when + " }\n") + "reply = '" + reply + "'\n";
}

scenario::Scenario load_behaviour(const std::string& rules) {
  auto loaded = load_text(kBehaviourServer + std::string(kAccounts) + rules);
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  return std::move(*loaded);
}

std::string plain(const std::string& user, const std::string& password) {
  std::string text(1, '\0');
  text.append(user).append(1, '\0').append(password);
  return "AUTH PLAIN " + core::base64_encode(text);
}

}  // namespace

TEST_CASE("behaviour: which rule decides a line") {
  const std::string mail = "MAIL FROM:<alice@p.example>";
  const std::string login = plain("alice@p.example", "CODE");
  struct Row {
    const char* name;
    std::string rules;
    std::vector<std::string> before;  // lines said first
    std::string line;
    std::string want;  // first line of the answer
  };
  for (const Row& row : std::vector<Row>{
           {"no rule: the core's own", "", {"EHLO c"}, mail, "250 OK"},
           {"the first that matches",
            rule("MAIL", "authenticated = true", "550 a") + rule("MAIL", "", "550 b"),
            {"EHLO c"},
            mail,
            "550 b"},
           {"another verb is not concerned", rule("RCPT", "", "550 no"), {"EHLO c"}, mail, "250 OK"},
           {"any is every command", rule("any", "hello = 'EHLO'", "450 busy"), {"EHLO c"}, mail, "450 busy"},
           {"any waits for what it asks", rule("any", "hello = 'EHLO'", "450 busy"), {}, "HELO c", "250 p.example"},
           {"verbs in any letter case", rule("MAIL", "", "550 no"), {"EHLO c"}, "mail from:<a@b.c>", "550 no"},

           // Order and syntax: a rule that says nothing about them never lets a wrong command through.
           {"order: a rule does not accept too early", rule("MAIL", "", "250 ok"), {}, mail, "503 Send HELO or EHLO first"},
           {"order: nor refuse in other words", rule("MAIL", "", "550 no"), {}, mail, "503 Send HELO or EHLO first"},
           {"order: wrong", rule("MAIL", "order = 'wrong'", "503 mine"), {}, mail, "503 mine"},
           {"order: wrong is not right", rule("MAIL", "order = 'wrong'", "503 mine"), {"EHLO c"}, mail, "250 OK"},
           {"order: any when wrong", rule("MAIL", "order = 'any'", "553 auth"), {}, mail, "553 auth"},
           {"order: any when right", rule("MAIL", "order = 'any'", "553 auth"), {"EHLO c"}, mail, "553 auth"},
           {"order: DATA without recipients",
            rule("DATA", "", "354 go"),
            {"EHLO c", mail},
            "DATA",
            "503 Need RCPT command first"},
           {"syntax: a rule does not accept nonsense", rule("MAIL", "", "250 ok"), {"EHLO c"}, "MAIL FROM:<alice", "501 "},
           {"syntax: wrong", rule("MAIL", "syntax = 'wrong'", "501 mine"), {"EHLO c"}, "MAIL FROM:<alice", "501 mine"},
           {"syntax: wrong is not right", rule("MAIL", "syntax = 'wrong'", "501 mine"), {"EHLO c"}, mail, "250 OK"},
           {"syntax: any", rule("MAIL", "syntax = 'any'", "553 auth"), {"EHLO c"}, "MAIL FROM:<alice", "553 auth"},
           {"syntax wrong and out of order needs both",
            rule("MAIL", "syntax = 'wrong'", "501 mine"),
            {},
            "MAIL FROM:<alice",
            "501 Syntax"},
           {"syntax wrong and out of order",
            rule("MAIL", "syntax = 'wrong', order = 'any'", "501 mine"),
            {},
            "MAIL FROM:<alice",
            "501 mine"},
           {"unknown: no verb at all", rule("unknown", "", "502 what"), {}, "FOO bar", "502 what"},
           {"unknown: not for a verb with bad syntax", rule("unknown", "", "502 what"), {}, "EHLO", "501 "},
           {"unknown: an argument", rule("unknown", "argument = '/ HTTP*'", "502 web"), {}, "GET / HTTP/1.1", "502 web"},
           {"unknown: not for a line that is too long",
            rule("unknown", "", "250 what"),
            {},
            std::string(5000, 'x'),
            "500 Line too long"},
           {"any: not for an unknown line unless it says so",
            rule("any", "hello = 'EHLO'", "450 busy"),
            {"EHLO c"},
            "FOO",
            "500 "},
           {"any: for an unknown line",
            rule("any", "hello = 'EHLO', order = 'any', syntax = 'any'", "450 busy"),
            {"EHLO c"},
            "FOO",
            "450 busy"},
           {"STARTTLS: only with order", rule("STARTTLS", "order = 'any'", "454 later"), {"EHLO c"}, "STARTTLS", "454 later"},

           // A refusal of the core for another reason is not turned into success either.
           {"too many recipients stay too many",
            rule("RCPT", "", "250 ok"),
            {"EHLO c", mail, "RCPT TO:<a@b.c>", "RCPT TO:<b@b.c>"},
            "RCPT TO:<c@b.c>",
            "452 "},
           {"they may be refused in other words",
            rule("RCPT", "recipient = 'c*'", "452 mine"),
            {"EHLO c", mail, "RCPT TO:<a@b.c>", "RCPT TO:<b@b.c>"},
            "RCPT TO:<c@b.c>",
            "452 mine"},
           {"SIZE beyond the limit", rule("MAIL", "", "250 ok"), {"EHLO c"}, mail + " SIZE=1001", "552 "},
           {"an unknown mechanism", rule("AUTH", "", "334 go"), {"EHLO c"}, "AUTH XOAUTH2", "504 "},
           {"a mechanism refused in other words",
            rule("AUTH", "mechanism = 'XOAUTH2'", "535 mine"),
            {"EHLO c"},
            "auth xoauth2",
            "535 mine"},

           {"authenticated: not yet", rule("MAIL", "authenticated = false", "553 auth"), {"EHLO c"}, mail, "553 auth"},
           {"authenticated: now", rule("MAIL", "authenticated = false", "553 auth"), {"EHLO c", login}, mail, "250 OK"},
           {"hello: none", rule("NOOP", "hello = 'none'", "550 first"), {}, "NOOP", "550 first"},
           {"hello: HELO", rule("MAIL", "hello = 'HELO'", "550 old"), {"HELO c"}, mail, "550 old"},
           {"hello: EHLO is not HELO", rule("MAIL", "hello = 'HELO'", "550 old"), {"EHLO c"}, mail, "250 OK"},
           {"argument: a pattern, ignoring case",
            rule("EHLO", "argument = '*.LOCAL'", "550 no"),
            {},
            "EHLO me.local",
            "550 no"},
           {"argument: another", rule("HELO", "argument = 'localhost'", "550 no"), {}, "HELO c", "250 p.example"},
           {"argument: of a malformed line",
            rule("MAIL", "syntax = 'wrong', argument = 'FROM bob*'", "501 bob"),
            {"EHLO c"},
            "MAIL FROM bob",
            "501 bob"},

           {"sender: its domain", rule("MAIL", "sender = '*@p.example'", "550 us"), {"EHLO c"}, mail, "550 us"},
           {"sender: the null path", rule("MAIL", "sender = ''", "550 null"), {"EHLO c"}, "MAIL FROM:<>", "550 null"},
           {"sender: an address is not the null path", rule("MAIL", "sender = ''", "550 null"), {"EHLO c"}, mail, "250 OK"},
           {"sender: remembered at RCPT",
            rule("RCPT", "sender = 'alice@*'", "550 no"),
            {"EHLO c", mail},
            "RCPT TO:<a@b.c>",
            "550 no"},
           {"sender: any, before MAIL", rule("any", "sender = '*'", "550 no"), {}, "EHLO c", "250-p.example greets c"},
           {"sender_is_login: yes",
            rule("MAIL", "sender_is_login = true", "250 you"),
            {"EHLO c", login},
            "MAIL FROM:<ALICE@p.example>",
            "250 you"},
           {"sender_is_login: no",
            rule("MAIL", "sender_is_login = false", "553 not you"),
            {"EHLO c", login},
            "MAIL FROM:<bob@p.example>",
            "553 not you"},
           {"sender_is_login: nobody logged in",
            rule("MAIL", "sender_is_login = false", "553 not you"),
            {"EHLO c"},
            mail,
            "553 not you"},
           {"recipient: a pattern", rule("RCPT", "recipient = 'x*'", "550 x"), {"EHLO c", mail}, "RCPT TO:<x@b.c>", "550 x"},
           {"recipient: another", rule("RCPT", "recipient = 'x*'", "550 x"), {"EHLO c", mail}, "RCPT TO:<y@b.c>", "250 OK"},
           {"recipient_known: an account",
            rule("RCPT", "recipient_known = true", "250 ours"),
            {"EHLO c", mail},
            "RCPT TO:<BOB@P.example>",
            "250 ours"},
           {"recipient_known: nobody",
            rule("RCPT", "recipient_known = false", "550 unknown"),
            {"EHLO c", mail},
            "RCPT TO:<c@p.example>",
            "550 unknown"},
           {"recipient: any that was taken, at DATA",
            rule("DATA", "recipient = 'x@*'", "554 x"),
            {"EHLO c", mail, "RCPT TO:<x@b.c>", "RCPT TO:<y@b.c>"},
            "DATA",
            "554 x"},
       }) {
    CAPTURE(row.name);
    const scenario::Scenario scenario = load_behaviour(row.rules);
    Talk talk(scenario);
    for (const std::string& line : row.before) talk.line(line);
    const std::string answer = talk.line(row.line);
    CHECK_MESSAGE(answer.starts_with(row.want), answer);
  }
}

TEST_CASE("behaviour: which rule decides a login") {
  const std::string user = core::base64_encode("alice@p.example");
  const std::string every = rule("auth", "password = 'right'", "235 right") + rule("auth", "password = 'web'", "535 web") +
                            rule("auth", "password = 'newline'", "535 newline") +
                            rule("auth", "password = 'empty'", "535 empty") + rule("auth", "user_known = false", "535 who") +
                            rule("auth", "password = 'wrong'", "535 wrong") + rule("auth", "syntax = 'wrong'", "535 garbled");
  struct Row {
    const char* name;
    std::string rules;
    std::vector<std::string> lines;
    std::string want;  // the last answer
  };
  for (const Row& row : std::vector<Row>{
           {"right without a rule", "", {plain("alice@p.example", "CODE")}, "235 Authentication successful\r\n"},
           {"wrong without a rule", "", {plain("alice@p.example", "x")}, "535 Authentication credentials invalid\r\n"},
           {"web without a rule", "", {plain("alice@p.example", "web")}, "535 Authentication credentials invalid\r\n"},
           {"right", every, {plain("alice@p.example", "CODE")}, "235 right\r\n"},
           {"web", every, {plain("alice@p.example", "web")}, "535 web\r\n"},
           {"newline", every, {plain("alice@p.example", "CODE\n")}, "535 newline\r\n"},
           {"empty", every, {plain("alice@p.example", "")}, "535 empty\r\n"},
           {"unknown", every, {plain("carol", "CODE")}, "535 who\r\n"},
           {"wrong", every, {plain("alice@p.example", "x")}, "535 wrong\r\n"},
           {"no base64", every, {"AUTH LOGIN", "alice@p.example"}, "535 garbled\r\n"},
           {"no base64 as initial response", every, {"AUTH PLAIN alice"}, "535 garbled\r\n"},
           {"not what PLAIN wants", every, {"AUTH PLAIN", user}, "535 garbled\r\n"},
           {"given up", every, {"AUTH LOGIN", "*"}, "535 garbled\r\n"},
           {"LOGIN line by line", every, {"AUTH LOGIN", user, core::base64_encode("web")}, "535 web\r\n"},
           {"a malformed AUTH is no login", every, {"AUTH"}, "501 "},
           {"a mechanism nobody offers is no login", every, {"AUTH XOAUTH2 abcd"}, "504 "},
           {"credentials of nobody need not be accepted",
            rule("auth", "", "454 later"),
            {plain("alice@p.example", "CODE")},
            "454 later\r\n"},
           {"the prompt for the user",
            rule("challenge", "wants = 'user'", "334 dXNlcm5hbWU6"),
            {"AUTH LOGIN"},
            "334 dXNlcm5hbWU6\r\n"},
           {"the prompt for the password stays",
            rule("challenge", "wants = 'user'", "334 dXNlcm5hbWU6"),
            {"AUTH LOGIN", user},
            "334 UGFzc3dvcmQ6\r\n"},
           {"the prompt for the password",
            rule("challenge", "wants = 'password'", "334 pw"),
            {"AUTH LOGIN", user},
            "334 pw\r\n"},
           {"PLAIN in two steps", rule("challenge", "wants = 'response'", "334 "), {"AUTH PLAIN"}, "334 \r\n"},
           {"a challenge may be refused", rule("challenge", "", "535 no"), {"AUTH LOGIN"}, "535 no\r\n"},
           {"the mechanism is known behind the AUTH line",
            rule("auth", "mechanism = 'LOGIN'", "535 login"),
            {"AUTH LOGIN", user, "eA=="},
            "535 login\r\n"},
           {"and another is another",
            rule("auth", "mechanism = 'LOGIN'", "535 login"),
            {plain("alice@p.example", "CODE")},
            "235 Authentication successful\r\n"},
           {"initial_response: yes",
            rule("auth", "initial_response = true", "535 at once"),
            {plain("alice@p.example", "CODE")},
            "535 at once\r\n"},
           {"initial_response: no",
            rule("AUTH", "initial_response = false", "504 send it along"),
            {"AUTH LOGIN"},
            "504 send it along\r\n"},
       }) {
    CAPTURE(row.name);
    const scenario::Scenario scenario = load_behaviour(row.rules);
    Talk talk(scenario);
    talk.line("EHLO c");
    std::string answer;
    for (const std::string& line : row.lines) answer = talk.line(line);
    CHECK_MESSAGE(answer.starts_with(row.want), answer);
    CHECK((talk.user() == "alice@p.example") == answer.starts_with("235"));
  }
}

TEST_CASE("behaviour: 235 has its enhanced code where they were announced") {
  const auto loaded = load_text("server = { extensions = ['AUTH PLAIN', 'ENHANCEDSTATUSCODES'] }\n");
  Talk talk(*loaded);
  talk.line("EHLO c");
  // No accounts: everybody is let in.
  CHECK(talk.line(plain("anybody", "anything")) == "235 2.7.0 Authentication successful\r\n");
  CHECK(talk.user() == "anybody");
}

TEST_CASE("behaviour: the message is answered by its own rules") {
  const scenario::Scenario scenario =
      load_behaviour(rule("message", "recipient_known = true", "250 queued {queue-id} {size} {recipient}") +
                     rule("message", "", "554 spam") + rule("message", "syntax = 'wrong'", "552 too big"));
  const auto send = [&](const std::string& recipient, const std::string& text) {
    Talk talk(scenario);
    talk.line("EHLO c");
    talk.line("MAIL FROM:<alice@p.example>");
    talk.line("RCPT TO:<" + recipient + ">");
    CHECK(talk.line("DATA").starts_with("354"));
    return talk.say(text + "\r\n.\r\n");
  };
  CHECK(send("x@b.c", "hello") == "554 spam\r\n");
  const std::string queued = send("bob@p.example", "hello");
  CHECK(scenario::could_be(queued, "250 queued {queue-id} 7 bob@p.example\r\n"));
  CHECK(queued == send("bob@p.example", "hello"));
  // Too large: the rule that accepts is not asked.
  CHECK(send("bob@p.example", std::string(2000, 'x')) == "552 too big\r\n");
}

TEST_CASE("behaviour: the greeting, EHLO's text, and a rule on the connection") {
  const auto greeting = load_text(
      "server = { name = 'p', greeting = ['220-{server}', '220 {client-ip} {date}'], ehlo_text = '{client} [{client-ip}]', "
      "extensions = ['A'] }\n");
  Talk talk(*greeting);
  CHECK(talk.greeting == "220-p\r\n220 192.0.2.1 Tue, 19 Dec 2017 02:20:00 +0000\r\n");
  CHECK(talk.line("EHLO me.example") == "250-me.example [192.0.2.1]\r\n250 A\r\n");
  CHECK(talk.last.explanation == nullptr);

  const auto refused = load_text("server = { greeting = '220 hello' }\n" + rule("connect", "", "554 no") + "then = 'close'\n");
  Talk other(*refused);
  CHECK(other.greeting == "554 no\r\n");
  CHECK(other.is_over());
}

TEST_CASE("behaviour: every placeholder stands for something, and what is unknown is left empty") {
  const scenario::Scenario scenario =
      load_behaviour(rule("RCPT", "",
                          "250 "
                          "{server}|{client}|{client-ip}|{server-ip}|{id}|{timestamp}|{date}|{sender}|{"
                          "recipient}|{user}|{size}|{n}|{command}|{{x}}|{id|base64}") +
                     rule("NOOP", "", "250 {sender}|{recipient}|{user}|{client}|{n}"));
  Talk talk(scenario);
  CHECK(talk.line("NOOP") == "250 ||||0\r\n");
  talk.line("EHLO me");
  talk.line(plain("alice@p.example", "CODE"));
  talk.line("MAIL FROM:<s@b.c>");
  CHECK(talk.line("rcpt to:<r@b.c>") ==
        "250 p.example|me|192.0.2.1|192.0.2.2|SESSION|1513650000|Tue, 19 Dec 2017 02:20:00 "
        "+0000|s@b.c|r@b.c|alice@p.example|0|0|rcpt|{x}|"
        "U0VTU0lPTg==\r\n");
  CHECK(talk.line("NOOP") == "250 s@b.c|r@b.c|alice@p.example|me|1\r\n");
}

TEST_CASE("behaviour: what a client says cannot become a reply of its own") {
  const scenario::Scenario scenario =
      load_behaviour(rule("unknown", "", "500 <{command}>") + rule("MAIL", "syntax = 'wrong'", "501 <{sender}>") +
                     rule("auth", "", "535 <{user}>"));
  Talk talk(scenario);
  talk.line("EHLO c");
  CHECK(talk.say("FOO\r\x1b[31m\r\n") == "500 <FOO??[31m>\r\n");
  CHECK(talk.line("MAIL FROM:<a\x01"
                  "b\x7f>") == "501 <a?b?>\r\n");
  CHECK(talk.line(plain("x\r\n250 ok", "p")) == "535 <x??250 ok>\r\n");
  CHECK(talk.line(std::string(2000, 'A')) == "500 <" + std::string(512, 'A') + ">\r\n");
  CHECK(talk.line("{server}") == "500 <{server}>\r\n");
}

TEST_CASE("behaviour: a rule brings its words, its delay and its end of the connection") {
  const scenario::Scenario scenario = load_behaviour(
      "[[rule]]\non = 'MAIL'\nreply = ['550-no', '550']\nbecause = { en = 'w', zh = '因' }\nthen = 'close'\ndelay = 0.25\n");
  Talk talk(scenario);
  talk.line("EHLO c");
  CHECK(talk.last.explanation == nullptr);
  CHECK(talk.last.effects.delay.count() == 0);
  // Octet for octet as written: no space is added behind a bare code.
  CHECK(talk.line("MAIL FROM:<a@b.c>") == "550-no\r\n550\r\n");
  CHECK(talk.last.reply == protocol::Answer{protocol::Outcome::kRefused, "550", {"no", ""}});
  REQUIRE(talk.last.explanation != nullptr);
  CHECK(talk.last.explanation->id == "test#rule-1");
  CHECK(talk.last.explanation->because.zh == "因");
  CHECK(talk.last.effects.delay == std::chrono::milliseconds(250));
  CHECK(talk.is_over());
}

TEST_CASE("behaviour: a session that the core ends is not talked out of it") {
  const auto loaded = load_text("server = { line_ends = 'strict' }\nlimits = { commands_without_mail = 2 }\n" +
                                rule("NOOP", "order = 'any', syntax = 'any'", "250 stay"));
  Talk strict(*loaded);
  CHECK(strict.say("NOOP\n").starts_with("550 "));
  CHECK(strict.is_over());
  Talk chatty(*loaded);
  CHECK(chatty.line("NOOP") == "250 stay\r\n");
  CHECK(chatty.line("NOOP") == "250 stay\r\n");
  CHECK(chatty.line("NOOP").starts_with("421 "));
  CHECK(chatty.is_over());
}

TEST_CASE("behaviour: a time-out has an answer only where a rule speaks of it") {
  const scenario::Scenario silent = load_behaviour(rule("any", "", "450 busy"));
  scenario::History history;
  scenario::Behaviour nothing(silent, history, 1, {});
  CHECK_FALSE(nothing.decide_timeout(*scenario_test::Fresh(silent), {}).has_value());

  const scenario::Scenario scenario = load_behaviour(rule("timeout", "authenticated = true", "421 member") +
                                                     rule("timeout", "hello = 'none'", "421 {server} {timestamp}"));
  scenario::Behaviour behaviour(scenario, history, 1, {});
  const auto decision = behaviour.decide_timeout(*scenario_test::Fresh(scenario), {7, {}});
  REQUIRE(decision.has_value());
  CHECK(decision->bytes == "421 p.example 7\r\n");
}

TEST_CASE("behaviour: dates") {
  CHECK(scenario::date_text(0) == "Thu, 01 Jan 1970 00:00:00 +0000");
  CHECK(scenario::date_text(951782399) == "Mon, 28 Feb 2000 23:59:59 +0000");
  CHECK(scenario::date_text(951782400) == "Tue, 29 Feb 2000 00:00:00 +0000");
}

TEST_CASE("behaviour: what only the connection knows is asked of it once, and only by a template") {
  int asked = 0;
  const auto make = [&asked] {
    ++asked;
    return scenario::Values{{"id", "a1"}, {"client-ip", "192.0.2.1"}};
  };
  const scenario::Scenario scenario = load_behaviour(rule("timeout", "hello = 'none'", "421 {server}"));
  const scenario::Scenario with_id = load_behaviour(rule("timeout", "hello = 'none'", "421 {id} {client-ip}"));
  scenario::History history;
  scenario::Behaviour plain(scenario, history, 1, scenario::LazyValues(make));
  CHECK(plain.decide_timeout(*scenario_test::Fresh(scenario), {})->bytes == "421 p.example\r\n");
  CHECK(asked == 0);
  scenario::Behaviour asking(with_id, history, 1, scenario::LazyValues(make));
  for (int i = 0; i < 2; ++i) CHECK(asking.decide_timeout(*scenario_test::Fresh(with_id), {})->bytes == "421 a1 192.0.2.1\r\n");
  CHECK(asked == 1);
}
