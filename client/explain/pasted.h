// A text that somebody pasted, made readable: escapes undone, in lines, each with who speaks in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace explain {

enum class Speaker : std::uint8_t { kUnknown, kServer, kClient };

struct Line {
  std::string text;        // UTF-8 or not, without its end; nothing else is promised about it
  std::size_t number = 1;  // of the line it stood in, as pasted
  std::size_t begins = 0;  // where the words begin, behind times, names of programs and arrows
  Speaker speaker = Speaker::kUnknown;
};

// Of more lines those in the middle are not looked at; of longer ones the end.
inline constexpr std::size_t kMostLines = 4000;
inline constexpr std::size_t kLongestLine = 8000;

// Where something was left out of a text: at the LF that stands there for it, and how many LFs were in it.
struct Gap {
  std::size_t at = std::string_view::npos;
  std::size_t lines = 0;
};

// The lines of `text`, with the numbers that they had before the gap was made. What a program wrote for a line end or a quote
// (\r\n, \", &#39;, <br>, \xe4) becomes one, so a line may become several with the same number.
[[nodiscard]] std::vector<Line> read_lines(std::string_view text, Gap gap = {});

// `text` with its escapes undone.
[[nodiscard]] std::string unescape(std::string_view text);

// Who speaks in a line, and where the words begin.
[[nodiscard]] Speaker speaker_of(std::string_view line, std::size_t& begins);

}  // namespace explain
