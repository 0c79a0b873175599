#include "protocol/answer.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("protocol: what an answer tells programs stands in front of its text") {
  struct Row {
    std::string line;
    std::string detail;
  };
  for (const Row& row : std::vector<Row>{{"5.7.8 wrong password", "5.7.8"},
                                         {"2.0.0", "2.0.0"},
                                         {"4.999.999 x", "4.999.999"},
                                         {"5.7.8x", ""},
                                         {"5.7.1000 x", ""},
                                         {"5..8 x", ""},
                                         {"5.7. x", ""},
                                         {"3.1.1 x", ""},
                                         {"57.8.1", ""},
                                         {"[AUTH] wrong password", "AUTH"},
                                         {"[SYS/TEMP] later", "SYS/TEMP"},
                                         {"[LOGIN-DELAY", ""},
                                         {"wrong [AUTH]", ""},
                                         {"", ""}}) {
    CAPTURE(row.line);
    const protocol::Answer answer{protocol::Outcome::kRefused, "535", {row.line}};
    CHECK(answer.detail() == row.detail);
  }
  CHECK(protocol::Answer().detail().empty());
}
