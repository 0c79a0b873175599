#include "client/explain/pasted_message.h"

#include <algorithm>
#include <string_view>

#include "core/text.h"

namespace explain {
namespace {

// As Python prints them, too: b'…'.
std::string_view said_in(const Line& line) {
  std::string_view words = std::string_view(line.text).substr(std::min(line.begins, line.text.size()));
  if (words.starts_with("b'") || words.starts_with("b\"")) words.remove_prefix(2);
  return words;
}

bool begins_message(const Line& line) {
  const std::string_view words = said_in(line);
  return line.speaker != Speaker::kClient && (words.starts_with("354 ") || words == "354");
}

// RFC 5322 §2.2: a name of printable characters without a colon, then the colon.
bool is_field(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < 0x7F; });
}

bool is_folded(std::string_view text) { return text.starts_with(' ') || text.starts_with('\t'); }

}  // namespace

std::optional<std::size_t> end_of_unseparated(const std::vector<Line>& lines) {
  auto line = std::find_if(lines.begin(), lines.end(), begins_message);
  if (line == lines.end()) return std::nullopt;
  bool had_field = false;
  bool is_glued = false;
  bool in_header = true;
  for (++line; line != lines.end() && line->speaker != Speaker::kServer; ++line) {
    const std::string_view words = core::trim(said_in(*line));
    if (words == ".") break;
    if (!in_header || words == "'" || words == "\"") continue;
    if (is_field(words) || (had_field && is_folded(line->text))) {
      had_field = true;
      continue;
    }
    in_header = false;
    is_glued = had_field && !words.empty();
  }
  if (line == lines.end() || !is_glued) return std::nullopt;
  return line->number;
}

}  // namespace explain
