#include "client/lines/printer.h"

#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/log.h"
#include "smtp/door.h"
#include "smtp/input.h"
#include "tests/knowledge/known.h"

namespace {

using test::known;

struct Printed {
  explicit Printed(core::Language language = core::Language::kEnglish, bool show_secrets = false)
      : printer(out, smtp::door(), known(), language, show_secrets) {}
  std::ostringstream out;
  lines::Printer printer;
};

dialogue::Event reply(const std::vector<std::string>& lines) {
  const protocol::Answer read = smtp::door().answer_from_lines(lines).value();
  return dialogue::from_answer(read, smtp::door().octets_of(read), smtp::Input::kMail, {});
}

dialogue::Event password(const std::string& base64) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.input = smtp::Input::kAuthResponse;
  event.bytes = base64 + "\r\n";
  event.secrets.push_back({0, base64.size()});
  event.decoded = "secret\n";
  event.decoded_is_secret = true;
  return event;
}

}  // namespace

TEST_CASE("printer: what was on the wire stands at the margin, what it means below it, indented") {
  Printed printed;
  dialogue::Event refused = reply({"553-no", "553 not now"});
  auto explanation = std::make_shared<dialogue::Explanation>();
  explanation->because = {"Because.", "因为。"};
  explanation->fix = {"Do it.", "去做。"};
  refused.explanation = explanation;
  printed.printer.event(refused);
  CHECK(printed.out.str() == "S: 553-no\nS: 553 not now\n     Why  Because.\n     Do  Do it.\n");

  Printed chinese(core::Language::kChinese);
  chinese.printer.event(refused);
  CHECK(chinese.out.str() == "S: 553-no\nS: 553 not now\n     原因  因为。\n     怎么办  去做。\n");
}

TEST_CASE("printer: passwords are masked in the line and in its meaning unless asked for") {
  Printed hidden;
  hidden.printer.event(password("c2VjcmV0Cg=="));
  CHECK(hidden.out.str() == "C: ********\n     base64  \"********␊\"\n");
  Printed shown(core::Language::kEnglish, true);
  shown.printer.event(password("c2VjcmV0Cg=="));
  CHECK(shown.out.str() == "C: c2VjcmV0Cg==\n     base64  \"secret␊\"\n");
}

TEST_CASE("printer: a failure that is noted, and then ends the dialogue, is explained once") {
  for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
    Printed printed(language);
    dialogue::Event event;
    event.kind = dialogue::Kind::kNote;
    event.failure = "silent-reply";
    event.note = "no reply for 1 s";
    printed.printer.event(event);
    event.kind = dialogue::Kind::kClosed;
    event.closed_by = dialogue::ClosedBy::kFailure;
    event.note = "no reply for 2 s";
    printed.printer.event(event);
    const std::string out = printed.out.str();
    const std::string& why = known().failure("silent-reply")->why.in(language);
    const std::size_t first = out.find(why.substr(0, 20));
    CHECK(first != std::string::npos);
    CHECK(out.find(why.substr(0, 20), first + 1) == std::string::npos);
    CHECK(out.find("no reply for 2 s") != std::string::npos);
  }
}

TEST_CASE("printer: what is not on the wire begins with two dashes, and is safe to print") {
  Printed printed;
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.note = "host\x1b[2J:25";
  printed.printer.event(event);
  event.kind = dialogue::Kind::kClosed;
  event.note = {};
  printed.printer.event(event);
  CHECK(printed.out.str() == "-- connected to host\\x1b[2J:25\n-- the server closed the connection\n");
}

TEST_CASE("printer: hostile octets of a reply are shown, not sent to the terminal") {
  Printed printed;
  printed.printer.event(reply({"250 \x1b[2J\x07"}));
  CHECK(printed.out.str().find('\x1b') == std::string::npos);
  CHECK(printed.out.str().starts_with("S: 250 \\x1b[2J\\x07\n"));
}

TEST_CASE("printer: steps are numbered and wrapped at 100 columns, Chinese too") {
  Printed printed;
  std::string english;
  std::string chinese;
  for (int i = 0; i < 60; ++i) {
    english += "word ";
    chinese += "汉字";
  }
  printed.printer.step(3, english);
  printed.printer.step(4, chinese);
  CHECK(printed.out.str().starts_with("\n3.  word word"));
  std::istringstream rows(printed.out.str());
  int count = 0;
  for (std::string row; std::getline(rows, row); ++count) {
    std::size_t columns = 0;
    for (const char c : row) {
      const auto octet = static_cast<unsigned char>(c);
      if (octet < 0x80) columns += 1;
      if (octet >= 0xE0) columns += 2;
    }
    CHECK(columns <= 100);
  }
  CHECK(count == 2 + 4 + 3);
}
