#include "mime/media_type.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("mime type: it goes by the end of the name, and text has to be UTF-8 to be called text") {
  struct Row {
    std::string file;
    std::string octets;
    std::string type;
  };
  const std::vector<Row> rows{
      {"a.png", "", "image/png"},
      {"A.JPG", "", "image/jpeg"},
      {"report.tar.gz", "", "application/gzip"},
      {"notes.txt", "plain", "text/plain; charset=utf-8"},
      {"notes.txt", "中文", "text/plain; charset=utf-8"},
      {"notes.txt", "\xC4\xE3\xBA\xC3", "application/octet-stream"},  // GBK
      {"mail.eml", "", "application/octet-stream"},
      {"Makefile", "", "application/octet-stream"},
      {"png", "", "application/octet-stream"},
      {".png", "", "image/png"},
      {"a.", "", "application/octet-stream"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    CHECK(mime::guess_type(row.file, row.octets) == row.type);
  }
}
