#include "mime/multipart.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using Parts = std::vector<std::string_view>;

TEST_CASE("mime multipart: a header goes up to the first empty line") {
  struct Row {
    std::string_view header;
    std::string_view body;
  };
  for (const Row& row : {Row{"A: b\r\n\r\n", "c\r\n\r\nd"}, Row{"A: b\n\n", "c"}, Row{"\r\n", "c"}, Row{"A: b\r\n \r\n", ""},
                         Row{"A: b", ""}, Row{"", ""}}) {
    const std::string entity = std::string(row.header) + std::string(row.body);
    CAPTURE(entity);
    CHECK(mime::header_of(entity) == row.header);
    CHECK(mime::body_of(entity) == row.body);
  }
}

TEST_CASE("mime multipart: parts lie between the delimiters") {
  struct Row {
    const char* name;
    std::string_view body;
    Parts parts;
  };
  for (const Row& row : {
           Row{"two", "before\r\n--b\r\none\r\n--b\r\ntwo\r\n\r\n--b--\r\nbehind\r\n--b\r\n", {"one", "two\r\n"}},
           Row{"LF", "--b\none\n--b\ntwo\n--b--\n", {"one", "two"}},
           Row{"padding", "--b \t\r\none\r\n--b-- ", {"one"}},
           Row{"empty ones", "--b\r\n--b\r\n\r\n--b--", {"", ""}},
           Row{"never closed", "--b\r\none\r\n", {"one\r\n"}},
           Row{"no delimiter", "one\r\n-- b\r\n--bb\r\n --b\r\n--b---\r\n--b --\r\n", {}},
           Row{"closed before it began", "--b--\r\n--b\r\none", {}},
           Row{"nothing", "", {}},
       }) {
    CAPTURE(row.name);
    CHECK(mime::body_parts(row.body, "b", 10) == row.parts);
  }
  CHECK(mime::body_parts("--b\n1\n--b\n2\n--b\n3\n--b--", "b", 2) == Parts{"1", "2"});
}
