#include "client/labs/meant_parts.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "mime/content.h"

namespace {

struct Written {
  std::string what;
  std::string boundary;  // as the header has it
  std::string delimiter;
  std::string last;
  std::size_t enclosed = 1;
};

std::string message_of(const Written& one) {
  return "Subject: a\r\nContent-Type: multipart/mixed; boundary=" + one.boundary + "\r\n\r\n" + one.delimiter +
         "\r\nContent-Type: text/plain\r\n\r\nLook\r\n-- \r\nAlice\r\n" + one.delimiter +
         "\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n" + one.last + "\r\n";
}

}  // namespace

TEST_CASE("labs: parts are counted as they were meant") {
  const std::vector<Written> all{
      {"as it has to be", "\"b\"", "--b", "--b--"},
      {"dashes in the header only", "\"--b\"", "--b", "--b--"},
      {"no dashes at all", "b; charset=us-ascii", "b", "b--"},
      {"another word", "b", "--c", "--c--"},
      {"nothing that divides", "b", "c", "c", 0},
      {"no boundary", "", "--b", "--b--", 0},
  };
  for (const Written& one : all) {
    CAPTURE(one.what);
    const std::string meant = lab::with_meant_boundary(message_of(one));
    CHECK(mime::read_content(meant).enclosed.size() == one.enclosed);
  }
}

TEST_CASE("labs: any other message is as it was") {
  for (const std::string message :
       {"", "Subject: a\r\n\r\n--b\r\n", "no header", "Content-Type: text/plain; boundary=\r\n\r\n--"}) {
    CHECK(lab::with_meant_boundary(message) == message);
  }
}
