#include "usage/fold.h"

#include <algorithm>
#include <utility>

#include "core/show.h"

namespace usage {
namespace {

constexpr char32_t kFirstWide = 0x2E80;  // from the radicals on everything we write is two columns wide

struct Piece {
  std::string text;  // what is never broken
  bool blank_before = false;
};

std::string_view first_character(std::string_view text) {
  return text.substr(0, std::max<std::size_t>(1, core::utf8_sequence_length(text)));
}

bool is_wide(std::string_view character) { return character.size() > 1 && core::utf8_decode(character) >= kFirstWide; }

bool closes(std::string_view character) {
  constexpr std::string_view kClosing = "。，、；：？！）》」』";
  return is_wide(character) && kClosing.find(character) != std::string_view::npos;
}

bool opens(std::string_view text) { return text.ends_with("（") || text.ends_with("《") || text.ends_with("「"); }

// Words, and Chinese characters each by itself together with the punctuation that belongs to it.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  bool blank = false;
  bool breaks = true;  // whether a new piece may begin here
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    text.remove_prefix(character.size());
    if (character == " ") {
      blank = breaks = true;
      continue;
    }
    const bool begins =
        pieces.empty() || blank || ((breaks || is_wide(character)) && !closes(character) && !opens(pieces.back().text));
    if (begins) pieces.push_back({"", blank});
    pieces.back().text += character;
    blank = false;
    breaks = is_wide(character);
  }
  return pieces;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    columns += is_wide(character) ? 2 : 1;
    text.remove_prefix(character.size());
  }
  return columns;
}

std::vector<std::string> fold(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  for (const Piece& piece : pieces_of(text)) {
    const std::size_t blank = piece.blank_before ? 1 : 0;
    if (!lines.back().empty() && columns_of(lines.back()) + blank + columns_of(piece.text) > columns) {
      lines.push_back(piece.text);
    } else {
      lines.back() += (piece.blank_before && !lines.back().empty() ? " " : "") + piece.text;
    }
  }
  return lines;
}

}  // namespace usage
