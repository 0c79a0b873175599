#include "pop3/dots.h"

#include <algorithm>

namespace pop3 {

void DotWriter::write(std::string_view octets, std::string& out) {
  while (!octets.empty()) {
    if (at_line_start_ && octets.front() == '.') out += '.';
    const std::size_t length = std::min(octets.find('\n'), octets.size() - 1) + 1;
    out += octets.substr(0, length);
    at_line_start_ = octets[length - 1] == '\n';
    octets.remove_prefix(length);
  }
}

void DotWriter::finish(std::string& out) { out += at_line_start_ ? ".\r\n" : "\r\n.\r\n"; }

std::size_t DotReader::read(std::string_view octets, std::string& out) {
  std::size_t at = 0;
  while (at < octets.size() && !is_done()) {
    if (place_ == Place::kDot || place_ == Place::kDotCr) {
      read_dot(octets[at], out);
      if (place_ != Place::kLine) ++at;
    } else if (place_ == Place::kLineStart && octets[at] == '.') {
      place_ = Place::kDot;
      ++at;
    } else {
      const std::size_t lf = octets.find('\n', at);
      const std::size_t end = lf == std::string_view::npos ? octets.size() : lf + 1;
      out += octets.substr(at, end - at);
      place_ = lf == std::string_view::npos ? Place::kLine : Place::kLineStart;
      at = end;
    }
  }
  return at;
}

// Behind a dot that begins a line. What is no end mark is read on as the line without it.
void DotReader::read_dot(char c, std::string& out) {
  if (c == '\n') {
    place_ = Place::kDone;
  } else if (c == '\r' && place_ == Place::kDot) {
    place_ = Place::kDotCr;
  } else {
    ++dots_;
    if (place_ == Place::kDotCr) out += '\r';
    place_ = Place::kLine;
  }
}

}  // namespace pop3
