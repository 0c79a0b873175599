#include "imap/literal.h"

#include <charconv>
#include <system_error>

#include "core/text.h"

namespace imap {

std::optional<LiteralMark> literal_mark(std::string_view line) {
  line = core::without_line_end(line);
  const std::size_t open = line.rfind('{');
  if (!line.ends_with('}') || open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  LiteralMark mark;
  if (digits.ends_with('+')) {
    mark.waits = false;
    digits.remove_suffix(1);
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), mark.octets);
  if (error == std::errc::result_out_of_range) mark.octets = UINT64_MAX;
  const bool is_number = !digits.empty() && end == digits.data() + digits.size();
  return is_number && error != std::errc::invalid_argument ? std::optional(mark) : std::nullopt;
}

}  // namespace imap
