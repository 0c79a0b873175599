#include "dialogue/known_secrets.h"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "dialogue/json_lines.h"
#include "dialogue/log.h"
#include "dialogue/text_lines.h"
#include "smtp/credentials.h"
#include "smtp/door.h"
#include "smtp/neutral.h"

namespace {

using dialogue::Event;
using dialogue::Kind;

const std::string kPassword = "Tr0ub4dor&3";
const std::string kBase64 = core::base64_encode(kPassword);
const std::string kPlain = core::base64_encode(std::string("\0alice\0", 7) + kPassword);

Event said(const std::string& line) {
  const smtp::StreamLimits limits;
  smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
  stream.receive(line);
  const auto one = stream.next();
  return dialogue::from_said(smtp::neutral(*one), core::in_one_piece(line.substr(0, one->octets), {}));
}

Event replied(const std::string& line) {
  smtp::ReplyReader reader;
  reader.receive(line);
  return dialogue::from_answer(smtp::neutral((*reader.next())->reply), line, smtp::Input::kUnknown, {});
}

Event noted(const std::string& text) {
  Event event;
  event.note = text;
  return event;
}

// What both sinks write of these events, in a dialogue that begins with the first.
std::string written(std::initializer_list<Event> events) {
  dialogue::Log log(smtp::door());
  for (const Event& event : events) log.append(event);
  std::string out;
  for (const Event& event : log.events()) {
    for (const std::string& line : dialogue::text_lines(event)) out += line + "\n";
    out += dialogue::json_line(event);
  }
  return out;
}

bool tells(const std::string& text) {
  return text.find(kPassword) != std::string::npos || text.find(kBase64) != std::string::npos ||
         text.find(kPlain.substr(12)) != std::string::npos;
}

TEST_CASE("dialogue secrets: what a client hid stays hidden where the server, a note or the client repeats it") {
  const Event auth = said("AUTH PLAIN " + kPlain + "\r\n");
  const std::array<Event, 9> rows{
      replied("500 5.5.1 Command unrecognized: \"AUTH PLAIN " + kPlain + "\"\r\n"),
      replied("500 what is " + kPlain + "?\r\n"),
      replied("500 what is " + kPlain.substr(0, 30) + "...\r\n"),
      replied("535-the password\r\n535 " + kPassword + " is wrong\r\n"),
      replied("535 " + kBase64 + "\r\n"),
      noted("in the middle of a reply, 500 AUTH PLAIN " + kPlain),
      said("NOOP " + kPassword + "\r\n"),
      said("PASS " + kPassword + "\r\n"),
      said("AUTH LOGIN " + kBase64 + "\r\n"),
  };
  for (const Event& row : rows) {
    CAPTURE(row.bytes);
    const std::string out = written({auth, row});
    CHECK_MESSAGE(!tells(out), out);
    CHECK(out.find("********") != std::string::npos);
  }
}

TEST_CASE("dialogue secrets: a reply that repeats an AUTH is hidden although nobody has heard of it") {
  CHECK_FALSE(tells(written({replied("501 <AUTH PLAIN " + kPlain + "> what?\r\n")})));
}

TEST_CASE("dialogue secrets: a login in the middle of a message is hidden") {
  Event message;
  message.kind = Kind::kClient;
  message.input = smtp::Input::kMessage;
  message.bytes = "Hello\r\nAUTH LOGIN\r\nYWxpY2U=\r\n" + kBase64 + "\r\nQUIT\r\nBye\r\n.\r\n";
  const std::string out = written({message});
  CHECK_FALSE(tells(out));
  CHECK(out.find("Bye") != std::string::npos);
}

TEST_CASE("dialogue secrets: a password in what nobody took for a login is known from there on") {
  Event unread;
  unread.kind = Kind::kClient;
  unread.bytes = "AUTH PLAIN " + kPlain + "\r\nVRFY " + kPassword + "\r\nNOOP " + kBase64 + "\r\nNOOP\r\n";
  unread.secrets = smtp::secrets_in_lines(unread.bytes, false);
  const std::string out = written({unread});
  CHECK_FALSE(tells(out));
  CHECK(out.find("VRFY ********") != std::string::npos);
  CHECK_FALSE(tells(written({said("AUTHPLAIN " + kPlain + "\r\n"), said("VRFY " + kPassword + "\r\n")})));
}

TEST_CASE("dialogue secrets: a password that is known before is hidden the first time") {
  dialogue::Log log(smtp::door());
  log.learn(kPassword);
  CHECK(dialogue::text_lines(log.append(said("VRFY " + kPassword + "\r\n"))).front() == "C: VRFY ********");
  CHECK(dialogue::text_lines(log.append(said("VRFY " + kBase64 + "\r\n"))).front() == "C: VRFY ********");
}

TEST_CASE("dialogue secrets: other words are left alone") {
  const Event auth = said("AUTH PLAIN " + core::base64_encode(std::string("\0alice\0password", 15)) + "\r\n");
  CHECK(written({auth, replied("535 user or password wrong\r\n")}).find("S: 535 user or password wrong") != std::string::npos);
  CHECK(written({auth, said("MAIL FROM:<alice@a.example>\r\n")}).find("<alice@a.example>") != std::string::npos);
  const Event shorter = said("AUTH PLAIN " + core::base64_encode(std::string("\0alice\0b0b1", 11)) + "\r\n");
  CHECK(written({shorter, said("MAIL FROM:<b0b1x@a.example>\r\n")}).find("<b0b1x@a.example>") != std::string::npos);
  CHECK(written({shorter, replied("535 b0b1 is wrong\r\n")}).find("535 ********") != std::string::npos);
}

TEST_CASE("dialogue secrets: only so many are kept") {
  dialogue::Log log(smtp::door());
  for (std::size_t i = 0; i < 2 * dialogue::KnownSecrets::kMost; ++i) log.learn("guess-" + std::to_string(1000 + i));
  CHECK(dialogue::text_lines(log.append(said("NOOP guess-1000\r\n"))).front() == "C: NOOP guess-1000");
  CHECK(dialogue::text_lines(log.append(said("NOOP guess-1047\r\n"))).front() == "C: NOOP ********");
}

}  // namespace
