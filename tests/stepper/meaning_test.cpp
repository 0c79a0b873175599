#include "client/stepper/meaning.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "dialogue/log.h"
#include "smtp/door.h"
#include "smtp/neutral.h"
#include "smtp/reply_classes.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using stepper::Detail;

namespace {

dialogue::Event reply(const std::vector<std::string>& lines, smtp::Input answers = smtp::Input::kMail) {
  const smtp::Reply read = smtp::reply_from_lines(lines).value();
  dialogue::Event event = dialogue::from_answer(smtp::neutral(read), smtp::serialise(read), answers, {});
  event.is_out_of_place = !smtp::can_answer(answers, read.code);
  return event;
}

dialogue::Event explained(dialogue::Event event) {
  auto explanation = std::make_shared<dialogue::Explanation>();
  explanation->because = {"Because of this.", "因为这个。"};
  explanation->fix = {"Do that.", "那样做。"};
  explanation->source = {"https://example.org/report"};
  explanation->seen = "2017";
  event.explanation = std::move(explanation);
  return event;
}

// What a client says in one line, in this part of a dialogue.
dialogue::Event said(const std::string& line, smtp::Mode mode = smtp::Mode::kCommand, bool is_secret = false) {
  const smtp::StreamLimits limits;
  smtp::ClientStream stream(smtp::LineEnds::kNormalize, {true, true, true, true}, limits);
  stream.set_mode(mode);
  stream.expect_response(is_secret, false);
  stream.receive(line);
  const auto one = stream.next();
  REQUIRE(one);
  return dialogue::from_said(smtp::neutral(*one), core::in_one_piece(line.substr(0, one->octets), {}));
}

// "label: text" a line.
std::string told(const dialogue::Event& event, Language language, Detail detail = Detail::kFull, bool show_secrets = false,
                 const protocol::Protocol& speaks = smtp::door()) {
  std::string text;
  for (const stepper::Paragraph& one :
       stepper::meaning_of(event, {}, speaks, test::known(), {language, show_secrets, detail})) {
    CHECK_FALSE(one.text.empty());
    text += one.label + ": " + one.text + "\n";
  }
  return text;
}

struct MeaningRow {
  std::string name;
  dialogue::Event event;
  std::vector<std::string> en;
  std::vector<std::string> zh;
  std::vector<std::string> absent;  // in neither language
};

// Sent while it was open how the server would read it.
dialogue::Event early(const std::string& bytes, bool is_secret) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.input = smtp::Input::kUnknown;
  event.bytes = bytes;
  event.is_unread = true;
  event.remarks.push_back({smtp::RemarkKind::kSendsBeforeReply, {0, bytes.size()}});
  if (is_secret) event.secrets.push_back({0, bytes.size()});
  return event;
}

dialogue::Event closed(dialogue::ClosedBy by, std::string note, std::string failure = {}) {
  dialogue::Event event;
  event.failure = std::move(failure);
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = by;
  event.note = std::move(note);
  return event;
}

// The end of a handshake, as the state tells it.
dialogue::Event secured(smtp::State from) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kSecured;
  event.note = "TLS 1.2, CIPHER";
  event.change = smtp::neutral(smtp::StateChange{from, smtp::State::kGreeted, "RFC 3207 §4.2"});
  return event;
}

dialogue::Event noted(std::string note, std::string failure) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.note = std::move(note);
  event.failure = std::move(failure);
  return event;
}

std::vector<MeaningRow> rows() {
  return {
      {"a refusal with the provider's own words",
       explained(reply({"553 authentication is required"})),
       {"553: 5 ", "Why: Because of this.", "Do: Do that.", "Source: https://example.org/report · seen 2017"},
       {"553: 5 ", "原因: 因为这个。", "怎么办: 那样做。", "出处: https://example.org/report · 见于 2017"},
       {"(generic)", "（通用说明）"}},
      {"a refusal of a server we know nothing of",
       reply({"550 no"}),
       {"550: 5 ", "(generic)"},
       {"550: 5 ", "(通用说明)"},
       {"Source", "出处"}},
      {"an enhanced code", reply({"535 5.7.8 no"}), {"5.7.8: "}, {"5.7.8: "}, {}},
      {"a code whose class is not that of the enhanced one", reply({"250 5.7.8 yes"}), {"250: 2 "}, {"250: 2 "}, {"5.7.8"}},
      {"an unknown code", reply({"599 what"}), {"599: 5 ", "(generic)"}, {"599: 5 ", "通用说明"}, {}},
      {"EHLO keywords",
       reply({"250-mail", "250-SIZE 1000", "250-AUTH LOGIN PLAIN", "250-AUTH=LOGIN PLAIN", "250 ODD\x1b[2J"},
             smtp::Input::kEhlo),
       {"SIZE: ", "AUTH: ", "AUTH=: ", "ODD\\x1b[2J: no extension smtplab knows"},
       {"SIZE: ", "AUTH: ", "ODD\\x1b[2J: smtplab 不认识"},
       {"mail: "}},
      {"keywords are only those of EHLO", reply({"250-mail", "250 SIZE 1000"}, smtp::Input::kHelp), {}, {}, {"SIZE: "}},
      {"a challenge",
       reply({"334 dXNlcm5hbWU6"}, smtp::Input::kAuth),
       {"base64: \"username:\""},
       {"base64: \"username:\""},
       {}},
      {"a command, its grammar and the parts of this very line",
       said("MAIL FROM:<alice@163.com> SIZE=1000\r\n"),
       {"MAIL: \"MAIL FROM:\" Reverse-path", "RFC 5321 §4.1.1.2", "Changes: ", "<alice@163.com>: ", "SIZE=1000: "},
       {"MAIL: \"MAIL FROM:\" Reverse-path", "之后: ", "<alice@163.com>: ", "SIZE=1000: "},
       {}},
      {"a HELO names its domain", said("HELO client.example\r\n"), {"client.example: "}, {"client.example: "}, {}},
      {"a command that is none", said("FOO bar\r\n"), {"This line is not well-formed", "!: "}, {"这一行不符合语法", "!: "}, {}},
      {"a command without its argument shows its grammar",
       said("RCPT\r\n"),
       {"RCPT: \"RCPT TO:\"", "This line is not well-formed"},
       {"RCPT: \"RCPT TO:\"", "这一行不符合语法"},
       {"unknown"}},
      {"a user name",
       said("YWxpY2VAMTYzLmNvbQ==\r\n", smtp::Mode::kAuth),
       {"base64: \"alice@163.com\""},
       {"base64: \"alice@163.com\""},
       {"********"}},
      {"a password",
       said("c2VjcmV0\r\n", smtp::Mode::kAuth, true),
       {"base64: \"********\""},
       {"base64: \"********\""},
       {"secret\"", "c2VjcmV0"}},
      {"a password with a newline shows the newline only",
       said("c2VjcmV0Cg==\r\n", smtp::Mode::kAuth, true),
       {"base64: \"********␊\"", "!: A line end inside the base64"},
       {"base64: \"********␊\"", "!: 换行也被编进了 base64"},
       {"secret␊", "c2VjcmV0"}},
      {"a password that is nothing but line ends",
       said("DQo=\r\n", smtp::Mode::kAuth, true),
       {"********␍␊"},
       {"********␍␊"},
       {}},
      {"a password inside AUTH PLAIN",
       said("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n"),
       {"AUTH: ", "********"},
       {"AUTH: ", "********"},
       {"secret", "AGFsaWNl"}},
      {"a line sent before the reply is not judged",
       early("c2VjcmV0\r\n", false),
       {"!: "},
       {"!: "},
       {"no SMTP command", "well-formed", "不符合语法"}},
      {"nor shown when it may be a password", early("c2VjcmV0\r\n", true), {"!: "}, {"!: "}, {"c2VjcmV0"}},
      {"bare LF", said("NOOP\n"), {"!: "}, {"!: "}, {}},
      {"closed by the server",
       closed(dialogue::ClosedBy::kServer, ""),
       {": the server closed the connection"},
       {": 服务器关闭了连接"},
       {}},
      {"closed by the client",
       closed(dialogue::ClosedBy::kClient, ""),
       {": you closed the connection"},
       {": 你关闭了连接"},
       {}},
      {"a failed connection, with what a hostile peer put into it",
       closed(dialogue::ClosedBy::kFailure, "a\x1b[2J"),
       {": the connection failed: a\\x1b[2J"},
       {": 连接失败：a\\x1b[2J"},
       {}},
      {"a failure that is explained: what, why, what to do",
       closed(dialogue::ClosedBy::kFailure, "CN=mx.example has expired", "tls-expired"),
       {": the connection failed: CN=mx.example has expired\n!: The server's certificate has expired.", "Why: ", "Do: "},
       {": 连接失败：CN=mx.example has expired\n!: 服务器的证书过期了。\n原因: ", "怎么办: "},
       {}},
      {"a silence",
       noted("no greeting for 10 s", "silent-greeting"),
       {": no greeting for 10 s", "--security tls"},
       {": no greeting for 10 s", "连上了，但服务器没有打招呼。", "--security tls"},
       {}},
      {"TLS after STARTTLS: all is forgotten",
       secured(smtp::State::kHandshake),
       {"TLS: TLS 1.2, CIPHER", "begin again with EHLO", "State: handshake → greeted"},
       {"TLS: TLS 1.2, CIPHER", "从 EHLO 重新开始", "状态: TLS 握手 → 已问候"},
       {}},
      {"TLS from the start: there is nothing to forget",
       secured(smtp::State::kConnected),
       {"the greeting too"},
       {"包括问候"},
       {"forgotten", "忘掉"}},
  };
}

}  // namespace

TEST_CASE("meaning: what an event is in words, in both languages") {
  for (const MeaningRow& row : rows()) {
    CAPTURE(row.name);
    test::check_parts(told(row.event, Language::kEnglish), row.en, row.absent);
    test::check_parts(told(row.event, Language::kChinese), row.zh, row.absent);
  }
}

TEST_CASE("meaning: the short form says why and what to do, mistakes and base64, and nothing more") {
  struct Brief {
    std::string name;
    dialogue::Event event;
    std::string want;
  };
  const std::vector<Brief> briefs{
      {"a refusal", explained(reply({"553 no"})), "Why: Because of this.\nDo: Do that.\n"},
      {"a success needs nothing done", explained(reply({"250 ok"})), "Why: Because of this.\n"},
      {"a command", said("RSET\r\n"), ""},
      {"a user name", said("YWxpY2U=\r\n", smtp::Mode::kAuth), "base64: \"alice\"\n"},
      {"a password", said("c2VjcmV0\r\n", smtp::Mode::kAuth, true), "base64: \"********\"\n"},
  };
  for (const Brief& row : briefs) {
    CAPTURE(row.name);
    CHECK(told(row.event, Language::kEnglish, Detail::kBrief) == row.want);
  }
}

TEST_CASE("meaning: secrets are shown when they are asked for") {
  test::check_parts(told(said("c2VjcmV0Cg==\r\n", smtp::Mode::kAuth, true), Language::kEnglish, Detail::kFull, true),
                    {"\"secret␊\""}, {"********"});
  test::check_parts(told(said("AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n"), Language::kEnglish, Detail::kFull, true),
                    {"alice\\x00secret"}, {"********"});
}

TEST_CASE("meaning: every remark has its words in both languages") {
  for (std::size_t i = 0; i < smtp::kRemarkIds.size(); ++i) {
    dialogue::Event event;
    event.kind = dialogue::Kind::kClient;
    event.bytes = "x\r\n";
    event.remarks.push_back({static_cast<smtp::RemarkKind>(i), {}});
    const auto* const entry = test::known().mistake(smtp::kRemarkIds[i]);
    CAPTURE(smtp::kRemarkIds[i]);
    REQUIRE(entry != nullptr);
    test::check_parts(told(event, Language::kEnglish), {"!: " + entry->title.en, entry->explain.en, "Do: " + entry->fix.en},
                      {});
    test::check_parts(told(event, Language::kChinese), {"!: " + entry->title.zh, entry->explain.zh, "怎么办: " + entry->fix.zh},
                      {entry->title.en});
  }
}

namespace {

// The exchange of AUTH with these lines: the client's octets, the server's words behind 334, in turn.
std::string login(const std::string& command, const std::vector<std::string>& lines, Language language,
                  Detail detail = Detail::kFull, bool show_secrets = false) {
  dialogue::Log log(smtp::door());
  log.append(said(command + "\r\n"));
  bool from_server = true;
  for (const std::string& line : lines) {
    log.append(from_server ? reply({"334 " + line}, smtp::Input::kAuthResponse) : said(line + "\r\n", smtp::Mode::kAuth));
    from_server = !from_server;
  }
  const dialogue::Event& last = log.events().back();
  std::string text;
  for (const stepper::Paragraph& one :
       stepper::meaning_of(last, dialogue::auth_turn(log, last), smtp::door(), test::known(), {language, show_secrets, detail}))
    text += one.label + ": " + one.text + "\n";
  return text;
}

std::string b64(std::string_view octets) { return core::base64_encode(octets); }

}  // namespace

TEST_CASE("meaning: each line of a login is taken apart, piece by piece, with how it was made") {
  const std::string plain = std::string("\0alice\0secret", 13);
  const auto* const plain_entry = test::known().sasl("PLAIN");
  REQUIRE(plain_entry != nullptr);
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const auto part = [&](const char* name) { return test::known().sasl_part(name)->in(language); };
    const std::string in_command = login("AUTH PLAIN " + b64(plain), {}, language);
    test::check_parts(in_command,
                      {"PLAIN: " + plain_entry->what.in(language), "alice: " + part("user"), "********: " + part("password"),
                       plain_entry->message(sasl::Speaker::kClient, 0)->made.in(language)},
                      {"secret", b64(plain)});
    test::check_parts(login("AUTH PLAIN " + b64(plain), {}, language, Detail::kFull, true), {"secret: " + part("password")},
                      {});
    test::check_parts(login("AUTH LOGIN", {b64("Username:")}, language), {"Username:: " + part("prompt")}, {});
    test::check_parts(login("AUTH CRAM-MD5", {b64("<1.2@mx.example>")}, language),
                      {"<1.2@mx.example>: " + part("timestamp-challenge")}, {});
    test::check_parts(login("AUTH CRAM-MD5", {b64("<1.2@mx.example>"), b64("tim b913a602c7eda7a495b4e6e7334d3890")}, language),
                      {"tim: " + part("user"), "b913a602c7eda7a495b4e6e7334d3890: " + part("digest")}, {});
    test::check_parts(login("AUTH SCRAM-SHA-256 " + b64("n,,n=user,r=abc"), {b64("r=abcXYZ,s=c2FsdA==,i=4096")}, language),
                      {part("server-nonce"), part("salt"), "4096: " + part("iterations")}, {});
    test::check_parts(login("AUTH XOAUTH2 " + b64("user=alice\x01"
                                                  "auth=Bearer t0ken\x01\x01"),
                            {}, language),
                      {"alice: " + part("user"), "********: " + part("token")}, {"t0ken"});
    test::check_parts(login("AUTH SCRAM-SHA-256", {""}, language), {part("empty")}, {});
  }
}

TEST_CASE("meaning: the short form of a login names its pieces, LOGIN's single ones by their text alone") {
  CHECK(login("AUTH LOGIN", {b64("Username:")}, Language::kEnglish, Detail::kBrief).find("question") == std::string::npos);
  test::check_parts(login("AUTH SCRAM-SHA-256 " + b64("n,,n=user,r=abc"), {b64("r=abcXYZ,s=c2FsdA==,i=4096")},
                          Language::kEnglish, Detail::kBrief),
                    {"4096: ", "base64: "}, {"Made of"});
  CHECK(login("AUTH LOGIN", {"!!!"}, Language::kEnglish, Detail::kBrief).find("Nothing is said here") == std::string::npos);
}

TEST_CASE("meaning: no English sentence stands in the Chinese meaning of any step of any scenario") {
  for (const std::string& id : scenario::Catalogue::embedded().ids()) {
    test::Person person(id, Language::kChinese);
    person.now = std::chrono::hours(1);  // whatever has to pass has passed
    for (int i = 0; i < 40 && !person.stepper.is_finished(); ++i) person.type("\n");
    for (const dialogue::Event& event : person.dialogue.log->events()) {
      const auto turn = dialogue::auth_turn(*person.dialogue.log, event);
      for (const stepper::Paragraph& one : stepper::meaning_of(event, turn, person.dialogue.log->protocol_of(event),
                                                               test::known(), {Language::kChinese, false, Detail::kFull})) {
        CAPTURE(id);
        CAPTURE(one.label);
        CAPTURE(one.text);
        // Quotations aside, no English sentence is without one of these.
        for (const char* const part : {" the ", " is ", " of the ", " and ", " was "}) CHECK_FALSE(test::has(one.text, part));
      }
    }
  }
}

TEST_CASE("meaning: any code that answers anything is explained in both languages; a refusal says when that is only generic") {
  for (int code = 200; code < 600; ++code) {
    for (const smtp::CommandRow& row : smtp::kCommands) {
      const smtp::Input input = row.input;
      const dialogue::Event event = reply({std::to_string(code) + " words"}, input);
      for (const Detail detail : {Detail::kFull, Detail::kBrief}) {
        CAPTURE(code);
        CAPTURE(smtp::name(input));
        const std::string en = told(event, Language::kEnglish, detail);
        const std::string zh = told(event, Language::kChinese, detail);
        CHECK_FALSE(zh.empty());
        if (code >= 400) {
          CHECK(test::has(en, "(generic)"));
          CHECK(test::has(en, "Do: "));
          CHECK(test::has(zh, "通用说明"));
          CHECK(test::has(zh, "怎么办: "));
        } else if (!smtp::can_answer(input, smtp::ReplyCode(code))) {
          CHECK(test::has(en, "a reply that does not belong here"));
          CHECK(test::has(zh, "不该出现在这里"));
          CHECK_FALSE(test::has(en, "Changes: "));
        } else {
          CHECK((test::has(en, "Changes: ") || test::has(en, "(generic)")));
          CHECK((test::has(zh, "之后: ") || test::has(zh, "通用说明")));
        }
      }
    }
  }
}

TEST_CASE("meaning: every reply that a scenario can send has its own reasons, or says that they are generic") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  std::vector<std::string> names = catalogue.ids();
  for (const std::string& provider : catalogue.provider_names()) names.push_back(provider);
  std::size_t seen = 0;
  for (const std::string& name : names) {
    const scenario::Scenario scenario = catalogue.load(name).value();
    for (const scenario::ReplyEntry& entry : scenario.replies) {
      CAPTURE(name);
      CAPTURE(entry.id);
      const protocol::Protocol& speaks = *scenario.protocol;
      const protocol::Answer answer{entry.code.outcome, entry.code.text, {"words"}};
      dialogue::Event event =
          dialogue::from_answer(answer, answer.code + " words\r\n", speaks.input(protocol::Role::kOther), {});
      event.explanation = entry.explanation;
      const bool is_own = entry.explanation != nullptr && !entry.explanation->because.empty();
      const std::string en = told(event, Language::kEnglish, Detail::kBrief, false, speaks);
      const std::string zh = told(event, Language::kChinese, Detail::kBrief, false, speaks);
      if (is_own) {
        CHECK(test::has(en, "Why: " + entry.explanation->because.en));
        CHECK(test::has(zh, "原因: " + entry.explanation->because.zh));
        CHECK_FALSE(test::has(en, "(generic)"));
      } else if (entry.code.is_negative()) {
        CHECK(test::has(en, "(generic)"));
        CHECK(test::has(zh, "通用说明"));
      }
      ++seen;
    }
  }
  CHECK(seen > 1000);
}
