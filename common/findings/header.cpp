#include "findings/header.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"
#include "findings/date.h"
#include "mime/encoded_word.h"

namespace findings {
namespace {

// Fields that people write and programs read; any other name may be a sentence with a colon.
constexpr std::array<std::string_view, 32> kFields{"From",
                                                   "To",
                                                   "Cc",
                                                   "Bcc",
                                                   "Cci",
                                                   "Subject",
                                                   "Date",
                                                   "Sender",
                                                   "Reply-To",
                                                   "Message-ID",
                                                   "In-Reply-To",
                                                   "References",
                                                   "Comments",
                                                   "Keywords",
                                                   "Received",
                                                   "Return-Path",
                                                   "MIME-Version",
                                                   "Importance",
                                                   "Priority",
                                                   "Organization",
                                                   "Content-Type",
                                                   "User-Agent",
                                                   "Delivered-To",
                                                   "Resent-From",
                                                   "Resent-To",
                                                   "Resent-Date",
                                                   "Content-Transfer-Encoding",
                                                   "Content-Disposition",
                                                   "Content-ID",
                                                   "Content-Language",
                                                   "List-Unsubscribe",
                                                   "Errors-To"};

// At most one of each (RFC 5322 §3.6, RFC 2045 §4, §5).
constexpr std::array<std::string_view, 11> kOnce{"From", "Sender",     "Reply-To",    "To",           "Cc",          "Subject",
                                                 "Date", "Message-ID", "In-Reply-To", "MIME-Version", "Content-Type"};

struct Missing {
  std::string_view field;
  std::string_view id;
};
constexpr std::array kMissing{Missing{"From", "no-from-header"}, Missing{"Subject", "no-subject-header"},
                              Missing{"Date", "no-date-header"}, Missing{"Message-ID", "no-message-id"}};

bool is_known(std::string_view name) {
  const mime::RawField field{name, {}};
  return core::starts_with_ignoring_case(name, "X-") ||
         std::any_of(kFields.begin(), kFields.end(), [&](std::string_view one) { return mime::has_name(field, one); });
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') + 1);
}

std::string_view name_of(std::string_view line) { return core::trim(line.substr(0, line.find(':'))); }

bool is_empty(std::string_view line) { return core::without_line_end(line).empty(); }

// A field with a name that is known stands in what is left of the header behind a line that is no field.
bool goes_on_with_fields(std::string_view behind) {
  for (std::string_view line = first_line(behind); !line.empty() && !is_empty(line); line = first_line(behind)) {
    if (mime::is_field(line) && is_known(name_of(line))) return true;
    behind.remove_prefix(line.size());
  }
  return false;
}

// "Sat Nov 28 …", "Sat, 28 Nov …": a date without "Date:".
bool looks_like_date(std::string_view line) {
  return begins_with_day(line) && line.size() > 12 && std::count(line.begin(), line.end(), ':') >= 1;
}

// One word with an "@": an address without "From:" or "To:".
bool looks_like_address(std::string_view line) {
  line = core::trim(core::without_line_end(line));
  return line.find('@') != std::string_view::npos && line.find(' ') == std::string_view::npos;
}

// What the line would be if it had a name: then that field is not missing as well. Some field: any text may be a subject.
std::string_view field_without_name(std::string_view line) {
  if (looks_like_date(line)) return "Date";
  return looks_like_address(line) ? "From" : "Subject";
}

bool is_nameless(std::string_view rest) {
  const std::string_view line = first_line(rest);
  return looks_like_date(line) || looks_like_address(line) || goes_on_with_fields(rest.substr(line.size()));
}

core::Span without_end(std::string_view line, std::string_view text) { return span_of(core::without_line_end(line), text); }

// An "@" inside of an encoded-word: that it is there is told by others.
bool hides_address(std::string_view value) {
  const std::vector<mime::EncodedWord> words = mime::encoded_words_in(value);
  return std::any_of(words.begin(), words.end(),
                     [](const mime::EncodedWord& word) { return word.octets().value_or("@").find('@') != std::string::npos; });
}

void add_addresses(const Entity& letter, std::vector<Sight>& sights) {
  for (const mime::RawField& field : letter.fields) {
    const bool is_sender = mime::has_name(field, "From");
    if (!is_sender && !mime::has_name(field, "To")) continue;
    // "undisclosed-recipients:;" is a group of nobody (RFC 5322 §3.4).
    const bool is_group = !is_sender && field.value.find(':') != std::string_view::npos;
    if (field.value.find('@') != std::string_view::npos || is_group) continue;
    // A full-width "＠" is told by others, too.
    if (!has_high_octet(field.value) && !hides_address(field.value))
      sights.push_back({"from-without-address", span_of(field, letter.whole)});
  }
}

void add_repeated(const Entity& letter, std::vector<Sight>& sights) {
  for (std::size_t i = 0; i < letter.fields.size(); ++i) {
    const std::string_view name = letter.fields[i].name;
    if (letter.find(name) == &letter.fields[i]) continue;  // the first of its name
    if (std::none_of(kOnce.begin(), kOnce.end(), [&](std::string_view one) { return core::equals_ignoring_case(one, name); }))
      continue;
    sights.push_back({"header-field-twice", span_of(letter.fields[i], letter.whole)});
    return;
  }
}

void add_missing(const Entity& letter, std::vector<Sight>& sights) {
  const bool has_nameless = !letter.has_empty_line && !letter.body.empty() && is_nameless(letter.body);
  const std::string_view nameless = has_nameless ? field_without_name(first_line(letter.body)) : std::string_view();
  for (const Missing& one : kMissing) {
    if (letter.find(one.field) == nullptr && one.field != nameless)
      sights.push_back({one.id, {}, true, core::same(std::string(one.field) + ": …")});
  }
  const bool has_recipient = letter.find("To") != nullptr || letter.find("Cc") != nullptr || letter.find("Bcc") != nullptr;
  if (!has_recipient) sights.push_back({"no-to-header", {}, true, core::same("To: …")});
}

void add_mime_version(const Entity& letter, std::vector<Sight>& sights) {
  if (letter.find("MIME-Version") != nullptr) return;
  for (const mime::RawField& field : letter.fields) {
    if (!core::starts_with_ignoring_case(field.name, "Content-")) continue;
    sights.push_back({"no-mime-version", span_of(field, letter.whole), true, core::same("MIME-Version: 1.0")});
    return;
  }
}

}  // namespace

std::vector<Sight> header_shape(const Entity& letter) {
  const std::string_view first = first_line(letter.whole);
  if (is_empty(first)) return {Sight{"no-header-at-all", {0, first.size()}}};
  const std::string_view rest = letter.body;
  if (letter.fields.empty()) {
    if (is_nameless(letter.whole)) return {Sight{"header-without-name", without_end(first, letter.whole)}};
    return {Sight{"body-taken-as-header", without_end(first, letter.whole)}};
  }
  const bool knows_one =
      std::any_of(letter.fields.begin(), letter.fields.end(), [](const mime::RawField& field) { return is_known(field.name); });
  if (!knows_one) return {Sight{"body-taken-as-header", without_end(first, letter.whole), false}};
  if (letter.has_empty_line || rest.empty()) return {};
  const core::Span where = without_end(first_line(rest), letter.whole);
  if (is_nameless(rest)) return {Sight{"header-without-name", where}};
  return {Sight{"no-blank-line", where}};
}

std::vector<Sight> header_fields(const Entity& letter, const Announced& announced) {
  std::vector<Sight> sights;
  add_missing(letter, sights);
  add_addresses(letter, sights);
  add_repeated(letter, sights);
  add_mime_version(letter, sights);
  const mime::RawField* const date = letter.find("Date");
  if (date != nullptr && !is_date_time(date->value))
    sights.push_back(
        {"bad-date-header", span_of(*date, letter.whole), true, core::same("Date: Sat, 28 Nov 2026 09:30:00 +0800")});
  for (const std::string_view name : {"Bcc", "Cci"}) {
    const mime::RawField* const field = letter.find(name);
    if (field != nullptr && !letter.value(name).empty()) sights.push_back({"bcc-header", span_of(*field, letter.whole)});
  }
  if (announced.utf8) return sights;
  for (const mime::RawField& field : letter.fields) {
    if (!has_high_octet(field.value)) continue;
    sights.push_back({"subject-not-encoded", span_of(field, letter.whole)});
    break;
  }
  return sights;
}

}  // namespace findings
