// How a line announces that octets of any kind follow it (RFC 9051 §4.3, RFC 7888).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace imap {

struct LiteralMark {
  std::uint64_t octets = 0;  // UINT64_MAX: more than can be counted
  bool waits = true;         // for the other side to say that it may come
};

// The most octets of a line, its end included, that a mark whose number can be counted takes.
inline constexpr std::size_t kLongestMark = 32;

// literal = "{" number64 ["+"] "}" CRLF, at the end of `line`, whose own end may be there or not; "~" before it is literal8's.
[[nodiscard]] std::optional<LiteralMark> literal_mark(std::string_view line);

}  // namespace imap
