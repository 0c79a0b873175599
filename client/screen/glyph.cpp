#include "client/screen/glyph.h"

#include <algorithm>
#include <cwchar>

#include "client/screen/canvas.h"
#include "core/show.h"

namespace screen {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kJoiner = 0x200D;
constexpr std::size_t kMostMarks = 4;  // setcchar takes five code points

// A code point and its octets; kReplacement and one octet where there is no valid sequence.
struct CodePoint {
  char32_t value;
  std::size_t octets;
};

CodePoint first_code_point(std::string_view text) {
  const std::size_t octets = core::utf8_sequence_length(text);
  if (octets == 0) return {kReplacement, 1};
  return {core::utf8_decode(text.substr(0, octets)), octets};
}

// -1 for controls and what the locale does not know.
int columns_of(char32_t c) {
  if (c >= 0x20 && c < 0x7F) return 1;
  if (c < 0xA0) return -1;  // wcwidth gives 0 for NUL, which would be a mark
  return ::wcwidth(static_cast<wchar_t>(c));
}

bool is_mark(char32_t c) { return columns_of(c) == 0; }

// Terminals disagree on the width of what these two make (an emoji of a joined family, ❤ as a picture). Without them every
// terminal shows the characters one by one, as wide as wcwidth says.
bool changes_width(char32_t c) { return c == kJoiner || (c >= 0xFE00 && c <= 0xFE0F); }

}  // namespace

Glyph first_glyph(std::string_view text) {
  const auto octet = static_cast<unsigned char>(text.front());
  const bool alone = text.size() == 1 || static_cast<unsigned char>(text[1]) < 0x80;
  if (octet >= 0x20 && octet < 0x7F && alone) return {1, 1, octet};
  const CodePoint first = first_code_point(text);
  const int columns = columns_of(first.value);
  Glyph glyph{first.octets, columns < 0 ? 1 : static_cast<std::size_t>(columns), columns < 0 ? kReplacement : first.value};
  while (glyph.octets < text.size()) {
    const CodePoint next = first_code_point(text.substr(glyph.octets));
    if (!is_mark(next.value)) break;
    glyph.octets += next.octets;
  }
  return glyph;
}

std::string cell_text(const Glyph& glyph, std::string_view octets) {
  if (octets.size() == 1 && glyph.base != kReplacement) return std::string(octets);
  CodePoint point = first_code_point(octets);
  std::string out = glyph.base == kReplacement ? "\xEF\xBF\xBD" : std::string(octets.substr(0, point.octets));
  std::size_t marks = 0;
  for (std::size_t at = point.octets; at < octets.size() && marks < kMostMarks; at += point.octets) {
    point = first_code_point(octets.substr(at));
    if (changes_width(point.value)) continue;
    out.append(octets.substr(at, point.octets));
    ++marks;
  }
  return out;
}

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += glyph.columns;
    text.remove_prefix(glyph.octets);
  }
  return columns;
}

std::size_t width(const Line& line) {
  std::size_t columns = 0;
  for (const Run& run : line) columns += width(run.text);
  return columns;
}

std::size_t columns_before(std::string_view text, std::size_t characters) {
  std::size_t octets = 0;
  for (; characters > 0 && octets < text.size(); --characters) octets += first_code_point(text.substr(octets)).octets;
  return width(text.substr(0, std::min(octets, text.size())));
}

}  // namespace screen
