#include "imap/message_tree.h"

#include <algorithm>
#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "imap/body_structure.h"

namespace {

imap::MessageTree parts_of(std::string_view message) {
  imap::TreeReader reader;
  reader.feed(message);
  return reader.finish();
}

std::string_view in(std::string_view message, imap::Extent extent) { return message.substr(extent.begin, extent.size()); }

}  // namespace

TEST_CASE("imap tree: parts begin and end at their octets") {
  const std::string message =
      "Content-Type: multipart/mixed; boundary=a\r\n\r\nbefore\r\n"
      "--a\r\n\r\none\r\n\r\n"
      "--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\ntwo\r\nlines\r\n"
      "--a--\r\nbehind\r\n";
  const imap::MessageTree tree = parts_of(message);
  REQUIRE(tree.parts.size() == 4);
  const imap::Part& whole = tree.parts[0];
  const imap::Part& first = tree.parts[1];
  const imap::Part& second = tree.parts[2];
  const imap::Part& inner = tree.parts[3];
  CHECK(tree.size() == message.size());
  CHECK(whole.kind == imap::Part::Kind::kMultipart);
  CHECK(whole.inner == std::vector<std::uint32_t>{1, 2});
  CHECK(in(message, whole.header) == "Content-Type: multipart/mixed; boundary=a\r\n\r\n");
  CHECK(whole.body.end == message.size());
  CHECK(whole.lines == 14);
  CHECK(in(message, first.header) == "\r\n");
  CHECK(in(message, first.body) == "one\r\n");
  CHECK(first.lines == 1);
  CHECK(second.kind == imap::Part::Kind::kMessage);
  CHECK(in(message, second.header) == "Content-Type: message/rfc822\r\n\r\n");
  CHECK(in(message, second.body) == "Subject: in\r\n\r\ntwo\r\nlines");
  CHECK(second.lines == 3);
  CHECK(inner.outer == 2);
  CHECK(in(message, inner.header) == "Subject: in\r\n\r\n");
  CHECK(in(message, inner.body) == "two\r\nlines");
  CHECK(inner.fields.find(imap::Field::kSubject) == "in");
}

TEST_CASE("imap tree: what lies too deep is not looked into") {
  std::string message;
  for (int depth = 0; depth < 300; ++depth) message += "Content-Type: message/rfc822\r\n\r\n";
  const imap::MessageTree tree = parts_of(message + "Subject: deep\r\n\r\n");
  CHECK(tree.parts.size() == imap::TreeReader::kDeepest + 1);
  std::string structure;
  imap::append_body_structure(structure, tree, imap::Extension::kWith);
  CHECK(structure.find("\"application\" \"octet-stream\"") != std::string::npos);
}

TEST_CASE("imap tree: parts beyond a number are text") {
  std::string message = "Content-Type: multipart/mixed; boundary=a\r\n\r\n";
  for (int part = 0; part < 20'000; ++part) message += "--a\r\n\r\n";
  CHECK(parts_of(message).parts.size() == imap::TreeReader::kMostParts);
}

TEST_CASE("imap tree: fields are kept up to a size, whatever the header") {
  std::string message;
  for (int line = 0; line < 100; ++line) message += "To: " + std::string(20'000, 'a') + "\r\n";
  const imap::MessageTree tree = parts_of(message + "\r\nbody");
  const auto addresses = tree.parts.front().fields.find(imap::Field::kTo);
  REQUIRE(addresses);
  CHECK(addresses->size() > imap::TreeReader::kMostKept / 2);
  CHECK(addresses->size() < imap::TreeReader::kMostKept + 1000);
  CHECK(tree.parts.front().body.size() == 4);
}

TEST_CASE("imap tree: a line without an end is not kept") {
  imap::TreeReader reader;
  reader.feed("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n");
  for (int piece = 0; piece < 1000; ++piece) reader.feed(std::string(1000, 'x'));
  reader.feed("\r");
  reader.feed("\n--a--\r\n");
  const imap::MessageTree tree = reader.finish();
  REQUIRE(tree.parts.size() == 2);
  CHECK(tree.parts[1].body.size() == 1'000'000);
}

TEST_CASE("imap tree: many open multiparts and many dashes take no time") {
  std::string message;
  for (int depth = 0; depth < 99; ++depth) {
    const std::string boundary = "boundary-of-" + std::to_string(depth);
    message += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  message += "\r\n";
  for (int line = 0; line < 100'000; ++line) message += "--boundary-of\r\n";
  const auto begin = std::chrono::steady_clock::now();
  CHECK(parts_of(message).parts.size() == 100);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}
