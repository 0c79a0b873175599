#include "core/show.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/secret.h"

namespace core {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_hex(std::string& out, unsigned char octet) {
  out += kHexDigits[octet >> 4];
  out += kHexDigits[octet & 15U];
}

struct Range {
  char32_t first;
  char32_t last;
};

// Characters that are valid UTF-8 and either change how a terminal draws what follows (C1 controls, direction overrides, ends
// of lines) or are not to be seen at all (Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties): of these every
// terminal has its own idea how wide they are.
constexpr std::array kHidden{
    Range{0x80, 0x9F},       Range{0xAD, 0xAD},       Range{0x34F, 0x34F},     Range{0x61C, 0x61C},   Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},   Range{0x200B, 0x200F},   Range{0x2028, 0x202E}, Range{0x2060, 0x206F},
    Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFFB},
    Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF},
};

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kAsText = 0xFE0E;  // the two selectors that choose how a symbol is drawn
constexpr char32_t kAsPicture = 0xFE0F;

bool is_hidden(char32_t c) {
  return std::any_of(kHidden.begin(), kHidden.end(), [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool is_symbol(char32_t c) { return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF); }

// Between symbols a joiner, and behind one a selector, belong to one picture, an emoji.
bool is_part_of_picture(char32_t before, char32_t c) {
  if (c == kJoiner) return is_symbol(before) || before == kAsPicture;
  return (c == kAsText || c == kAsPicture) && is_symbol(before);
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = octet(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xC0U) != 0x80) return 0;
  }
  // Overlong forms, surrogates and what lies beyond U+10FFFF.
  if ((first == 0xE0 && octet(1) < 0xA0) || (first == 0xED && octet(1) > 0x9F)) return 0;
  if ((first == 0xF0 && octet(1) < 0x90) || (first == 0xF4 && octet(1) > 0x8F)) return 0;
  return length;
}

std::size_t code_points(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

char32_t utf8_decode(std::string_view sequence) {
  const auto octet = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(sequence[i])); };
  switch (sequence.size()) {
    case 1: return octet(0);
    case 2: return (octet(0) & 0x1FU) << 6 | (octet(1) & 0x3FU);
    case 3: return (octet(0) & 0x0FU) << 12 | (octet(1) & 0x3FU) << 6 | (octet(2) & 0x3FU);
    default: return (octet(0) & 0x07U) << 18 | (octet(1) & 0x3FU) << 12 | (octet(2) & 0x3FU) << 6 | (octet(3) & 0x3FU);
  }
}

void append_utf8(std::string& out, char32_t c) {
  const auto octet = [&](char32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) return octet(c);
  if (c < 0x800) {
    octet(0xC0U | c >> 6U);
  } else if (c < 0x10000) {
    octet(0xE0U | c >> 12U);
    octet(0x80U | (c >> 6U & 0x3FU));
  } else {
    octet(0xF0U | c >> 18U);
    octet(0x80U | (c >> 12U & 0x3FU));
    octet(0x80U | (c >> 6U & 0x3FU));
  }
  octet(0x80U | (c & 0x3FU));
}

std::string show_bytes(std::string_view octets) {
  std::string out;
  char32_t before = 0;  // the character that was shown last, if it is not ASCII
  out.reserve(octets.size());
  for (std::size_t i = 0; i < octets.size();) {
    const std::size_t begin = i;
    while (i < octets.size() && octets[i] >= 0x20 && octets[i] < 0x7F) ++i;
    out.append(octets.substr(begin, i - begin));  // most of all that is ever shown
    if (i == octets.size()) break;
    if (i > begin) before = 0;
    const auto octet = static_cast<unsigned char>(octets[i]);
    const std::size_t length = utf8_sequence_length(octets.substr(i));
    if (octet == '\r') {
      out += "␍";
    } else if (octet == '\n') {
      out += "␊";
    } else if (octet == '\t') {
      out += "␉";
    } else if (length == 0 || octet < 0x20 || octet == 0x7F) {
      out += "\\x";
      append_hex(out, octet);
    } else if (const char32_t c = utf8_decode(octets.substr(i, length)); is_hidden(c) && !is_part_of_picture(before, c)) {
      for (std::size_t k = 0; k < length; ++k) {
        out += "\\x";
        append_hex(out, static_cast<unsigned char>(octets[i + k]));
      }
      before = 0;
    } else {
      out.append(octets.substr(i, length));
      before = c;
    }
    i += std::max<std::size_t>(1, length);
  }
  return out;
}

std::string mask(std::string_view octets, std::vector<Span> secrets) {
  std::sort(secrets.begin(), secrets.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Span& span : secrets) {
    const std::size_t end = std::min(span.end, octets.size());
    if (end <= at) continue;
    if (span.begin > at || out.empty() || !out.ends_with(kMask)) {
      if (span.begin > at) out.append(octets.substr(at, span.begin - at));
      out.append(kMask);
    }
    at = end;
  }
  return out.append(octets.substr(at));
}

std::string show_masked(std::string_view octets, const std::vector<Span>& secrets) { return show_bytes(mask(octets, secrets)); }

std::vector<std::string> hex_rows(std::string_view octets, std::size_t columns) {
  std::vector<std::string> rows;
  const int highest = octets.size() > 0x10000 ? 28 : 12;  // four digits, or eight for what is longer than 64 KiB
  for (std::size_t at = 0; at < octets.size(); at += columns) {
    const std::string_view part = octets.substr(at, columns);
    std::string row;
    for (int shift = highest; shift >= 0; shift -= 4) row += kHexDigits[at >> static_cast<unsigned>(shift) & 15U];
    row += "  ";
    std::string characters;
    for (std::size_t i = 0; i < columns; ++i) {
      if (i < part.size()) {
        append_hex(row, static_cast<unsigned char>(part[i]));
        characters += part[i] >= 0x20 && part[i] < 0x7F ? part[i] : '.';
      } else {
        row += "  ";
      }
      row += ' ';
    }
    rows.push_back(row + " " + characters);
  }
  return rows;
}

}  // namespace core
