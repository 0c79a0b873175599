// The one door through which octets of a peer reach a terminal, a file or a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace core {

// `octets` as text that is safe to print: valid UTF-8 passes; CR, LF and TAB become ␍ ␊ ␉; other controls, DEL, C1,
// bidirectional overrides and octets that are not UTF-8 become \xHH; a backslash stays as it is.
[[nodiscard]] std::string show_bytes(std::string_view octets);

// As show_bytes, with every span replaced by kMask. Spans may be in any order and may overlap.
[[nodiscard]] std::string show_masked(std::string_view octets, const std::vector<Span>& secrets);

// `octets` with every span replaced by kMask, otherwise unchanged: for sinks that escape in their own way (JSON).
[[nodiscard]] std::string mask(std::string_view octets, std::vector<Span> secrets);

// Hexadecimal rows for the wire view: "0000  48 45 4c 4f …  HELO…", 16 octets a row. REQUIRES: columns > 0.
[[nodiscard]] std::vector<std::string> hex_rows(std::string_view octets, std::size_t columns = 16);

// What some editors write at the beginning of a file of UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Length in octets of the valid UTF-8 sequence at the start of `text`, or 0 when there is none (RFC 3629).
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text);

// Code points in `text`, which is UTF-8: octets that do not continue another.
[[nodiscard]] std::size_t code_points(std::string_view text);

// Whether all of it is UTF-8, whether all of it is ASCII, and whether it is ASCII without control characters.
[[nodiscard]] bool is_utf8(std::string_view text);
[[nodiscard]] bool is_ascii(std::string_view text);
[[nodiscard]] bool is_printable_ascii(std::string_view text);

// The code point of a sequence whose length utf8_sequence_length gave. REQUIRES: sequence is such a sequence.
[[nodiscard]] char32_t utf8_decode(std::string_view sequence);

// Adds that sequence for a code point. REQUIRES: c is one: up to U+10FFFF, no surrogate.
void append_utf8(std::string& out, char32_t c);

}  // namespace core
