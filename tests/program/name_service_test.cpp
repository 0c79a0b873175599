#include "client/program/name_service.h"

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace std::string_literals;

TEST_CASE("name service: messages stand behind their lengths, however they come") {
  std::string received;
  CHECK(program::take_message(received).empty());
  const std::string sent = program::with_length("query") + program::with_length(std::string(300, 'x')) + "\0\x05ha"s;
  std::string whole;
  for (const char octet : sent) {
    received += octet;
    for (std::string message; !(message = program::take_message(received)).empty();) whole += message + "|";
  }
  CHECK(whole == "query|" + std::string(300, 'x') + "|");
  CHECK(received == "\0\x05ha"s);
  CHECK(program::with_length(std::string(300, 'x')).substr(0, 2) == "\x01\x2c");
}

}  // namespace
