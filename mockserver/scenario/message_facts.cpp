#include "mockserver/scenario/message_facts.h"

#include <algorithm>

#include "core/text.h"
#include "mime/multipart.h"
#include "mockserver/scenario/message_remarks.h"

namespace scenario {
namespace {

bool has_eight_bit(std::string_view content) {
  return std::any_of(content.begin(), content.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

// In octets, without its end.
std::size_t longest_line(std::string_view content) {
  std::size_t longest = 0;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    longest = std::max(longest, line.size());
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return longest;
}

void merge(std::optional<Values> values, Values& into) {
  if (values) into.merge(*values);
}

}  // namespace

bool MessageFacts::fit(const MessageWhen& when) {
  if (when.eight_bit && *when.eight_bit != has_eight_bit(content_)) return false;
  if (when.header_eight_bit && *when.header_eight_bit != has_eight_bit(mime::header_of(content_))) return false;
  if (when.line_over && longest_line(content_) <= *when.line_over) return false;
  if (!std::all_of(when.fields.begin(), when.fields.end(), [&](const MessageWhen::Field& wanted) { return has(wanted); })) {
    return false;
  }
  const auto repeats = [&](const std::string& name) { return count_of(name) > 1; };
  if (!when.repeated_fields.empty() && std::none_of(when.repeated_fields.begin(), when.repeated_fields.end(), repeats))
    return false;
  const auto lacks = [&](const std::string& name) { return count_of(name) == 0; };
  if (!when.missing_fields.empty() && std::none_of(when.missing_fields.begin(), when.missing_fields.end(), lacks)) return false;
  return !when.body || has_text(*when.body);
}

// Each text part by itself: no sentence begins in one and ends in the next. A message without any has an empty text.
bool MessageFacts::has_text(const Pattern& pattern) {
  const std::vector<std::string>& texts = read().texts;
  if (texts.empty()) return pattern.matches("");
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return pattern.matches(text); });
}

bool MessageFacts::shows(smtp::RemarkKind mistake) const {
  const std::vector<smtp::Remark> remarks = message_remarks(content_);
  return std::any_of(remarks.begin(), remarks.end(), [&](const smtp::Remark& remark) { return remark.kind == mistake; });
}

void MessageFacts::capture(const MessageWhen& when, Values& into) {
  for (const MessageWhen::Field& wanted : when.fields) {
    for (const mime::Field& field : read().fields) {
      if (core::equals_ignoring_case(field.name, wanted.name)) merge(wanted.value.captures(field.value), into);
    }
  }
  if (!when.body) return;
  for (const std::string& text : read().texts) merge(when.body->captures(text), into);
}

const mime::Read& MessageFacts::read() {
  if (!read_) read_ = mime::read(content_);
  return *read_;
}

bool MessageFacts::has(const MessageWhen::Field& wanted) {
  const std::vector<mime::Field>& fields = read().fields;
  return std::any_of(fields.begin(), fields.end(), [&](const mime::Field& field) {
    return core::equals_ignoring_case(field.name, wanted.name) && wanted.value.matches(field.value);
  });
}

std::size_t MessageFacts::count_of(std::string_view name) {
  const std::vector<mime::Field>& fields = read().fields;
  const auto is_it = [&](const mime::Field& field) { return core::equals_ignoring_case(field.name, name); };
  return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_it));
}

std::vector<std::string> MessageFacts::from_mailboxes() {
  const std::vector<mime::Field>& fields = read().fields;
  const auto is_from = [](const mime::Field& field) { return core::equals_ignoring_case(field.name, "From"); };
  const auto from = std::find_if(fields.begin(), fields.end(), is_from);
  if (from == fields.end() || std::any_of(from + 1, fields.end(), is_from)) return {};
  return mime::mailboxes_in(from->raw);
}

}  // namespace scenario
