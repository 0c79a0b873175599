#include "client/labs/times.h"

#include <array>
#include <charconv>
#include <cmath>

#include "client/labs/held.h"
#include "core/text.h"

namespace lab {
namespace {

struct Unit {
  std::string_view name;
  double nanoseconds;
};

// A longer name stands before one that it begins with.
constexpr std::array kUnits{
    Unit{"milliseconds", 1e6}, Unit{"millisecond", 1e6}, Unit{"microseconds", 1e3},
    Unit{"microsecond", 1e3},  Unit{"nanoseconds", 1.0}, Unit{"nanosecond", 1.0},
    Unit{"seconds", 1e9},      Unit{"second", 1e9},      Unit{"secs", 1e9},
    Unit{"sec", 1e9},          Unit{"ms", 1e6},          Unit{"us", 1e3},
    Unit{"µs", 1e3},           Unit{"ns", 1.0},          Unit{"s", 1e9},
    Unit{"毫秒", 1e6},         Unit{"微秒", 1e3},        Unit{"秒", 1e9},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The unit at the beginning; null: there is none.
const Unit* unit_at(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (!core::starts_with_ignoring_case(text, unit.name)) continue;
    const std::string_view rest = text.substr(unit.name.size());
    if (rest.empty() || !is_letter(rest.front())) return &unit;
  }
  return nullptr;
}

// A number at the beginning, and what stands behind it.
struct Number {
  double value = 0;
  bool has_dot = false;
  std::string_view rest;
};

std::optional<Number> number_at(std::string_view text) {
  Number number{0, false, {}};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(number.value) || number.value > 1e6) return std::nullopt;
  const auto length = static_cast<std::size_t>(end - text.data());
  number.has_dot = text.substr(0, length).find('.') != std::string_view::npos;
  number.rest = text.substr(length);
  if (number.rest.starts_with('.')) return std::nullopt;  // an address, a version
  return number;
}

std::optional<std::chrono::nanoseconds> time_of(const Number& number, bool may_lack_unit) {
  std::string_view rest = number.rest;
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const Unit* const unit = unit_at(rest);
  if (unit == nullptr && !(may_lack_unit && number.has_dot)) return std::nullopt;
  return std::chrono::nanoseconds(static_cast<std::int64_t>(number.value * (unit == nullptr ? 1e9 : unit->nanoseconds)));
}

}  // namespace

std::optional<std::chrono::nanoseconds> parse_time(std::string_view text) {
  const auto number = number_at(text);
  return number ? time_of(*number, false) : std::nullopt;
}

std::vector<std::chrono::nanoseconds> times_in(std::string_view text) {
  std::vector<std::chrono::nanoseconds> times;
  bool is_inside = false;  // of a word or a number
  while (!text.empty()) {
    const bool begins = is_digit(text.front()) && !is_inside;
    const auto number = begins ? number_at(text) : std::nullopt;
    if (number) {
      if (const auto time = time_of(*number, true)) times.push_back(*time);
    }
    is_inside = is_digit(text.front()) || is_letter(text.front()) || text.front() == '.';
    if (number) is_inside = false;
    text = number ? number->rest : text.substr(1);
  }
  return times;
}

Held look_times(const Values& values, const Evidence& evidence) {
  std::size_t commands = 0;
  for (const program::Visit& visit : evidence.visits) {
    for (const dialogue::Event& event : visit.events) {
      if (event.kind == dialogue::Kind::kClient && event.input && !event.input->verb().empty()) ++commands;
    }
  }
  const auto times = times_in(evidence.printed);
  if (times.size() < commands)
    return no(
        core::phrase("it printed {0} times for {1} commands", "{1} 条命令，它只输出了 {0} 个时间", {times.size(), commands}));
  for (const auto time : times) {
    if (time >= *parse_time(values.front())) return yes();
  }
  return no(core::phrase("none of the times that it printed is as long as the server took: {0}",
                         "它输出的时间没有一个达到服务器所用的时间：{0}", {values.front()}));
}

}  // namespace lab
