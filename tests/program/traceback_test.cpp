#include "client/program/traceback.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

const std::string kPython = "Traceback (most recent call last):\n  File \"client.py\", line 9, in <module>\n    ";

TEST_CASE("traceback: the last report of an error, and what it means") {
  const auto knowledge = knowledge::Knowledge::embedded();
  REQUIRE(knowledge);
  struct Row {
    std::string said;
    std::string id;
    std::string words;
  };
  const std::vector<Row> rows{
      {"220 ready\n" + kPython + "sock.send('HELO')\nTypeError: a bytes-like object is required, not 'str'\n",
       "str-instead-of-bytes", "TypeError: a bytes-like object is required, not 'str'"},
      {kPython + "ssl.wrap_socket(s)\nAttributeError: module 'ssl' has no attribute 'wrap_socket'\n", "old-ssl-api",
       "AttributeError: module 'ssl' has no attribute 'wrap_socket'"},
      {"535 Error: authentication failed\nexiting\n", "", ""},  // the dialogue tells it
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.said);
    const auto stumble = program::read_traceback(row.said, *knowledge, scenario::Catalogue::embedded());
    CHECK(stumble.has_value() == !row.id.empty());
    if (!stumble) continue;
    CHECK(stumble->id == row.id);
    CHECK(stumble->words.find(row.words) != std::string::npos);
  }
}

TEST_CASE("traceback: where it begins") {
  CHECK(program::last_traceback("a\n" + kPython + "x\n") == kPython + "x\n");
  CHECK(program::last_traceback(kPython + "x\n" + kPython + "y\n") == kPython + "y\n");
  CHECK(program::last_traceback("  File \"client.py\", line 3\n    print 1\nSyntaxError: x\n").starts_with("  File"));
  CHECK(program::last_traceback("a\nException in thread \"main\" java.net.X\n\tat y\n").starts_with("Exception in thread"));
  CHECK(program::last_traceback("all is well").empty());
}

}  // namespace
