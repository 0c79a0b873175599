#include "client/screen/bars.h"

#include <algorithm>
#include <string>

#include "client/screen/frame.h"
#include "client/screen/glyph.h"
#include "client/screen/wrap.h"

namespace screen {
namespace {

constexpr std::size_t kLastKeys = 2;
// Columns kept for the parentheses of unusable keys, so that the bar keeps its height when keys come and go.
constexpr std::size_t kParentheses = 8;

// A key that cannot be used now stays in its place, dim and in parentheses.
Line key_text(const KeyHint& hint, bool usable) {
  if (!usable) return {Run{Role::kDim, "(" + hint.key + " " + hint.label + ")"}};
  return {Run{Role::kStrong, hint.key}, Run{Role::kPlain, " " + hint.label}};
}

// The hints laid out in rows; more rows than there are means that they do not fit.
std::vector<Line> key_rows(const std::vector<Line>& hints, std::size_t columns) {
  std::vector<Line> rows(1);
  std::size_t used = 0;
  for (const Line& hint : hints) {
    const std::size_t wanted = width(hint);
    if (used > 0 && used + 2 + wanted > columns) {
      rows.emplace_back();
      used = 0;
    }
    if (used > 0) rows.back().push_back(Run{Role::kPlain, "  "});
    used += wanted + (used > 0 ? 2 : 0);
    rows.back().insert(rows.back().end(), hint.begin(), hint.end());
  }
  return rows;
}

std::vector<Line> fitting_key_rows(const std::vector<Line>& hints, std::size_t columns, std::size_t most) {
  std::vector<Line> rows = key_rows(hints, columns);
  for (std::size_t first = hints.size(); rows.size() > most && first-- > kLastKeys;) {
    std::vector<Line> fewer(hints.begin(), hints.begin() + static_cast<std::ptrdiff_t>(first - kLastKeys));
    fewer.push_back({Run{Role::kDim, "…"}});
    fewer.insert(fewer.end(), hints.end() - static_cast<std::ptrdiff_t>(kLastKeys), hints.end());
    rows = key_rows(fewer, columns);
  }
  return rows;
}

}  // namespace

void draw_title_bar(Canvas& canvas, std::string_view title, std::string_view status) {
  const std::size_t columns = canvas.size().columns;
  if (columns < 4) return;
  const std::size_t wanted = width(status);
  const std::size_t room = columns - 2;
  Line left{Run{Role::kStrong, "smtplab"}, Run{Role::kPlain, "  "}, Run{Role::kStrong, std::string(title)}};
  if (!title.empty() && width(left) + 2 + wanted > room) left.erase(left.begin(), left.begin() + 2);
  // Where both do not fit the title gives way first: it stands above every screen of the lesson.
  const std::size_t right = std::min(wanted, std::max(room * 2 / 3, room - std::min(room, width(left) + 2)));
  put_line(canvas, 0, 1, left, room - right - std::min<std::size_t>(2, room - right));
  canvas.put(0, columns - 1 - right, status, Role::kPlain, right, true);
}

std::size_t key_bar_rows(const std::vector<KeyHint>& keys, std::size_t columns, std::size_t most) {
  std::vector<Line> hints;
  hints.reserve(keys.size());
  for (const KeyHint& key : keys) hints.push_back(key_text(key, true));
  return std::min(most, key_rows(hints, columns - std::min(2 + kParentheses, columns)).size());
}

void draw_key_bar(Canvas& canvas, std::size_t row, std::size_t rows, const std::vector<KeyHint>& keys) {
  const std::size_t columns = canvas.size().columns;
  if (columns < 3) return;
  std::vector<Line> hints;
  hints.reserve(keys.size());
  for (const KeyHint& key : keys) hints.push_back(key_text(key, key.usable));
  const std::vector<Line> lines = fitting_key_rows(hints, columns - 2, rows);
  for (std::size_t i = 0; i < std::min(rows, lines.size()); ++i) put_line(canvas, row + i, 1, lines[i], columns - 2);
}

void draw_sentence(Canvas& canvas, std::size_t row, std::size_t rows, std::string_view sentence, Role role) {
  if (sentence.empty() || canvas.size().columns < 3) return;
  put_rows(canvas, Area{row, 0, rows, canvas.size().columns},
           wrap({Run{role, std::string(sentence)}}, canvas.size().columns - 2));
}

std::size_t sentence_rows(std::string_view sentence, std::size_t columns, std::size_t most) {
  if (columns < 3) return 1;
  const std::size_t rows = wrap({Run{Role::kPlain, std::string(sentence)}}, columns - 2).size();
  return std::clamp<std::size_t>(rows, 1, std::max<std::size_t>(1, most));
}

}  // namespace screen
