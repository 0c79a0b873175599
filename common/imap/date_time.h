// Dates as IMAP writes them (RFC 9051 §9: date-time, date).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace imap {

struct DateTime {
  std::chrono::sys_seconds at;   // the moment, whatever the zone
  std::chrono::minutes zone{0};  // east of Greenwich
  bool operator==(const DateTime&) const = default;
};

// date-time without its quotes: "17-Jul-1996 02:44:25 -0700", " 7-Jul-1996 …". Months in any letter case, a day without the
// space before it, and a leap second as the next second; nothing for what is no moment, or lies beyond the years 1 to 9999.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view text);
// The inverse, for the years that parse_date_time knows; the zone is less than a day. Others are written as the nearest of
// them.
[[nodiscard]] std::string date_time_text(const DateTime& moment);

// date without quotes: "1-Feb-1994", also with the day in two digits. Nothing for what is no day.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
// Whether it fits that grammar, which 31-Feb-2026 does as well.
[[nodiscard]] bool is_date_text(std::string_view text);
// REQUIRES: day.ok().
[[nodiscard]] std::string date_text(std::chrono::year_month_day day);

}  // namespace imap
