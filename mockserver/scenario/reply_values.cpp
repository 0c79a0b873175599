#include "mockserver/scenario/reply_values.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <variant>

#include "mockserver/scenario/template_scanner.h"
#include "protocol/protocol.h"

namespace scenario {
namespace {

std::string safe(std::string_view value) {
  std::string out(value.substr(0, kLongestValue));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, '?');
  return out;
}

std::string two_digits(unsigned value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

// The same for the whole of one message, another for the next: a hash (FNV-1a) of the session's id and the message's number.
std::string queue_id(const Values& connection, std::size_t messages) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::uint64_t hash = 14695981039346656037U + messages;
  const auto id = connection.find("id");
  for (const char c : id == connection.end() ? std::string_view() : std::string_view(id->second)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  std::string out;
  for (int i = 0; i < 10; ++i, hash >>= 4U) out += kDigits[(hash * 1099511628211U >> 60U) & 15U];
  return out;
}

// What stands for it in a reply. Placeholders are texts and numbers.
std::string filled_with(const protocol::FactValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) return *text;
  const auto* const number = std::get_if<std::size_t>(&value);
  return number == nullptr ? std::string() : std::to_string(*number);
}

std::size_t count_of(const protocol::FactValue& value) {
  const auto* const texts = std::get_if<std::vector<std::string>>(&value);
  return texts == nullptr ? 0 : texts->size();
}

// What follows from the session, the scenario and the clock; nothing when only the connection could know.
std::optional<std::string> session_value(std::string_view name, const Moment& moment) {
  const auto rows = moment.scenario.protocol->facts();
  const auto is_it = [&](const protocol::FactRow& row) { return row.name == name && !row.about.empty(); };
  if (std::any_of(rows.begin(), rows.end(), is_it)) return filled_with(moment.facts.fact(name));
  if (name == "server") return moment.scenario.server.name;
  if (name == "timestamp") return std::to_string(moment.now);
  if (name == "date") return date_text(moment.now);
  if (name == "count") return std::to_string(moment.count);
  return std::nullopt;
}

std::string value_of(std::string_view name, const Moment& moment) {
  if (const auto hit = moment.captures.find(name); hit != moment.captures.end()) return safe(hit->second);
  if (auto value = session_value(name, moment)) return safe(*value);
  const Values& connection = moment.connection.values();
  if (const auto hit = connection.find(name); hit != connection.end()) return safe(hit->second);
  if (name == "n") return std::to_string(count_of(moment.facts.fact("forward-paths")));
  if (name == "queue-id") return queue_id(connection, moment.facts.number("messages"));
  return {};
}

}  // namespace

bool is_about_nothing(std::string_view text, const Moment& moment) {
  const auto rows = moment.scenario.protocol->facts();
  TemplateScanner scanner(text);
  for (auto part = scanner.next(); part && part->has_value(); part = scanner.next()) {
    const auto is_it = [&](const protocol::FactRow& row) { return row.name == (*part)->text && !row.about.empty(); };
    const bool is_fact = (*part)->is_placeholder && std::any_of(rows.begin(), rows.end(), is_it);
    if (is_fact && std::holds_alternative<std::monostate>(moment.facts.fact((*part)->text))) return true;
  }
  return false;
}

std::string fill_reply(std::string_view text, const Moment& moment) {
  std::string out;
  out.reserve(text.size() + 64);
  TemplateScanner scanner(text);
  // A template that is not sound has been refused when the scenario was loaded.
  for (auto part = scanner.next(); part && part->has_value(); part = scanner.next()) {
    const Part& one = **part;
    if (!one.is_placeholder) {
      out += one.text;
    } else if (one.filters.empty()) {
      out += value_of(one.text, moment);
    } else {
      out += safe(apply_filters(value_of(one.text, moment), one.filters));
    }
  }
  return out;
}

std::string date_text(std::int64_t now) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds time{std::chrono::seconds(now)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto seconds = static_cast<unsigned>((time - day).count());
  return std::string(kDays[std::chrono::weekday(day).c_encoding()]) + ", " + two_digits(static_cast<unsigned>(date.day())) +
         " " + std::string(kMonths[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year())) + " " + two_digits(seconds / 3600) + ":" +
         two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60) + " +0000";
}

}  // namespace scenario
