#include "smtp/reply.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"
#include "tests/smtp/describe.h"
#include "tests/smtp/feed.h"

namespace {

// Every reply found, in order, "error" for each error, and what is left over.
std::string read_pieces(const test::Pieces& pieces) {
  smtp::ReplyReader reader;
  std::string out;
  std::string bytes;
  for (const std::string_view piece : pieces) {
    reader.receive(piece);
    for (int turns = 0; turns < 10000; ++turns) {
      const auto next = reader.next();
      if (!next) {
        CHECK(next.error().blame == core::Blame::kPeer);
        CHECK_FALSE(next.error().text.en.empty());
        CHECK(core::show_bytes(next.error().text.en) == next.error().text.en);
        test::check_chinese(next.error());
        out += "error ";
        continue;
      }
      if (!next->has_value()) break;
      out += test::describe((*next)->reply) + ((*next)->bare_lf ? "lf " : " ");
      bytes += (*next)->bytes;
    }
  }
  if (!reader.pending().empty()) out += "+" + core::show_bytes(reader.pending());
  return out;
}

struct ReplyRow {
  std::string name;
  std::string octets;
  std::string found;
};

const std::array kWellFormed{
    ReplyRow{"nothing", "", ""},
    ReplyRow{"one line", "250 OK\r\n", "250[OK] "},
    ReplyRow{"the greeting", "220 mock.example ESMTP\r\n", "220[mock.example ESMTP] "},
    ReplyRow{"two lines", "250-first\r\n250 second\r\n", "250[first|second] "},
    ReplyRow{"the answer to EHLO in RFC 5321 appendix D.1",
             "250-foo.com greets bar.com\r\n250-8BITMIME\r\n250-SIZE\r\n250-DSN\r\n250 HELP\r\n",
             "250[foo.com greets bar.com|8BITMIME|SIZE|DSN|HELP] "},
    ReplyRow{"a code and nothing else", "250\r\n", "250[] "},
    ReplyRow{"a code and a space", "250 \r\n", "250[] "},
    ReplyRow{"an empty first line", "250-\r\n250 OK\r\n", "250[|OK] "},
    ReplyRow{"a bare code ends several lines", "250-first\r\n250\r\n", "250[first|] "},
    ReplyRow{"two replies at once", "250 a\r\n354 b\r\n", "250[a] 354[b] "},
    ReplyRow{"a text that starts with a code", "250 250 OK\r\n", "250[250 OK] "},
    ReplyRow{"a text that starts with a hyphen", "250 -x\r\n", "250[-x] "},
    ReplyRow{"two spaces belong to the text", "250  OK\r\n", "250[ OK] "},
    ReplyRow{"spaces at the end stay", "250 OK \r\n", "250[OK ] "},
    ReplyRow{"the challenge of a login", "334 VXNlcm5hbWU6\r\n", "334[VXNlcm5hbWU6] "},
    ReplyRow{"the empty challenge", "334 \r\n", "334[] "},
    ReplyRow{"Chinese", "535 密码错误\r\n", "535[密码错误] "},
    ReplyRow{"LF alone", "250 OK\n", "250[OK]lf "},
    ReplyRow{"LF alone in the first of two lines", "250-a\n250 b\r\n", "250[a|b]lf "},
    ReplyRow{"LF alone in the second of two lines", "250-a\r\n250 b\n", "250[a|b]lf "},
    ReplyRow{"LF alone does not stick to the next reply", "250 a\n250 b\r\n", "250[a]lf 250[b] "},
    ReplyRow{"the lowest and the highest code", "200 a\r\n599 b\r\n", "200[a] 599[b] "},
    ReplyRow{"a middle digit that the RFC does not know", "590 odd\r\n", "590[odd] "},
    ReplyRow{"half a line", "250 O", "+250 O"},
    ReplyRow{"a line without LF", "250 OK\r", "+250 OK␍"},
    ReplyRow{"the first line of two", "250-first\r\n", "+250-first␍␊"},
    ReplyRow{"one and a half", "250 a\r\n25", "250[a] +25"},
};

const std::array kMalformed{
    ReplyRow{"an empty line", "\r\n", "error "},
    ReplyRow{"no code", "hello\r\n", "error "},
    ReplyRow{"two digits", "25 OK\r\n", "error "},
    ReplyRow{"four digits", "2500 OK\r\n", "error "},
    ReplyRow{"a letter in the code", "2S0 OK\r\n", "error "},
    ReplyRow{"a code below 200", "150 OK\r\n", "error "},
    ReplyRow{"a code above 599", "600 OK\r\n", "error "},
    ReplyRow{"no space behind the code", "250OK\r\n", "error "},
    ReplyRow{"a colon behind the code", "250:OK\r\n", "error "},
    ReplyRow{"a space before the code", " 250 OK\r\n", "error "},
    ReplyRow{"HTTP", "HTTP/1.1 400 Bad Request\r\n", "error "},
    ReplyRow{"reading goes on behind an error", "hello\r\n250 OK\r\n", "error 250[OK] "},
    ReplyRow{"each bad line is one error", "a\r\nb\r\n220 c\r\n", "error error 220[c] "},
};

}  // namespace

TEST_CASE("smtp reply: what a server sends is found in any chunking") {
  for (const ReplyRow& row : kWellFormed) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.octets, read_pieces) == row.found);
  }
}

TEST_CASE("smtp reply: a line that is no reply is an error, and the next line is read") {
  for (const ReplyRow& row : kMalformed) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.octets, read_pieces) == row.found);
  }
}

TEST_CASE("smtp reply: a code that changes between lines is an error, and the next reply is whole") {
  const std::array rows{
      ReplyRow{"in the last line", "250-a\r\n550 b\r\n220 c\r\n", ""},
      ReplyRow{"in the middle", "250-a\r\n251-b\r\n250 c\r\n220 c\r\n", ""},
      ReplyRow{"a line that is no reply inside", "250-a\r\nnonsense\r\n220 c\r\n", ""},
  };
  for (const ReplyRow& row : rows) {
    CAPTURE(row.name);
    const std::string found = test::feed_every_way(row.octets, read_pieces);
    CAPTURE(found);
    CHECK(found.find("error ") == 0);
    CHECK(found.find("250[a") == std::string::npos);
    CHECK(found.ends_with("220[c] "));
  }
}

TEST_CASE("smtp reply: the octets of a reply are kept as they came") {
  smtp::ReplyReader reader;
  reader.receive("250-a\n250 b\r\n354 go\r\n");
  const auto first = reader.next();
  REQUIRE(first.has_value());
  REQUIRE(first->has_value());
  CHECK((*first)->bytes == "250-a\n250 b\r\n");
  CHECK((*first)->bare_lf);
  const auto second = reader.next();
  REQUIRE(second.has_value());
  REQUIRE(second->has_value());
  CHECK((*second)->bytes == "354 go\r\n");
  CHECK_FALSE((*second)->bare_lf);
}

TEST_CASE("smtp reply: an endless line is an error and costs bounded memory") {
  smtp::ReplyReader reader;
  bool failed = false;
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    reader.receive(std::string(1000, 'a'));
    for (int turns = 0; turns < 10; ++turns) {
      const auto next = reader.next();
      if (next) {
        REQUIRE_FALSE(next->has_value());
        break;
      }
      failed = true;
    }
    most = std::max(most, reader.pending().size());
  }
  CHECK(failed);
  CHECK(most <= smtp::ReplyReader::kMaxReply + 1000);
}

TEST_CASE("smtp reply: an endless number of lines is an error and costs bounded memory") {
  smtp::ReplyReader reader;
  bool failed = false;
  std::size_t most = 0;
  for (int i = 0; i < 20000; ++i) {
    reader.receive("250-mail.example is very talkative today\r\n");
    for (int turns = 0; turns < 10; ++turns) {
      const auto next = reader.next();
      if (next) {
        REQUIRE_FALSE(next->has_value());
        break;
      }
      failed = true;
    }
    most = std::max(most, reader.pending().size());
  }
  CHECK(failed);
  CHECK(most <= smtp::ReplyReader::kMaxReply + 1000);
}

TEST_CASE("smtp reply: a reply over the limit is an error even when it comes in one piece") {
  smtp::ReplyReader reader;
  reader.receive("250 " + std::string(smtp::ReplyReader::kMaxReply, 'a') + "\r\n");
  CHECK_FALSE(reader.next().has_value());
  reader.receive("250 OK\r\n");
  const auto next = reader.next();
  REQUIRE(next.has_value());
  REQUIRE(next->has_value());
  CHECK(test::describe((*next)->reply) == "250[OK]");
}

TEST_CASE("smtp reply: a long reply within the limit is read") {
  const std::string text(2000, 'x');
  smtp::Reply reply{smtp::ReplyCode(250), std::vector<std::string>(20, text)};
  smtp::ReplyReader reader;
  reader.receive(smtp::serialise(reply));
  const auto next = reader.next();
  REQUIRE(next.has_value());
  REQUIRE(next->has_value());
  CHECK((*next)->reply == reply);
}

TEST_CASE("smtp reply: a reply code is three digits from 200 to 599") {
  struct Code {
    std::string text;
    int value;  // 0: no code
  };
  const std::array rows{Code{"200", 200}, Code{"250", 250}, Code{"354", 354}, Code{"421", 421}, Code{"599", 599},
                        Code{"299", 299}, Code{"199", 0},   Code{"600", 0},   Code{"000", 0},   Code{"25", 0},
                        Code{"2500", 0},  Code{"", 0},      Code{"2x0", 0},   Code{"x50", 0},   Code{" 25", 0},
                        Code{"25 ", 0},   Code{"+25", 0},   Code{"-50", 0}};
  for (const Code& row : rows) {
    CAPTURE(row.text);
    const auto code = smtp::ReplyCode::parse(row.text);
    CHECK(code.has_value() == (row.value != 0));
    if (code && row.value != 0) CHECK(code->value() == row.value);
  }
  CHECK(smtp::ReplyCode(250).is_positive());
  CHECK(smtp::ReplyCode(354).is_intermediate());
  CHECK(smtp::ReplyCode(421).is_negative());
  CHECK(smtp::ReplyCode(535).is_negative());
  CHECK_FALSE(smtp::ReplyCode(354).is_positive());
  CHECK_FALSE(smtp::ReplyCode(354).is_negative());
  CHECK_FALSE(smtp::ReplyCode(299).is_negative());
}

TEST_CASE("smtp reply: enhanced codes are those of RFC 3463") {
  struct Enhanced {
    std::string text;
    bool is_one;
    smtp::EnhancedCode code;
  };
  const std::array rows{
      Enhanced{"5.7.8 Error: authentication failed", true, {5, 7, 8}},
      Enhanced{"2.1.0 Ok", true, {2, 1, 0}},
      Enhanced{"4.4.2", true, {4, 4, 2}},
      Enhanced{"5.0.0 ", true, {5, 0, 0}},
      Enhanced{"5.999.999 the largest", true, {5, 999, 999}},
      Enhanced{"", false, {}},
      Enhanced{"OK", false, {}},
      Enhanced{"3.7.8 there is no class 3", false, {}},
      Enhanced{"1.0.0 nor 1", false, {}},
      Enhanced{"0.0.0", false, {}},
      Enhanced{"5.7 two numbers", false, {}},
      Enhanced{"5.7.", false, {}},
      Enhanced{"5..8 x", false, {}},
      Enhanced{".7.8 x", false, {}},
      Enhanced{"5.7.8x", false, {}},
      Enhanced{"5.7.8.9 an address", false, {}},
      Enhanced{"5.7.8-x", false, {}},
      Enhanced{"55.7.8 x", false, {}},
      Enhanced{"5.1000.1 four digits", false, {}},
      Enhanced{"5.1.1000 four digits", false, {}},
      Enhanced{"5.99999999999999999999.1 x", false, {}},
      Enhanced{" 5.7.8 x", false, {}},
      Enhanced{"5.-7.8 x", false, {}},
  };
  for (const Enhanced& row : rows) {
    CAPTURE(row.text);
    const auto code = smtp::EnhancedCode::parse(row.text);
    CHECK(code.has_value() == row.is_one);
    if (code && row.is_one) {
      CHECK(*code == row.code);
      CHECK(row.text.find(code->text()) == 0);
    }
  }
  CHECK(smtp::EnhancedCode{5, 7, 8}.text() == "5.7.8");
  CHECK((smtp::Reply{smtp::ReplyCode(550), {"5.1.1 no such user"}}.enhanced() == smtp::EnhancedCode{5, 1, 1}));
  CHECK_FALSE((smtp::Reply{smtp::ReplyCode(550), {"no such user"}}.enhanced().has_value()));
  CHECK_FALSE((smtp::Reply{smtp::ReplyCode(250), {""}}.enhanced().has_value()));
}

TEST_CASE("smtp reply: writing and reading are inverse") {
  const std::array rows{
      smtp::Reply{smtp::ReplyCode(250), {"OK"}},
      smtp::Reply{smtp::ReplyCode(250), {""}},
      smtp::Reply{smtp::ReplyCode(250), {"first", "second"}},
      smtp::Reply{smtp::ReplyCode(250), {"", ""}},
      smtp::Reply{smtp::ReplyCode(553), {"authentication is required,163 smtp11,AbC 1513669423"}},
      smtp::Reply{smtp::ReplyCode(334), {"VXNlcm5hbWU6"}},
      smtp::Reply{smtp::ReplyCode(550), {"5.1.1 a", "5.1.1 b", "5.1.1 c"}},
      smtp::Reply{smtp::ReplyCode(250), {" leading", "trailing "}},
      smtp::Reply{smtp::ReplyCode(535), {"密码错误"}},
  };
  for (const smtp::Reply& row : rows) {
    const std::string bytes = smtp::serialise(row);
    CAPTURE(bytes);
    CHECK(test::feed_every_way(bytes, read_pieces) == test::describe(row) + " ");
  }
  CHECK(smtp::serialise({smtp::ReplyCode(250), {"first", "last"}}) == "250-first\r\n250 last\r\n");
}

TEST_CASE("smtp reply: lines that carry their codes make one reply or an error") {
  struct Lines {
    std::string name;
    std::vector<std::string> lines;
    std::string reply;  // empty: an error
  };
  const std::array rows{
      Lines{"one", {"220 hello"}, "220[hello]"},
      Lines{"two", {"250-mail", "250 8BITMIME"}, "250[mail|8BITMIME]"},
      Lines{"a bare code", {"250"}, "250[]"},
      Lines{"none", {}, ""},
      Lines{"two replies", {"250 a", "250 b"}, ""},
      Lines{"an unfinished one", {"250-a"}, ""},
      Lines{"the code changes", {"250-a", "251 b"}, ""},
      Lines{"no code", {"hello"}, ""},
      Lines{"an empty line", {""}, ""},
      Lines{"no code in the second", {"250-a", "b"}, ""},
      Lines{"a line end inside would be two replies", {"250 a\r\n250 b"}, ""},
  };
  for (const Lines& row : rows) {
    CAPTURE(row.name);
    const auto reply = smtp::reply_from_lines(row.lines);
    CHECK((reply ? test::describe(*reply) : "") == row.reply);
  }
}

TEST_CASE("smtp reply: the octets that are no reply can be had after the error, and reading goes on") {
  smtp::ReplyReader reader;
  reader.receive("250-a\r\n550 b\r\n220 ok\r\n");
  CHECK_FALSE(reader.next().has_value());
  CHECK(reader.rejected() == "250-a\r\n550 b\r\n");
  const auto next = reader.next();
  REQUIRE(next.has_value());
  REQUIRE(next->has_value());
  CHECK((*next)->bytes == "220 ok\r\n");
}
