#include "client/stepper/mistakes.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "smtp/door.h"

using client::Word;

namespace {

stepper::Proposal line(std::string text) {
  stepper::Proposal proposal;
  proposal.text = std::move(text);
  return proposal;
}

stepper::Proposal message(std::string text) {
  stepper::Proposal proposal = line(std::move(text));
  proposal.form = stepper::Form::kMessage;
  return proposal;
}

stepper::Proposal chunk(std::string text) {
  stepper::Proposal proposal = line(std::move(text));
  proposal.form = stepper::Form::kChunk;
  return proposal;
}

struct Made {
  Word label;
  std::string bytes;
};

}  // namespace

TEST_CASE("mistakes: those that make sense for a line, and the octets they make of it") {
  struct Row {
    std::string name;
    stepper::Proposal proposal;
    protocol::Mode mode;
    std::vector<Made> made;
  };
  const std::vector<Row> rows{
      {"a command with an address",
       line("MAIL FROM:<a@b.c>"),
       protocol::Mode::kCommand,
       {{Word::kMistakeNoCrlf, "MAIL FROM:<a@b.c>"},
        {Word::kMistakeLfOnly, "MAIL FROM:<a@b.c>\n"},
        {Word::kMistakeLiteral, "MAIL FROM:<a@b.c>\\r\\n"},
        {Word::kMistakeNoColon, "MAIL FROM <a@b.c>\r\n"},
        {Word::kMistakeNoBrackets, "MAIL FROM:a@b.c\r\n"},
        {Word::kMistakeMisspelt, "MIAL FROM:<a@b.c>\r\n"}}},
      {"a command without one",
       line("DATA"),
       protocol::Mode::kCommand,
       {{Word::kMistakeNoCrlf, "DATA"},
        {Word::kMistakeLfOnly, "DATA\n"},
        {Word::kMistakeLiteral, "DATA\\r\\n"},
        {Word::kMistakeMisspelt, "DTAA\r\n"}}},
      {"a command that stays the same when misspelt",
       line("NOOP"),
       protocol::Mode::kCommand,
       {{Word::kMistakeNoCrlf, "NOOP"}, {Word::kMistakeLfOnly, "NOOP\n"}, {Word::kMistakeLiteral, "NOOP\\r\\n"}}},
      {"a response",
       line("YWxpY2U="),
       protocol::Mode::kLogin,
       {{Word::kMistakeNoCrlf, "YWxpY2U="},
        {Word::kMistakeLfOnly, "YWxpY2U=\n"},
        {Word::kMistakeLiteral, "YWxpY2U=\\r\\n"},
        {Word::kMistakeNotBase64, "alice\r\n"},
        {Word::kMistakeNewline, "YWxpY2UK\r\n"},
        {Word::kMistakePython, "b'YWxpY2U='\r\n"}}},
      {"the response of PLAIN is not sent in clear: it holds NULs",
       line("AGEAYg=="),
       protocol::Mode::kLogin,
       {{Word::kMistakeNoCrlf, "AGEAYg=="},
        {Word::kMistakeLfOnly, "AGEAYg==\n"},
        {Word::kMistakeLiteral, "AGEAYg==\\r\\n"},
        {Word::kMistakeNewline, core::base64_encode(std::string("\0a\0b\n", 5)) + "\r\n"},
        {Word::kMistakePython, "b'AGEAYg=='\r\n"}}},
      {"what is no base64",
       line("*"),
       protocol::Mode::kLogin,
       {{Word::kMistakeNoCrlf, "*"}, {Word::kMistakeLfOnly, "*\n"}, {Word::kMistakeLiteral, "*\\r\\n"}}},
      {"the final dot", line("."), protocol::Mode::kContent, {{Word::kMistakeDotLf, ".\n"}}},
      {"a message with a dot",
       message("a\n.b\n"),
       protocol::Mode::kContent,
       {{Word::kMistakeNotStuffed, "a\r\n.b\r\n"}, {Word::kMistakeLfOnly, "a\n.b\n"}}},
      {"a message without one gets one",
       message("s: x\n\nb\n"),
       protocol::Mode::kContent,
       {{Word::kMistakeNotStuffed, "s: x\r\n\r\n.a line that starts with a dot\r\nb\r\n"},
        {Word::kMistakeLfOnly, "s: x\n\nb\n"}}},
      {"STARTTLS",
       line("STARTTLS"),
       protocol::Mode::kCommand,
       {{Word::kMistakeNoCrlf, "STARTTLS"},
        {Word::kMistakeLfOnly, "STARTTLS\n"},
        {Word::kMistakeLiteral, "STARTTLS\\r\\n"},
        {Word::kMistakeBehindStarttls, "STARTTLS\r\nEHLO client.example\r\n"},
        {Word::kMistakeMisspelt, "SATRTTLS\r\n"}}},
      {"a chunk",
       chunk("a: b\n\nc"),
       protocol::Mode::kCommand,
       {{Word::kMistakeChunkLong, "BDAT 12 LAST\r\na: b\r\n\r\nc\r\n"},
        {Word::kMistakeChunkDot, "BDAT 11 LAST\r\na: b\r\n\r\nc\r\n.\r\n"}}},
      {"the mere end of a line", line(""), protocol::Mode::kCommand, {{Word::kMistakeLfOnly, "\n"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::vector<stepper::Mistake> mistakes = stepper::mistakes_for(row.proposal, smtp::door(), row.mode);
    REQUIRE(mistakes.size() == row.made.size());
    for (std::size_t i = 0; i < mistakes.size(); ++i) {
      CAPTURE(i);
      CHECK(mistakes[i].label == row.made[i].label);
      CHECK(mistakes[i].bytes == row.made[i].bytes);
      CHECK(mistakes[i].bytes != row.proposal.octets(smtp::door()));
    }
  }
}
