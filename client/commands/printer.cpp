#include "client/commands/printer.h"

#include <algorithm>

#include "core/show.h"

namespace commands {
namespace {

constexpr std::size_t kLabelColumns = 10;

// What we write ourselves: ASCII, and Chinese at two columns a character. Sequences of two octets (·, é) take one.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, core::utf8_sequence_length(text));
    columns += length >= 3 ? 2 : 1;
    text.remove_prefix(length);
  }
  return columns;
}

}  // namespace

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t wide = columns_of(text);
  return std::string(text) + std::string(wide < columns ? columns - wide : 1, ' ');
}

void Printer::heading(std::string_view text) {
  if (begun_) *out_ << '\n';
  begun_ = true;
  line(text);
}

void Printer::row(std::string_view label, std::string_view text) {
  if (text.empty()) return;
  put("  " + padded(label, kLabelColumns), std::string(2 + kLabelColumns, ' '), text);
}

void Printer::put(std::string_view before_first, std::string_view before_others, std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::string_view before = before_first;
  while (true) {
    const std::size_t end = text.find('\n');
    *out_ << before << core::show_bytes(text.substr(0, end)) << '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
    before = before_others;
  }
}

}  // namespace commands
