#include "client/program/names.h"

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace std::string_literals;

// A query of RFC 1035 §4: number 7, recursion desired, one question of class IN.
std::string query(const std::vector<std::string>& labels, char type) {
  std::string octets = "\0\7\1\0\0\1\0\0\0\0\0\0"s;
  for (const std::string& label : labels) octets += std::string(1, static_cast<char>(label.size())) + label;
  return octets + "\0\0"s + type + "\0\1"s;
}

TEST_CASE("closed network: its name server") {
  struct Question {
    std::string name;
    std::vector<std::string> labels;
    char type;
    char answers;
    std::string end;
  };
  const std::vector<Question> rows{
      {"an address", {"smtp", "163", "com"}, 1, 1, "\0\4\x7f\1\2\3"s},
      {"in capital letters", {"SMTP", "163", "COM"}, 1, 1, "\0\4\x7f\1\2\3"s},
      {"no IPv6, which is no error", {"smtp", "163", "com"}, 28, 0, "\0\1"s},
      {"nobody over IPv6 either", {"mail", "school", "example"}, 28, 0, "\0\1"s},
      {"a mail exchanger", {"163", "com"}, 15, 1, "\4smtp\xc0\x0c"s},
      {"a domain of mail has no address", {"163", "com"}, 1, 0, "\0\1"s},
      {"nobody", {"mail", "school", "example"}, 1, 1, "\0\4\x7f\0\0\1"s},
      {"no exchanger of nobody", {"school", "example"}, 15, 0, "\0\1"s},
  };
  program::Names names({{"smtp.163.com", "127.1.2.3"}}, {{"163.com", "smtp.163.com"}}, "127.0.0.1");
  for (const Question& row : rows) {
    CAPTURE(row.name);
    const auto answer = names.answer(query(row.labels, row.type));
    REQUIRE(answer);
    CHECK(answer->substr(0, 2) == "\0\7"s);
    CHECK((*answer)[3] == '\x80');  // recursion available, no error
    CHECK((*answer)[7] == row.answers);
    CHECK(answer->ends_with(row.end));
  }
  CHECK(names.strangers() == std::set<std::string>{"mail.school.example"});
}

TEST_CASE("closed network: what is no query has no answer") {
  program::Names names({}, {}, "127.0.0.1");
  const std::string whole = query({"a", "b"}, 1);
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(names.answer(whole.substr(0, size)));
  std::string reply = whole;
  reply[2] = '\x81';
  CHECK_FALSE(names.answer(reply));
  CHECK(names.answer(whole));
}

}  // namespace
