#include "imap/date_time.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/text.h"

namespace imap {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t kTimeSize = std::string_view("02:44:25 -0700").size();

constexpr sys_seconds kFirst = sys_days{std::chrono::year{1} / 1 / 1};
constexpr sys_seconds kLast = sys_days{std::chrono::year{10'000} / 1 / 1} - seconds{1};

// A number of exactly so many digits.
std::optional<int> number(std::string_view digits, std::size_t size) {
  if (digits.size() != size || !std::all_of(digits.begin(), digits.end(), core::is_digit)) return std::nullopt;
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::optional<unsigned> month_of(std::string_view name) {
  const auto* const found =
      std::find_if(kMonths.begin(), kMonths.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, name); });
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

std::string digits(long number, std::size_t size) {
  std::string text = std::to_string(number);
  return text.insert(0, size - std::min(size, text.size()), '0');
}

// time SP zone: 2DIGIT ":" 2DIGIT ":" 2DIGIT SP ("+" / "-") 4DIGIT
struct TimeOfDay {
  seconds local{0};
  minutes zone{0};
};

std::optional<TimeOfDay> parse_time(std::string_view text) {
  if (text.size() != kTimeSize || text[2] != ':' || text[5] != ':' || text[8] != ' ') return std::nullopt;
  if (text[9] != '+' && text[9] != '-') return std::nullopt;
  const auto hour = number(text.substr(0, 2), 2);
  const auto minute = number(text.substr(3, 2), 2);
  const auto second = number(text.substr(6, 2), 2);
  const auto zone_hours = number(text.substr(10, 2), 2);
  const auto zone_minutes = number(text.substr(12, 2), 2);
  if (!hour || !minute || !second || !zone_hours || !zone_minutes) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60 || *zone_hours > 23 || *zone_minutes > 59) return std::nullopt;
  const minutes zone{*zone_hours * 60 + *zone_minutes};
  return TimeOfDay{seconds{(*hour * 60 + *minute) * 60 + *second}, text[9] == '-' ? -zone : zone};
}

// date-text = date-day "-" date-month "-" date-year; it may be a day that there never was.
std::optional<year_month_day> read_date(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == 0 || dash > 2 || text.size() != dash + 9 || text[dash + 4] != '-') return std::nullopt;
  const auto day = number(text.substr(0, dash), dash);
  const auto month = month_of(text.substr(dash + 1, 3));
  const auto year = number(text.substr(dash + 5), 4);
  if (!day || !month || !year) return std::nullopt;
  return year_month_day{std::chrono::year{*year}, std::chrono::month{*month}, std::chrono::day{static_cast<unsigned>(*day)}};
}

}  // namespace

std::optional<year_month_day> parse_date(std::string_view text) {
  const auto date = read_date(text);
  return date && date->ok() && date->year() != std::chrono::year{0} ? date : std::nullopt;
}

bool is_date_text(std::string_view text) { return read_date(text).has_value(); }

std::string date_text(year_month_day day) {
  return std::to_string(static_cast<unsigned>(day.day())) + '-' + std::string(kMonths[static_cast<unsigned>(day.month()) - 1]) +
         '-' + digits(static_cast<int>(day.year()), 4);
}

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
std::optional<DateTime> parse_date_time(std::string_view text) {
  if (text.size() <= kTimeSize || text[text.size() - kTimeSize - 1] != ' ') return std::nullopt;
  const auto time = parse_time(text.substr(text.size() - kTimeSize));
  text.remove_suffix(kTimeSize + 1);
  if (text.starts_with(' ')) text.remove_prefix(1);
  const auto day = parse_date(text);
  if (!time || !day) return std::nullopt;
  const DateTime moment{sys_days{*day} + time->local - time->zone, time->zone};
  if (moment.at < kFirst || moment.at > kLast) return std::nullopt;
  return moment;
}

std::string date_time_text(const DateTime& moment) {
  const sys_seconds local = std::clamp(std::clamp(moment.at, kFirst, kLast) + moment.zone, kFirst, kLast);
  const sys_days day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss time{local - day};
  std::string text = date_text(day);
  if (text[1] == '-') text.insert(0, 1, ' ');
  text +=
      ' ' + digits(time.hours().count(), 2) + ':' + digits(time.minutes().count(), 2) + ':' + digits(time.seconds().count(), 2);
  const long zone = std::max(moment.zone, -moment.zone).count();
  return text + (moment.zone.count() < 0 ? " -" : " +") + digits(zone / 60, 2) + digits(zone % 60, 2);
}

}  // namespace imap
