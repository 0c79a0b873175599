#include "protocol/answer.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("protocol: what an answer tells programs stands in front of its text") {
  struct Row {
    std::string code;
    std::string line;
    std::string detail;
  };
  for (const Row& row : std::vector<Row>{{"535", "5.7.8 wrong password", "5.7.8"},
                                         {"250", "2.0.0", "2.0.0"},
                                         {"450", "4.999.999 x", "4.999.999"},
                                         {"", "5.7.8 by itself", "5.7.8"},
                                         {"535", "2.0.0 another class", ""},
                                         {"-ERR", "5.7.8 without a class", ""},
                                         {"535", "5.7.8x", ""},
                                         {"535", "5.7.1000 x", ""},
                                         {"535", "5..8 x", ""},
                                         {"535", "5.7. x", ""},
                                         {"354", "3.1.1 x", ""},
                                         {"535", "57.8.1", ""},
                                         {"-ERR", "[AUTH] wrong password", "AUTH"},
                                         {"-ERR", "[SYS/TEMP] later", "SYS/TEMP"},
                                         {"-ERR", "[LOGIN-DELAY", ""},
                                         {"-ERR", "wrong [AUTH]", ""},
                                         {"535", "", ""}}) {
    CAPTURE(row.code);
    CAPTURE(row.line);
    const protocol::Answer answer{protocol::Outcome::kRefused, row.code, {row.line}};
    CHECK(answer.detail() == row.detail);
  }
  CHECK(protocol::Answer().detail().empty());
}
