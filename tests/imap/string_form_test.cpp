#include "imap/string_form.h"

#include <optional>
#include <string>

#include <doctest/doctest.h>

TEST_CASE("imap string: quoted where that can be, otherwise a literal") {
  struct Row {
    std::string text;
    std::string ascii;
    std::string utf8;
    std::string astring;
  };
  for (const Row& row : {
           Row{"", "\"\"", "\"\"", "\"\""},
           Row{"INBOX", "\"INBOX\"", "\"INBOX\"", "INBOX"},
           Row{"a b", "\"a b\"", "\"a b\"", "\"a b\""},
           Row{"a\"b\\", "\"a\\\"b\\\\\"", "\"a\\\"b\\\\\"", "\"a\\\"b\\\\\""},
           Row{"nil", "\"nil\"", "\"nil\"", "\"nil\""},
           Row{"%*", "\"%*\"", "\"%*\"", "\"%*\""},
           Row{"a]", "\"a]\"", "\"a]\"", "\"a]\""},
           Row{"a\tb", "\"a\tb\"", "\"a\tb\"", "\"a\tb\""},
           Row{"a\r\nb", "{4}\r\na\r\nb", "{4}\r\na\r\nb", "{4}\r\na\r\nb"},
           Row{"你", "{3}\r\n你", "\"你\"", "{3}\r\n你"},
           Row{"\xE4", "{1}\r\n\xE4", "{1}\r\n\xE4", "{1}\r\n\xE4"},
           Row{std::string("a\0b", 3),
               "{5}\r\na\xEF\xBF\xBD"
               "b",
               "{5}\r\na\xEF\xBF\xBD"
               "b",
               "{5}\r\na\xEF\xBF\xBD"
               "b"},
           Row{std::string(5000, 'a'), "{5000}\r\n" + std::string(5000, 'a'), "{5000}\r\n" + std::string(5000, 'a'),
               "{5000}\r\n" + std::string(5000, 'a')},
       }) {
    CAPTURE(row.text);
    std::string ascii;
    std::string utf8;
    std::string astring;
    imap::append_string(ascii, row.text);
    imap::append_string(utf8, row.text, imap::Quoted::kUtf8);
    imap::append_astring(astring, row.text);
    CHECK(ascii == row.ascii);
    CHECK(utf8 == row.utf8);
    CHECK(astring == row.astring);
  }
  std::string both;
  imap::append_nstring(both, std::nullopt);
  imap::append_nstring(both, "");
  CHECK(both == "NIL\"\"");
}
