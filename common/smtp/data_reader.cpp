#include "smtp/data_reader.h"

#include <algorithm>
#include <cstring>

namespace smtp {

std::size_t DataReader::receive(std::string_view bytes) {
  std::size_t run = 0;  // [run, at) is read and not yet kept: whole stretches are copied at once
  std::size_t at = 0;
  const auto keep_run = [&] { keep(bytes.substr(run, at - run)); };
  while (at < bytes.size() && line_ != Line::kDone) {
    const char c = bytes[at];
    switch (line_) {
      case Line::kStart:
        if (c == '.') {
          keep_run();
          run = ++at;  // the dot itself is not kept: it is stuffed or the last one
          line_ = Line::kDot;
        } else {
          line_ = Line::kInside;
        }
        ends_in_dot_lf_ = false;
        break;
      case Line::kDot:
        if (c == '\r') {
          run = ++at;
          line_ = Line::kDotCr;
        } else if (c == '\n' && lf_ends_data_) {
          run = ++at;
          line_ = Line::kDone;
        } else {
          ends_in_dot_lf_ = c == '\n';
          line_ = Line::kInside;
        }
        break;
      case Line::kDotCr:
        if (c == '\n') {
          run = ++at;
          line_ = Line::kDone;
        } else {
          keep("\r");
          line_ = Line::kInsideCr;
        }
        break;
      case Line::kInsideCr:
        if (c == '\n') {
          ++at;
          line_ = Line::kStart;
        } else {
          line_ = Line::kInside;
        }
        break;
      case Line::kInside: {
        const auto* const lf = static_cast<const char*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
        const std::size_t end = lf == nullptr ? bytes.size() : static_cast<std::size_t>(lf - bytes.data());
        if (end > at) ends_in_dot_lf_ = false;
        const bool after_cr = end > at && bytes[end - 1] == '\r';
        if (lf == nullptr) {
          line_ = after_cr ? Line::kInsideCr : Line::kInside;
          at = end;
        } else {
          if (!after_cr) has_bare_lf_ = true;
          line_ = after_cr || lf_ends_data_ ? Line::kStart : Line::kInside;
          at = end + 1;
        }
        break;
      }
      case Line::kDone: break;
    }
  }
  keep_run();
  return at;
}

bool DataReader::looks_finished() const {
  return !is_done() && (ends_in_dot_lf_ || message_.ends_with("\n.\n") || message_.ends_with("\n.\r\n"));
}

void DataReader::keep(std::string_view octets) {
  if (size_ < limit_) message_.append(octets.substr(0, limit_ - size_));
  size_ += octets.size();
}

std::string dot_stuff(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 2);
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t crlf = message.find("\r\n", at);
    const std::size_t end = crlf == std::string_view::npos ? message.size() : crlf + 2;
    if (message[at] == '.') out += '.';
    out.append(message.substr(at, end - at));
    at = end;
  }
  if (!out.empty() && !out.ends_with("\r\n")) out += "\r\n";
  return out;
}

}  // namespace smtp
