#include "pop3/top.h"

#include <algorithm>

namespace pop3 {

std::size_t Top::take(std::string_view piece) {
  std::size_t at = 0;
  while (at < piece.size() && !is_done()) {
    const std::size_t lf = piece.find('\n', at);
    const std::size_t end = std::min(lf, piece.size());
    if (piece.substr(at, end - at).find_first_not_of('\r') != std::string_view::npos) line_is_blank_ = false;
    at = end;
    if (lf == std::string_view::npos) break;
    ++at;
    end_line();
  }
  return at;
}

void Top::end_line() {
  if (in_body_) {
    --body_lines_;
  } else if (line_is_blank_) {
    in_body_ = true;
  }
  line_is_blank_ = true;
}

}  // namespace pop3
