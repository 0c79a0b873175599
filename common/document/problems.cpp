#include "document/problems.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "core/show.h"

namespace document {
namespace {

constexpr std::size_t kMostShown = 20;
constexpr std::size_t kWidestLine = 120;  // columns of a quoted line

std::string_view line_of(std::string_view text, int number) {
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Chinese characters and their punctuation take two columns of a terminal (Unicode Standard Annex 11, the blocks in use).
std::size_t columns_of(char32_t c) {
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::size_t sequence_length(std::string_view text) { return std::max<std::size_t>(1, core::utf8_sequence_length(text)); }

// The line cut to what a terminal shows, and a caret under the character in that column, when it is still visible.
std::string quote(std::string_view line, int column) {
  std::string shown;
  std::size_t width = 0;
  std::size_t caret = std::string::npos;
  for (int at = 1; width < kWidestLine; ++at) {
    if (at == column) caret = width;
    if (line.empty()) break;
    const std::size_t length = sequence_length(line);
    const std::string piece = core::show_bytes(line.substr(0, length));
    for (std::string_view rest = piece; !rest.empty();) {
      const std::size_t step = sequence_length(rest);
      width += columns_of(core::utf8_decode(rest.substr(0, step)));
      rest.remove_prefix(step);
    }
    shown += piece;
    line.remove_prefix(length);
  }
  if (shown.empty()) return {};
  if (!line.empty()) shown += " …";
  shown += '\n';
  if (caret != std::string::npos) shown.append(caret, ' ').append("^\n");
  return shown;
}

}  // namespace

void Problems::add(Position where, std::string message, std::string hint) {
  problems_.push_back({where, std::move(message), std::move(hint)});
}

std::string Problems::describe(const Problem& problem) const {
  std::string out = document_->path + ":" + std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) +
                    ": " + core::show_bytes(problem.message) + "\n" +
                    quote(line_of(document_->text, problem.where.line), problem.where.column);
  if (!problem.hint.empty()) out += "hint: " + core::show_bytes(problem.hint) + "\n";
  out.pop_back();
  return out;
}

core::Error Problems::error() const {
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostShown); ++i) text += (i == 0 ? "" : "\n") + describe(sorted[i]);
  if (sorted.size() > kMostShown) text += "\nand " + std::to_string(sorted.size() - kMostShown) + " more";
  return {core::Blame::kInput, std::move(text), {}, {}};
}

}  // namespace document
