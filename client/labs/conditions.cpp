#include "client/labs/conditions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "client/labs/given.h"
#include "client/labs/held.h"
#include "client/labs/times.h"

namespace lab {
namespace {

core::Text any(const Values& values) { return values.empty() ? core::Text{"this needs a value", "这里要有值"} : core::Text{}; }

core::Text is_true(const Values& values) {
  return values == Values{"true"} ? core::Text{} : core::Text{"this can only be true", "这里只能写 true"};
}

core::Text range(const Values& values) {
  if (values.size() == 1 && parse_range(values.front())) return {};
  return {"write 3, \"1..\" or \"2..4\"", "请写 3、\"1..\" 或 \"2..4\""};
}

core::Text word_and_range(const Values& values) {
  if (values.size() == 2 && parse_range(values.back())) return {};
  return {"write [\"RCPT\", 3] or [\"RCPT\", \"1..\"]", "请写 [\"RCPT\", 3] 或 [\"RCPT\", \"1..\"]"};
}

core::Text status(const Values& values) {
  if (values == Values{"0"} || values == Values{"error"}) return {};
  return {"write 0 or \"error\"", "请写 0 或 \"error\""};
}

core::Text seconds(const Values& values) {
  const auto is_whole = [](const std::string& one) {
    return !one.empty() && std::all_of(one.begin(), one.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
  };
  if (!values.empty() && std::all_of(values.begin(), values.end(), is_whole)) return {};
  return {"write whole seconds", "请写整秒数"};
}

core::Text a_time(const Values& values) {
  if (values.size() == 1 && parse_time(values.front())) return {};
  return {"write \"250ms\" or \"1s\"", "请写 \"250ms\" 或 \"1s\""};
}

constexpr std::array kConditions{
    ConditionRow{"connected", is_true, look_connected},
    ConditionRow{"never", any, look_never},
    ConditionRow{"said", any, look_said},
    ConditionRow{"accepted", range, look_accepted},
    ConditionRow{"sender", any, look_sender},
    ConditionRow{"recipients", any, look_recipients},
    ConditionRow{"recipients_each", range, look_recipients_each},
    ConditionRow{"people", any, look_people},
    ConditionRow{"subject", any, look_subject},
    ConditionRow{"text", any, look_text},
    ConditionRow{"attachment", any, look_attachment},
    ConditionRow{"parts", range, look_parts},
    ConditionRow{"field", any, look_field},
    ConditionRow{"field_lacks", any, look_field_lacks},
    ConditionRow{"logged_in", any, look_logged_in},
    ConditionRow{"encrypted", any, look_encrypted},
    ConditionRow{"codes", any, look_codes},
    ConditionRow{"after", any, look_after},
    ConditionRow{"exit", status, look_exit},
    ConditionRow{"ends", is_true, look_ends},
    ConditionRow{"output", any, look_output},
    ConditionRow{"output_lacks", any, look_output_lacks},
    ConditionRow{"refused_named", is_true, look_refused_named},
    ConditionRow{"times", a_time, look_times},
    ConditionRow{"listens", is_true, look_listens},
    ConditionRow{"talk", any, look_talk},
    ConditionRow{"alive", is_true, look_alive},
    ConditionRow{"stored", any, look_stored},
    ConditionRow{"answer", any, look_answer},
    ConditionRow{"host", any, look_host},
    ConditionRow{"connections", range, look_connections},
    ConditionRow{"apart", seconds, look_apart},
    ConditionRow{"count", word_and_range, look_count},
};

// What is compared with something that the program was never told is compared with nothing.
constexpr std::array<std::string_view, 5> kOnlyIfTold{"sender", "recipients", "subject", "text", "count"};

}  // namespace

const ConditionRow* find_condition(std::string_view key) {
  const auto hit =
      std::find_if(kConditions.begin(), kConditions.end(), [&](const ConditionRow& row) { return row.key == key; });
  return hit == kConditions.end() ? nullptr : &*hit;
}

std::vector<std::string_view> condition_keys() {
  std::vector<std::string_view> keys;
  for (const ConditionRow& row : kConditions) keys.push_back(row.key);
  return keys;
}

Held look(const Condition& condition, const Evidence& evidence) {
  Values values;
  std::set<std::string> named;
  for (const std::string& value : condition.values) values.push_back(filled(value, evidence.given, &named));
  const bool is_told = std::includes(evidence.told.begin(), evidence.told.end(), named.begin(), named.end());
  const bool compares = std::find(kOnlyIfTold.begin(), kOnlyIfTold.end(), condition.key) != kOnlyIfTold.end();
  if (compares && !is_told) return yes();
  return find_condition(condition.key)->look(values, evidence);
}

std::optional<Range> parse_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto number = [](std::string_view digits) -> std::optional<std::size_t> {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  };
  const auto least = number(text.substr(0, dots));
  if (!least) return std::nullopt;
  if (dots == std::string_view::npos) return Range{*least, *least};
  if (text.size() == dots + 2) return Range{*least, static_cast<std::size_t>(-1)};
  const auto most = number(text.substr(dots + 2));
  if (!most) return std::nullopt;
  return Range{*least, *most};
}

bool is_one_of(std::string_view word, std::string_view words) {
  while (true) {
    const std::size_t bar = words.find('|');
    if (core::equals_ignoring_case(word, words.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    words.remove_prefix(bar + 1);
  }
}

}  // namespace lab
