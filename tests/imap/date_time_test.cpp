#include "imap/date_time.h"

#include <string>

#include <doctest/doctest.h>

using imap::DateTime;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST_CASE("imap date: moments are written and read") {
  struct Row {
    const char* name;
    std::string text;
    std::int64_t at;
    int zone;
  };
  for (const Row& row : {
           Row{"the RFC's own", "17-Jul-1996 02:44:25 -0700", 837596665, -420},
           Row{"day of one digit", " 1-Jan-1970 00:00:00 +0000", 0, 0},
           Row{"half an hour", "31-Dec-2025 23:59:59 +0530", 1767205799, 330},
           Row{"before 1970", "31-Dec-1969 23:59:59 +0000", -1, 0},
           Row{"a leap day", "29-Feb-2024 12:00:00 +0800", 1709179200, 480},
           Row{"after 2038", "19-Jan-2038 03:14:08 +0000", 2147483648, 0},
           Row{"the zone leads to another day", " 1-Mar-2024 00:30:00 +0100", 1709249400, 60},
       }) {
    CAPTURE(row.name);
    const DateTime moment{sys_seconds{seconds{row.at}}, minutes{row.zone}};
    CHECK(imap::date_time_text(moment) == row.text);
    const auto read = imap::parse_date_time(row.text);
    REQUIRE(read);
    CHECK(*read == moment);
  }
}

TEST_CASE("imap date: what is written in another way is the same moment") {
  for (const char* const text : {"1-jan-1970 00:00:00 +0000", "01-JAN-1970 00:00:00 -0000", " 01-Jan-1970 00:00:00 +0000",
                                 "31-Dec-1969 23:59:60 +0000", " 1-Jan-1970 08:00:00 +0800"}) {
    CAPTURE(text);
    const auto read = imap::parse_date_time(text);
    REQUIRE(read);
    CHECK(read->at == sys_seconds{});
  }
}

TEST_CASE("imap date: what is no moment is none") {
  for (const char* const text : {"",
                                 " ",
                                 "1-Jan-1970",
                                 "1-Jan-1970 00:00:00",
                                 "1-Jan-1970 00:00:00 0000",
                                 "1-Jan-1970 00:00:00 +000",
                                 "1-Jan-1970 00:00:00  +0000",
                                 "1-Jan-1970 24:00:00 +0000",
                                 "1-Jan-1970 00:60:00 +0000",
                                 "1-Jan-1970 00:00:61 +0000",
                                 "1-Jan-1970 00:00:00 +2400",
                                 "1-Jan-1970 00:00:00 +0060",
                                 "30-Feb-1970 00:00:00 +0000",
                                 "0-Jan-1970 00:00:00 +0000",
                                 "32-Jan-1970 00:00:00 +0000",
                                 "1-Jaz-1970 00:00:00 +0000",
                                 "1-Jan-70 00:00:00 +0000",
                                 "1-Jan-0000 00:00:00 +0000",
                                 "1 Jan 1970 00:00:00 +0000",
                                 "1-Jan-1970 0:00:00 +0000",
                                 "\"1-Jan-1970 00:00:00 +0000\"",
                                 "1-Jan-0001 00:00:00 +0001",
                                 "31-Dec-9999 23:59:59 -0001",
                                 "  1-Jan-1970 00:00:00 +0000",
                                 "1-Jan-1970 -1:00:00 +0000"}) {
    CAPTURE(text);
    CHECK_FALSE(imap::parse_date_time(text));
  }
}

TEST_CASE("imap date: moments beyond the calendar are written as its ends") {
  CHECK(imap::date_time_text({sys_seconds{seconds{1LL << 60}}, minutes{60}}) == "31-Dec-9999 23:59:59 +0100");
  CHECK(imap::date_time_text({sys_seconds{seconds{-(1LL << 60)}}, minutes{-60}}) == " 1-Jan-0001 00:00:00 -0100");
}

TEST_CASE("imap date: days") {
  using std::chrono::year;
  CHECK(imap::parse_date("1-Feb-1994") == year{1994} / 2 / 1);
  CHECK(imap::parse_date("01-feb-1994") == year{1994} / 2 / 1);
  CHECK(imap::parse_date("29-Feb-2000") == year{2000} / 2 / 29);
  CHECK(imap::date_text(year{1994} / 2 / 1) == "1-Feb-1994");
  CHECK(imap::date_text(year{33} / 12 / 24) == "24-Dec-0033");
  for (const char* const text :
       {"", "-", "1-Feb", "1-Feb-94", "29-Feb-1900", "100-Feb-1994", "1-Feb-19945", "a-Feb-1994", "-Feb-1994"}) {
    CAPTURE(text);
    CHECK_FALSE(imap::parse_date(text));
  }
}
