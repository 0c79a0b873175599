#include "mailbox/line_ends.h"

namespace mailbox {

std::uint64_t LineEnds::size_of(std::string_view piece) {
  std::uint64_t size = piece.size();
  for (std::size_t at = piece.find('\n'); at != std::string_view::npos; at = piece.find('\n', at + 1)) {
    if (!(at == 0 ? after_cr_ : piece[at - 1] == '\r')) ++size;
  }
  if (!piece.empty()) after_cr_ = piece.back() == '\r';
  return size;
}

void LineEnds::convert(std::string_view piece, std::string& out) {
  std::size_t written = 0;
  for (std::size_t at = piece.find('\n'); at != std::string_view::npos; at = piece.find('\n', at + 1)) {
    if (at == 0 ? after_cr_ : piece[at - 1] == '\r') continue;
    out.append(piece, written, at - written);
    out += '\r';
    written = at;
  }
  out.append(piece, written);
  if (!piece.empty()) after_cr_ = piece.back() == '\r';
}

}  // namespace mailbox
