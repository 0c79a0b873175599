// Dates as RFC 5322 has them, and as programs print them.
#include "findings/date.h"

#include <string>

#include <doctest/doctest.h>

TEST_CASE("findings: what is a date of a header, and what is none") {
  struct Row {
    std::string value;
    bool is_date;
  };
  const Row rows[] = {
      {" Sat, 28 Nov 2026 09:30:00 +0800\r\n", true},
      {"28 Nov 2026 09:30 GMT", true},
      {"Sat, 28 Nov 26 09:30:00 EST (a comment)", true},
      {"Sat, 28 Nov 2026\r\n 09:30:00 -0000", true},
      {"Sat Nov 28 09:30:00 2026", false},
      {"2026-11-28 09:30:00", false},
      {"Sat, 28 Nov 2026 09:30:00", false},
      {"Sat, 28 November 2026 09:30:00 +0800", false},
      {"Sat, 32 Nov 2026 09:30:00 +0800", false},
      {"Sat, 28 Nov 2026 24:30:00 +0800", false},
      {"Sat, 28 Nov 2026 09:30:00 +08:00", false},
      {"2026年11月28日 09:30", false},
      {"", false},
      {"((((", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(findings::is_date_time(row.value) == row.is_date);
  }
}
