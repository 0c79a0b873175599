#include "core/userinfo.h"

#include <string>

#include <doctest/doctest.h>

TEST_CASE("core userinfo: a password in the name of a server is masked") {
  struct Named {
    const char* text;
    const char* shown;
  };
  const Named rows[]{
      {"smtp.163.com", "smtp.163.com"},
      {"smtp.163.com:465", "smtp.163.com:465"},
      {"smtp://smtp.163.com:25", "smtp://smtp.163.com:25"},
      {"alice:S3cret@smtp.163.com", "alice:********@smtp.163.com"},
      {"smtp://alice:S3cret@smtp.163.com:25", "smtp://alice:********@smtp.163.com:25"},
      {"smtps://alice@163.com:S3:cr@t@smtp.163.com", "smtps://alice@163.com:********@smtp.163.com"},
      {"alice@163.com", "alice@163.com"},  // an address, no password in it
      {"alice:@host", "alice:@host"},
      {":S3cret@host", ":********@host"},
      {"@", "@"},
      {"", ""},
      {"a:\x1b[2J@h", "a:********@h"},
      {"\x1b[2J@h", "\\x1b[2J@h"},
  };
  for (const Named& row : rows) {
    CAPTURE(row.text);
    CHECK(core::show_server(row.text) == row.shown);
  }
}
