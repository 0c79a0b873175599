#include "client/screen/wrap.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "client/screen/glyph.h"

namespace screen {
namespace {

constexpr std::size_t kWidestLabel = 20;
constexpr std::u32string_view kClosing = U"，。、；：！？）】》〉」』”’…％),.;:!?]}>%";
constexpr std::u32string_view kOpening = U"（【《〈「『“‘([{<";

struct Piece {
  std::size_t run = 0;
  std::size_t begin = 0;  // octets in the run's text
  std::size_t end = 0;
  std::size_t columns = 0;
  bool space = false;
  bool may_begin_row = false;
};

bool may_break(const Piece& before, char32_t before_base, const Piece& after, char32_t after_base) {
  if (after.space) return false;  // a space belongs to the word before it
  if (before.space) return true;
  if (before.columns < 2 && after.columns < 2) return false;
  return kOpening.find(before_base) == kOpening.npos && kClosing.find(after_base) == kClosing.npos;
}

std::vector<Piece> pieces_of(const Line& line) {
  std::vector<Piece> pieces;
  char32_t before = U' ';
  bool word_seen = false;  // the spaces a line begins with are its indentation, not a place to break
  for (std::size_t run = 0; run < line.size(); ++run) {
    const std::string_view text = line[run].text;
    for (std::size_t at = 0; at < text.size();) {
      const Glyph glyph = first_glyph(text.substr(at));
      Piece piece{run, at, at + glyph.octets, glyph.columns, glyph.base == U' ', false};
      piece.may_begin_row = word_seen && may_break(pieces.back(), before, piece, glyph.base);
      word_seen = word_seen || !piece.space;
      before = glyph.base;
      at = piece.end;
      pieces.push_back(piece);
    }
  }
  return pieces;
}

// Whether the word at `begin` is wider than a whole row.
bool is_longer_than_row(const std::vector<Piece>& pieces, std::size_t begin, std::size_t columns) {
  std::size_t used = 0;
  for (std::size_t i = begin; i < pieces.size() && used <= columns; ++i) {
    if (pieces[i].space || (i > begin && pieces[i].may_begin_row)) break;
    used += pieces[i].columns;
  }
  return used > columns;
}

// One past the last piece of the row that begins at `begin`.
std::size_t row_end(const std::vector<Piece>& pieces, std::size_t begin, std::size_t columns, std::size_t next_columns) {
  std::size_t used = 0;
  std::size_t last_break = begin;
  for (std::size_t i = begin; i < pieces.size(); ++i) {
    if (i > begin && pieces[i].may_begin_row) last_break = i;
    used += pieces[i].columns;
    if (used <= columns) continue;
    if (pieces[i].space && i > begin) return i;
    if (last_break > begin && !is_longer_than_row(pieces, last_break, next_columns)) return last_break;
    return std::max(i, begin + 1);
  }
  return pieces.size();
}

Line row_of(const Line& line, const std::vector<Piece>& pieces, std::size_t begin, std::size_t end, std::size_t indent) {
  Line row;
  if (indent > 0) row.push_back(Run{Role::kPlain, std::string(indent, ' ')});
  for (std::size_t i = begin; i < end;) {
    std::size_t last = i;
    while (last + 1 < end && pieces[last + 1].run == pieces[i].run) ++last;
    const Run& run = line[pieces[i].run];
    row.push_back(Run{run.role, run.text.substr(pieces[i].begin, pieces[last].end - pieces[i].begin)});
    i = last + 1;
  }
  return row;
}

}  // namespace

std::vector<Line> wrap(const Line& line, std::size_t columns, std::size_t indent) {
  if (indent + 2 > columns) indent = 0;
  const std::vector<Piece> pieces = pieces_of(line);
  std::vector<Line> rows;
  std::size_t begin = 0;
  do {
    const std::size_t used = rows.empty() ? 0 : indent;
    const std::size_t next = row_end(pieces, begin, columns - used, columns - indent);
    std::size_t end = next;
    while (next < pieces.size() && end > begin && pieces[end - 1].space) --end;
    rows.push_back(row_of(line, pieces, begin, end, used));
    begin = next;
    while (begin < pieces.size() && pieces[begin].space) ++begin;
  } while (begin < pieces.size());
  return rows;
}

std::size_t hanging_indent(const Line& line, std::size_t columns) {
  std::size_t column = 0;
  std::size_t leading = 0;
  std::size_t spaces = 0;
  bool word_seen = false;
  for (const Run& run : line) {
    std::string_view text = run.text;
    while (!text.empty() && column <= kWidestLabel) {
      const Glyph glyph = first_glyph(text);
      const bool space = glyph.base == U' ';
      if (!space && word_seen && spaces >= 2) return column * 3 <= columns ? column : leading;
      if (!space && !word_seen) leading = column * 3 <= columns ? column : 0;
      word_seen = word_seen || !space;
      spaces = space ? spaces + 1 : 0;
      column += glyph.columns;
      text.remove_prefix(glyph.octets);
    }
  }
  return leading;
}

}  // namespace screen
