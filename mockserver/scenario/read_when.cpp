#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "mockserver/scenario/reading.h"

namespace scenario {
namespace {

constexpr std::string_view kHere = "rule.when";

std::optional<std::size_t> count_in(const document::Node& table, std::string_view key) {
  const auto value = integer_in(table, key);
  return value && *value >= 0 ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
}

std::optional<Pattern> pattern_from(const Reading& reading, const document::Node& node, std::string_view text) {
  auto pattern = Pattern::parse(text);
  if (pattern) return std::move(*pattern);
  reading.problems.add(node.where, pattern.error().text, pattern.error().hint);
  return std::nullopt;
}

std::optional<Pattern> pattern_in(const Reading& reading, const document::Node& table, std::string_view key) {
  const document::Node* const node = table.find(key, document::NodeType::kText);
  return node == nullptr ? std::nullopt : pattern_from(reading, *node, node->text);
}

std::optional<smtp::RemarkKind> mistake_in(const Reading& reading, const document::Node& table) {
  const document::Node* const node = table.find("mistake", document::NodeType::kText);
  if (node == nullptr) return std::nullopt;
  const auto* const hit = std::find(smtp::kRemarkIds.begin(), smtp::kRemarkIds.end(), node->text);
  if (hit != smtp::kRemarkIds.end()) return static_cast<smtp::RemarkKind>(hit - smtp::kRemarkIds.begin());
  reading.problems.add(node->where, "unknown mistake '" + node->text + "'",
                       core::proposal(node->text, {smtp::kRemarkIds.begin(), smtp::kRemarkIds.end()}));
  return std::nullopt;
}

// "Subject: *spam*"
void read_field(const Reading& reading, const document::Node& node, MessageWhen& into) {
  const std::size_t colon = node.text.find(':');
  const std::string_view field_name = core::trim(std::string_view(node.text).substr(0, colon));
  if (colon == std::string::npos || field_name.empty() || field_name.find(' ') != std::string_view::npos) {
    reading.problems.add(node.where, "'" + node.text + "' is no header field with a pattern",
                         "for example \"Subject: *spam*\"");
    return;
  }
  auto value = pattern_from(reading, node, core::trim(std::string_view(node.text).substr(colon + 1)));
  if (value) into.fields.push_back({std::string(field_name), std::move(*value)});
}

std::vector<std::string> field_names_in(const Reading& reading, const document::Node& table, std::string_view key) {
  std::vector<std::string> names;
  for (const document::Node* const field : strings_of(table.find(key))) {
    if (field->text.empty() || field->text.find_first_of(": \t") != std::string::npos) {
      reading.problems.add(field->where, "'" + field->text + "' is no name of a header field", "the name alone: \"Date\"");
    }
    names.push_back(field->text);
  }
  return names;
}

std::shared_ptr<const MessageWhen> message_when_in(const Reading& reading, const document::Node& table) {
  MessageWhen when;
  for (const document::Node* const field : strings_of(table.find("header"))) read_field(reading, *field, when);
  when.missing_fields = field_names_in(reading, table, "header_missing");
  when.repeated_fields = field_names_in(reading, table, "header_twice");
  when.header_eight_bit = boolean_in(table, "header_eight_bit");
  when.from_is_sender = boolean_in(table, "from_is_sender");
  when.from_is_login = boolean_in(table, "from_is_login");
  when.from_has_address = boolean_in(table, "from_has_address");
  when.body = pattern_in(reading, table, "body");
  when.eight_bit = boolean_in(table, "eight_bit");
  when.line_over = count_in(table, "line_over");
  return when == MessageWhen() ? nullptr : std::make_shared<const MessageWhen>(std::move(when));
}

// "20/minute"
void read_rate(const Reading& reading, const document::Node& node, Counting& into) {
  struct Unit {
    std::string_view word;
    std::chrono::milliseconds time;
  };
  constexpr std::array kUnits{Unit{"second", std::chrono::seconds(1)}, Unit{"minute", std::chrono::minutes(1)},
                              Unit{"hour", std::chrono::hours(1)}, Unit{"day", std::chrono::hours(24)}};
  constexpr std::size_t kMost = 100'000;  // each is remembered
  const std::size_t slash = std::min(node.text.find('/'), node.text.size());
  std::size_t number = 0;
  const auto [stop, error] = std::from_chars(node.text.data(), node.text.data() + slash, number);
  const std::string_view word = std::string_view(node.text).substr(std::min(slash + 1, node.text.size()));
  const auto* const unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.word == word; });
  if (error != std::errc() || stop != node.text.data() + slash || unit == kUnits.end() || number > kMost) {
    reading.problems.add(node.where, "'" + node.text + "' is no rate",
                         "a number up to 100000, a slash, and second, minute, hour or day: \"20/minute\"");
    return;
  }
  into.rate = number;
  into.window = unit->time;
}

std::optional<Counting> counting_in(const Reading& reading, const document::Node& table) {
  Counting counting;
  counting.times = count_in(table, "times");
  counting.nth = count_in(table, "nth");
  const document::Node* const rate = table.find("rate_over", document::NodeType::kText);
  if (rate != nullptr) read_rate(reading, *rate, counting);
  counting.since_first_under = seconds_in(table, "since_first_under");
  const bool counts = counting != Counting();
  const document::Node* const per = table.find("per");
  if (per != nullptr && !counts && rate == nullptr) {
    reading.problems.add(per->where, "nothing is counted here", "'per' goes with times, nth, rate_over or since_first_under");
  }
  counting.per = word_in<Per>(table, kHere, "per").value_or(Per::kAll);
  return counts ? std::optional(counting) : std::nullopt;
}

}  // namespace

When read_when(const Reading& reading, const document::Node& table, std::string_view on) {
  check_applicability(reading, table, on);
  When when;
  when.order = word_in<Wanted>(table, kHere, "order").value_or(Wanted::kRight);
  when.syntax = word_in<Wanted>(table, kHere, "syntax").value_or(Wanted::kRight);
  when.state = word_in<smtp::State>(table, kHere, "state");
  when.authenticated = boolean_in(table, "authenticated");
  when.hello = word_in<Hello>(table, kHere, "hello");
  when.tls = boolean_in(table, "tls");
  when.client = pattern_in(reading, table, "client");
  when.argument = pattern_in(reading, table, "argument");
  when.mistake = mistake_in(reading, table);
  when.mechanism = string_in(table, "mechanism");
  if (when.mechanism) when.mechanism = core::to_upper(*when.mechanism);
  when.initial_response = boolean_in(table, "initial_response");
  when.wants = word_in<sasl::Wants>(table, kHere, "wants");
  when.password = word_in<PasswordUsed>(table, kHere, "password");
  when.user = pattern_in(reading, table, "user");
  when.user_known = boolean_in(table, "user_known");
  when.sender = pattern_in(reading, table, "sender");
  when.sender_is_login = boolean_in(table, "sender_is_login");
  when.recipient = pattern_in(reading, table, "recipient");
  when.recipient_known = boolean_in(table, "recipient_known");
  when.recipients_over = count_in(table, "recipients_over");
  when.declared_size_over = count_in(table, "declared_size_over");
  when.size_over = count_in(table, "size_over");
  when.connections_over = count_in(table, "connections_over");
  when.message = message_when_in(reading, table);
  if (const document::Node* const chance = table.find("chance")) when.chance = chance->number;
  when.counting = counting_in(reading, table);
  return when;
}

std::vector<std::string> group_names(const When& when) {
  std::vector<std::string> names;
  const auto take = [&](const std::optional<Pattern>& pattern) {
    if (!pattern) return;
    for (std::string& name : pattern->group_names()) names.push_back(std::move(name));
  };
  for (const auto& pattern : {when.client, when.argument, when.user, when.sender, when.recipient}) take(pattern);
  if (when.message == nullptr) return names;
  for (const MessageWhen::Field& field : when.message->fields) take(field.value);
  take(when.message->body);
  return names;
}

}  // namespace scenario
