#include "mockserver/scenario/message_facts.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/text.h"
#include "mime/multipart.h"
#include "mockserver/scenario/message_remarks.h"

namespace scenario {
namespace {

bool is_eight_bit(std::string_view content) {
  return std::any_of(content.begin(), content.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

// Dot-string of RFC 5321 §4.1.2, with RFC 6531 §3.3.
bool needs_no_quotes(std::string_view local_part) {
  const auto is_atext = [](char c) {
    return core::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  };
  for (std::size_t i = 0; i < local_part.size(); ++i) {
    const bool is_inner = i > 0 && i + 1 < local_part.size() && local_part[i - 1] != '.';
    if (local_part[i] == '.' ? !is_inner : !is_atext(local_part[i])) return false;
  }
  return !local_part.empty();
}

// "\"alice\"@x" is alice@x (RFC 5321 §4.1.2).
std::string plain_address(std::string address) {
  const std::size_t end = address.rfind("\"@");
  if (!address.starts_with('"') || end == std::string::npos || end == 0) return address;
  std::string local_part;
  for (std::size_t i = 1; i < end; ++i) {
    if (address[i] == '\\' && i + 1 < end) ++i;
    local_part += address[i];
  }
  return needs_no_quotes(local_part) ? local_part + address.substr(end + 1) : address;
}

}  // namespace

bool MessageFacts::has_eight_bit() const { return is_eight_bit(content_); }

bool MessageFacts::has_eight_bit_header() const { return is_eight_bit(mime::header_of(content_)); }

std::size_t MessageFacts::longest_line() const {
  std::size_t longest = 0;
  for (std::string_view rest = content_; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    longest = std::max(longest, line.size());
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return longest;
}

// Each text part by itself: no sentence begins in one and ends in the next. A message without any has an empty text.
bool MessageFacts::has_text(const Pattern& pattern, Values* captures) {
  const std::vector<std::string>& texts = read().texts;
  if (texts.empty()) return fits(pattern, "", captures);
  if (captures == nullptr) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return pattern.matches(text); });
  }
  return std::count_if(texts.begin(), texts.end(), [&](const std::string& text) { return fits(pattern, text, captures); }) > 0;
}

bool MessageFacts::shows(protocol::MistakeId mistake) const {
  const std::vector<protocol::Remark> remarks = message_remarks(content_);
  return std::any_of(remarks.begin(), remarks.end(), [&](const protocol::Remark& remark) { return remark.kind == mistake; });
}

const mime::Read& MessageFacts::read() {
  if (!read_) read_ = mime::read(content_);
  return *read_;
}

bool MessageFacts::has(const FieldPattern& wanted, Values* captures) {
  bool found = false;
  for (const mime::Field& field : read().fields) {
    found = (core::equals_ignoring_case(field.name, wanted.name) && fits(wanted.value, field.value, captures)) || found;
    if (found && captures == nullptr) return true;
  }
  return found;
}

bool MessageFacts::has_header() { return !read().fields.empty(); }

std::size_t MessageFacts::count_of(std::string_view name) {
  const std::vector<mime::Field>& fields = read().fields;
  const auto is_it = [&](const mime::Field& field) { return core::equals_ignoring_case(field.name, name); };
  return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_it));
}

std::optional<std::string> MessageFacts::from() {
  const std::vector<mime::Field>& fields = read().fields;
  const auto is_from = [](const mime::Field& field) { return core::equals_ignoring_case(field.name, "From"); };
  const auto from = std::find_if(fields.begin(), fields.end(), is_from);
  if (from == fields.end() || std::any_of(from + 1, fields.end(), is_from)) return std::nullopt;
  std::vector<std::string> mailboxes = mime::mailboxes_in(from->raw);
  return mailboxes.size() == 1 ? std::optional(plain_address(std::move(mailboxes.front()))) : std::nullopt;
}

}  // namespace scenario
