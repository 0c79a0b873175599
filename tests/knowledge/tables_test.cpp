// The embedded tables: everything is explained, in both languages.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/show.h"
#include "core/text.h"
#include "knowledge/knowledge.h"
#include "knowledge/terms.h"
#include "protocol/known.h"
#include "protocol/protocol.h"
#include "protocol/state.h"
#include "sasl/exchange.h"
#include "sasl/parts.h"
#include "smtp/reply_classes.h"
#include "tests/knowledge/known.h"

namespace {

using test::known;

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

// Both languages, each in its own script, nothing that a terminal would obey.
void check_text(const core::Text& text) {
  CAPTURE(text.en);
  CAPTURE(text.zh);
  CHECK_FALSE(text.en.empty());
  CHECK(has_chinese(text.zh));
  CHECK(core::show_bytes(text.en) == text.en);
  CHECK(core::show_bytes(text.zh) == text.zh);
}

}  // namespace

TEST_CASE("knowledge: every remark of the core is a mistake with an entry") {
  for (const protocol::Protocol* const what : protocol::known()) {
    for (const std::string_view id : what->mistakes()) {
      CAPTURE(id);
      CHECK(known().mistake(id) != nullptr);
    }
  }
}

TEST_CASE("knowledge: every mistake is told in both languages") {
  for (const auto& row : known().mistakes()) {
    const std::string& id = row.first;
    const knowledge::MistakeEntry& entry = row.second;
    CAPTURE(id);
    CHECK(entry.id == id);
    check_text(entry.title);
    check_text(entry.explain);
    CHECK_FALSE(entry.fix.en.empty());
    CHECK_FALSE(entry.fix.zh.empty());
    CHECK_FALSE(entry.rfc.empty());
  }
}

TEST_CASE("knowledge: every failure that can be met is told in both languages") {
  for (const std::string_view id : {"host-unknown",
                                    "host-lookup-failed",
                                    "refused",
                                    "unreachable",
                                    "connect-timeout",
                                    "reset",
                                    "tls-expired",
                                    "tls-not-yet-valid",
                                    "tls-wrong-host",
                                    "tls-self-signed",
                                    "tls-unknown-authority",
                                    "tls-bad-certificate",
                                    "tls-version",
                                    "tls-refused",
                                    "tls-distrusted",
                                    "tls-not-tls",
                                    "tls-broken",
                                    "tls-closed",
                                    "tls-silent",
                                    "silent-greeting",
                                    "silent-reply",
                                    "tls-port-in-clear",
                                    "starttls-injection",
                                    "starttls-not-offered",
                                    "starttls-refused",
                                    "password-in-clear",
                                    "auth-not-offered",
                                    "smtputf8-not-offered",
                                    "sasl-challenge",
                                    "sasl-impostor",
                                    "sasl-credentials",
                                    "tls-needs-newer",
                                    "port-speaks-http",
                                    "port-speaks-ssh",
                                    "port-speaks-ftp",
                                    "port-speaks-pop3",
                                    "port-speaks-smtp",
                                    "port-speaks-imap",
                                    "port-speaks-smtp",
                                    "port-speaks-nntp",
                                    "port-speaks-telnet",
                                    "not-a-reply",
                                    "unasked-flood",
                                    "reply-cut",
                                    "disk-full",
                                    "file-unreadable",
                                    "file-unwritable"}) {
    CAPTURE(id);
    CHECK(known().failure(id) != nullptr);
  }
  for (const auto& row : known().failures()) {
    const knowledge::FailureEntry& entry = row.second;
    CAPTURE(entry.id);
    CHECK(entry.id == row.first);
    check_text(entry.what);
    check_text(entry.why);
    check_text(entry.fix);
    CHECK_FALSE(entry.rfc.empty());
    CHECK(known().mistake(entry.id) == nullptr);  // `smtplab explain ID` can only mean one
  }
}

TEST_CASE("knowledge: a cause is told in both languages, under an id of its own") {
  CHECK(known().cause("wrong-password") != nullptr);
  CHECK(known().cause("refused") == nullptr);
  for (const auto& row : known().causes()) {
    const knowledge::FailureEntry& entry = row.second;
    CAPTURE(entry.id);
    check_text(entry.what);
    check_text(entry.why);
    check_text(entry.fix);
    CHECK_FALSE(entry.rfc.empty());
    CHECK(known().mistake(entry.id) == nullptr);
    CHECK(known().failure(entry.id) == nullptr);
  }
}

TEST_CASE("knowledge: a phrase points at something that is explained, and every cause is pointed at") {
  std::set<std::string> meant;
  for (const knowledge::PhraseEntry& phrase : known().phrases()) {
    CAPTURE(phrase.words.front());
    for (const std::string& id : phrase.means) {
      CAPTURE(id);
      CHECK((known().mistake(id) != nullptr || known().failure(id) != nullptr || known().cause(id) != nullptr));
      meant.insert(id);
    }
  }
  for (const auto& row : known().causes()) {
    CAPTURE(row.first);
    CHECK(meant.contains(row.first));
  }
}

TEST_CASE("knowledge: every input of the session has an entry") {
  for (const protocol::Protocol* const what : protocol::known()) {
    for (const protocol::InputRow& row : what->inputs()) {
      CAPTURE(row.protocol);
      CAPTURE(row.name);
      const auto* const entry = known().command(row);
      REQUIRE(entry != nullptr);
      check_text(entry->purpose);
      check_text(entry->changes);
      CHECK_FALSE(entry->parts.empty());
      for (const knowledge::GrammarPart& part : entry->parts) check_text(part.meaning);
      CHECK(entry->rfc == row.rule);
    }
  }
}

TEST_CASE("knowledge: every state of every protocol has an entry, in both languages") {
  for (const protocol::Protocol* const one : protocol::known()) {
    for (const protocol::StateRow& row : one->states()) {
      CAPTURE(one->name());
      CAPTURE(row.name.en);
      const auto* const entry = test::known().state(one->name(), row.name.en);
      REQUIRE(entry != nullptr);
      check_text(entry->meaning);
      check_text(entry->next);
      CHECK(entry->rfc.starts_with("RFC "));
    }
  }
}

TEST_CASE("knowledge: the example of every verb begins with it") {
  for (const protocol::Protocol* const what : protocol::known()) {
    for (const protocol::InputRow& row : what->inputs()) {
      if (row.verb.empty()) continue;
      CAPTURE(row.verb);
      CHECK(known().command(row)->example.starts_with(row.verb));
    }
  }
}

TEST_CASE("knowledge: every part of a command's grammar is found in its example or with an argument") {
  for (const protocol::Protocol* const what : protocol::known()) {
    for (const protocol::InputRow& row : what->inputs()) {
      if (row.verb.empty()) continue;
      const knowledge::CommandEntry& entry = *known().command(row);
      std::set<std::string, std::less<>> found;
      for (const std::string& line :
           {entry.example, std::string(row.verb) + " x", std::string(row.verb) + " [192.0.2.1]",
            std::string(row.verb) + " TO:<Postmaster>", std::string(row.verb) + " FROM:<a@b.example> SIZE=1",
            std::string(row.verb) + " TO:<a@b.example> NOTIFY=NEVER", std::string(row.verb) + " 0 LAST",
            std::string(row.verb) + " PLAIN AGEAYg==", std::string(row.verb) + " 1 2"}) {
        for (const protocol::Part& part : what->parts_of(row, line)) found.emplace(part.name);
      }
      for (const knowledge::GrammarPart& part : entry.parts) {
        CAPTURE(row.verb);
        CAPTURE(part.part);
        CHECK(found.contains(part.part));
      }
    }
  }
}

TEST_CASE("knowledge: the codes of RFC 5321 and RFC 4954 have entries") {
  for (const int code : {211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 432, 450, 451, 452, 454,
                         455, 500, 501, 502, 503, 504, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555}) {
    CAPTURE(code);
    const auto* const entry = known().code(std::to_string(code));
    REQUIRE(entry != nullptr);
    CHECK(entry->code == std::to_string(code));
    CHECK_FALSE(entry->text.empty());
    check_text(entry->fix);
  }
}

// RFC 5321 §4.3.2, RFC 3207 §4, RFC 4954 §4.
TEST_CASE("knowledge: which code answers which command is told as the tables have it") {
  const auto* const entry = known().mistake("wrong-expected-code");
  REQUIRE(entry != nullptr);
  struct Row {
    int code;
    smtp::Input input;
  };
  for (const Row& row : {Row{220, smtp::Input::kStarttls}, Row{334, smtp::Input::kAuth}, Row{235, smtp::Input::kAuth},
                         Row{354, smtp::Input::kData}, Row{221, smtp::Input::kQuit}, Row{214, smtp::Input::kHelp},
                         Row{252, smtp::Input::kVrfy}, Row{251, smtp::Input::kRcpt}}) {
    const std::string code = std::to_string(row.code);
    CAPTURE(code);
    CHECK(smtp::can_answer(row.input, smtp::ReplyCode(row.code)));
    for (const std::string& text : {entry->explain.en, entry->explain.zh}) {
      CAPTURE(text);
      CHECK(text.find(code) != std::string::npos);
      CHECK(text.find(smtp::row(row.input).verb) != std::string::npos);
    }
  }
  for (const smtp::CommandRow& row : smtp::kCommands) {  // and of no other command the usual answer is another one
    if (row.answer.code == 0 || row.answer.code == 250 || row.input == smtp::Input::kExpn) continue;
    CAPTURE(row.name);
    CHECK(entry->explain.en.find(std::to_string(row.answer.code)) != std::string::npos);
  }
}

TEST_CASE("knowledge: every entry of the codes is told in both languages") {
  for (const auto& row : known().codes()) {
    const knowledge::CodeEntry& entry = row.second;
    CAPTURE(entry.code);
    CHECK(entry.code == row.first);
    check_text(entry.meaning);
    CHECK_FALSE(entry.rfc.empty());
  }
}

TEST_CASE("knowledge: every digit has a meaning") {
  for (int digit = 2; digit <= 5; ++digit) {
    CAPTURE(digit);
    CHECK(known().first_digit(digit) != nullptr);
  }
  for (int digit = 0; digit <= 5; ++digit) {
    CAPTURE(digit);
    CHECK(known().second_digit(digit) != nullptr);
  }
  CHECK(known().first_digit(9) == nullptr);
  CHECK(known().second_digit(9) == nullptr);
}

TEST_CASE("knowledge: an enhanced code is found by subject and detail, whatever its class") {
  for (const int status : {2, 4, 5}) {
    CAPTURE(status);
    const auto* const entry = known().detail(std::to_string(status) + ".7.8");
    REQUIRE(entry != nullptr);
    CHECK(entry->code == "X.7.8");
    CHECK(std::count(entry->basic.begin(), entry->basic.end(), 535) == 1);
    CHECK(known().enhanced_class(status) != nullptr);
  }
  for (int subject = 0; subject <= 7; ++subject) CHECK(known().enhanced_subject(subject) != nullptr);
  CHECK(known().detail("5.7.999") == nullptr);
  CHECK(known().detail("5.77.8") == nullptr);
  CHECK(known().enhanced_class(3) == nullptr);
}

TEST_CASE("knowledge: keywords are found in any letter case, and by their beginning where they stand for many") {
  struct Row {
    std::string keyword;
    std::string same_as;  // key in the table; empty: nothing is known
  };
  for (const Row& row :
       {Row{"PIPELINING", "PIPELINING"}, Row{"pipelining", "PIPELINING"}, Row{"AUTH", "AUTH"}, Row{"AUTH=LOGIN", "AUTH="},
        Row{"X-SOMETHING", "X-"}, Row{"x-exps", "X-EXPS"}, Row{"PIPELININGS", ""}, Row{"", ""}, Row{"NONSENSE", ""}}) {
    CAPTURE(row.keyword);
    const auto* const found = known().keyword("smtp", row.keyword);
    REQUIRE((found != nullptr) == !row.same_as.empty());
    if (found == nullptr) continue;
    REQUIRE(known().keywords("smtp").contains(row.same_as));
    CHECK(found == &known().keywords("smtp").at(row.same_as));
    check_text(found->meaning);
  }
}

TEST_CASE("knowledge: what POP3 announces and answers is explained") {
  for (const std::string_view word :
       {"TOP", "USER", "SASL", "STLS", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "LOGIN-DELAY", "EXPIRE",
        "IMPLEMENTATION", "UTF8", "LANG", "X-ZIMBRA", "plain", "SCRAM-SHA-256", "XOAUTH2"}) {
    CAPTURE(word);
    REQUIRE(known().keyword("pop3", word) != nullptr);
    check_text(known().keyword("pop3", word)->meaning);
  }
  CHECK(known().keyword("pop3", "8BITMIME") == nullptr);
  for (const std::string_view code : {"+OK", "-ERR", "+"}) {
    CAPTURE(code);
    REQUIRE(known().code(code) != nullptr);
    check_text(known().code(code)->fix);
  }
  // RFC 2449 §8.1, RFC 3206, RFC 6856 §5; nothing is known of a private one.
  for (const std::string_view detail : {"IN-USE", "LOGIN-DELAY", "AUTH", "sys/temp", "SYS/PERM", "UTF8"}) {
    CAPTURE(detail);
    REQUIRE(known().detail(detail) != nullptr);
    check_text(known().detail(detail)->fix);
  }
  CHECK(known().detail("X-NOBODY") == nullptr);
}

// RFC 9051 §7.1, what only RFC 3501 and the extensions that are explained have, and RFC 5530.
TEST_CASE("knowledge: every response code of IMAP is explained") {
  for (const std::string_view code : {"ALERT",
                                      "ALREADYEXISTS",
                                      "APPENDUID",
                                      "AUTHENTICATIONFAILED",
                                      "AUTHORIZATIONFAILED",
                                      "BADCHARSET",
                                      "CANNOT",
                                      "CAPABILITY",
                                      "CLIENTBUG",
                                      "CLOSED",
                                      "CONTACTADMIN",
                                      "COPYUID",
                                      "CORRUPTION",
                                      "EXPIRED",
                                      "EXPUNGEISSUED",
                                      "HASCHILDREN",
                                      "INUSE",
                                      "LIMIT",
                                      "NONEXISTENT",
                                      "NOPERM",
                                      "OVERQUOTA",
                                      "PARSE",
                                      "PERMANENTFLAGS",
                                      "PRIVACYREQUIRED",
                                      "READ-ONLY",
                                      "READ-WRITE",
                                      "SERVERBUG",
                                      "TRYCREATE",
                                      "UIDNEXT",
                                      "UIDNOTSTICKY",
                                      "UIDVALIDITY",
                                      "UNAVAILABLE",
                                      "UNKNOWN-CTE",
                                      "UNSEEN",
                                      "NOTSAVED",
                                      "TOOBIG",
                                      "HIGHESTMODSEQ 7",
                                      "NOMODSEQ",
                                      "MODIFIED 7,9"}) {
    CAPTURE(code);
    REQUIRE(known().detail(code) != nullptr);
    check_text(known().detail(code)->fix);
  }
}

TEST_CASE("knowledge: every term is told in both languages, and found in any letter case") {
  CHECK(known().terms("imap").size() > 60);
  for (const auto& row : known().terms("imap")) {
    const auto& term = row.first;
    const auto& entry = row.second;
    CAPTURE(term);
    check_text(entry.meaning);
    CHECK(entry.rfc.starts_with("RFC "));
    CHECK(known().term("imap", core::to_upper(term)) == &entry);
  }
  CHECK(known().term("imap", "XYZZY") == nullptr);
  CHECK(known().term("smtp", "EXISTS") == nullptr);
}

TEST_CASE("knowledge: the terms of a line, each once") {
  struct Row {
    std::string line;
    std::string terms;
  };
  for (const Row& row : {
           Row{"* 23 EXISTS", "EXISTS"},
           Row{"* OK [UIDVALIDITY 1] FLAGS are here", "[UIDVALIDITY]"},
           Row{"* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[] {3}\r\nUID RECENT)", "FETCH UID FLAGS \\Seen BODY[] {n}"},
           Row{"1 (BODY.PEEK[HEADER.FIELDS (TO FROM)]<0.9> uid)", "BODY.PEEK[] uid"},
           Row{"* LIST (\\Noselect) \"/\" \"FLAGS UID\"", "LIST \\Noselect"},
           Row{"\"never ends UID", ""},
           Row{"UID UID UID", "UID"},
           Row{"BODY[", "BODY[]"},
           Row{"{x} {} {12+}", "{n}"},
           Row{"", ""},
       }) {
    CAPTURE(row.line);
    std::string found;
    for (const knowledge::Term& term : knowledge::terms_in(known(), "imap", row.line))
      found += (found.empty() ? "" : " ") + term.word;
    CHECK(found == row.terms);
  }
  CHECK(knowledge::terms_in(known(), "imap", "UID FLAGS ENVELOPE", 2).size() == 2);
}

TEST_CASE("knowledge: every login method is told in both languages, with every message that it has") {
  struct Row {
    std::string_view mechanism;
    std::size_t rounds;  // of both speakers
  };
  const std::array rows{Row{"SCRAM-SHA-256", 3}, Row{"SCRAM-SHA-1", 3}, Row{"CRAM-MD5", 1}, Row{"OAUTHBEARER", 2},
                        Row{"XOAUTH2", 2},       Row{"PLAIN", 1},       Row{"LOGIN", 2}};
  REQUIRE(rows.size() == sasl::mechanisms().size());
  for (const Row& row : rows) {
    CAPTURE(std::string(row.mechanism));
    const auto* const entry = known().sasl(row.mechanism);
    REQUIRE(entry != nullptr);
    CHECK(entry->name == row.mechanism);
    check_text(entry->what);
    check_text(entry->password);
    check_text(entry->remember);
    CHECK_FALSE(entry->rfc.empty());
    CHECK(entry->messages.size() == 2 * row.rounds);
    for (std::size_t round = 0; round < row.rounds; ++round) {
      for (const sasl::Speaker speaker : {sasl::Speaker::kServer, sasl::Speaker::kClient}) {
        CAPTURE(round);
        REQUIRE(entry->message(speaker, round) != nullptr);
        check_text(entry->message(speaker, round)->made);
      }
    }
  }
  CHECK(known().sasl("NTLM") == nullptr);
}

TEST_CASE("knowledge: every piece of a login message has a meaning") {
  for (const std::string_view name : sasl::part_names()) {
    CAPTURE(std::string(name));
    REQUIRE(known().sasl_part(name) != nullptr);
    check_text(*known().sasl_part(name));
  }
  CHECK(known().sasl_part("colour") == nullptr);
}
