#include "smtp/data_reader.h"

#include <algorithm>

#include "smtp/line_scan.h"

namespace smtp {
namespace {

// Memory for longer messages is taken in larger steps than std::string takes: to copy a long message again and again is what
// would cost most. But a piece of more than 32 MiB is one that malloc gives back to the system each time, and gets page by
// page.
constexpr std::size_t kLong = std::size_t{128} * 1024;
constexpr std::size_t kLargestStep = std::size_t{16} << 20U;

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

}  // namespace

std::size_t DataReader::receive(std::string_view bytes) {
  Stretch stretch{bytes};
  while (stretch.at < bytes.size() && line_ != Line::kDone) {
    pass(stretch);
    if (stretch.at < bytes.size()) step(stretch);
  }
  keep(bytes.substr(stretch.begin, stretch.at - stretch.begin));
  remember_tail(bytes.substr(0, stretch.at));
  return stretch.at;
}

// Goes on to the next octet that means anything: of lines that end in CRLF and begin with no dot there is nothing to know.
void DataReader::pass(Stretch& stretch) {
  if (stretch.at == 0 || line_ == Line::kDot || line_ == Line::kDotCr) return;
  if (end_ == DataEnd::kLfThroughout) {
    if (has_crlf_ || has_bare_cr_) {
      end_ = DataEnd::kCrlf;
    } else {
      return;  // every octet may be the CR that decides
    }
  }
  const char* const rest = stretch.bytes.data() + stretch.at;
  const std::size_t smooth = smooth_octets(rest, stretch.bytes.size() - stretch.at);
  if (smooth == 0) return;
  stretch.at += smooth;
  began_behind_lf_ = false;
  const char last = rest[smooth - 1];
  line_ = last == '\n' ? Line::kStart : last == '\r' ? Line::kInsideCr : Line::kInside;
}

// One octet.
void DataReader::step(Stretch& stretch) {
  const char c = stretch.bytes[stretch.at];
  const bool ends_line = c == '\n' && (lf_ends_line() || line_ == Line::kInsideCr || line_ == Line::kDotCr);
  switch (line_) {
    case Line::kDot:
      if (c == '\r') return skip(stretch, Line::kDotCr);
      if (ends_line) {
        has_bare_lf_ = ended_by_lf_ = true;
        return skip(stretch, Line::kDone);
      }
      break;
    case Line::kDotCr:
      if (ends_line && began_behind_lf_ && end_ != DataEnd::kAnyLf) return undo_dot(stretch);
      if (ends_line) {
        ended_by_lf_ = began_behind_lf_;
        return skip(stretch, Line::kDone);
      }
      keep("\r");
      has_bare_cr_ = true;
      break;
    case Line::kInsideCr: (c == '\n' ? has_crlf_ : has_bare_cr_) = true; break;
    case Line::kStart:
      if (c == '.') return skip(stretch, Line::kDot);  // it is stuffed or the last one
      break;
    case Line::kInside:
    case Line::kDone: break;
  }
  if (c == '\n' && line_ != Line::kInsideCr) has_bare_lf_ = true;
  if (ends_line) began_behind_lf_ = line_ != Line::kInsideCr;
  line_ = ends_line ? Line::kStart : c == '\r' ? Line::kInsideCr : Line::kInside;
  ++stretch.at;
}

// In kLfThroughout the first CR takes the licence away, also one that ends a line or stands alone.
bool DataReader::lf_ends_line() const {
  return end_ == DataEnd::kAnyLf || (end_ == DataEnd::kLfThroughout && !has_crlf_ && !has_bare_cr_);
}

// LF, dot, CR LF is no end and no stuffed dot either: the first CR ends the time of LF.
void DataReader::undo_dot(Stretch& stretch) {
  keep(".\r");
  has_crlf_ = true;
  began_behind_lf_ = false;
  line_ = Line::kStart;
  ++stretch.at;
}

// Leaves the next octet out of the message.
void DataReader::skip(Stretch& stretch, Line next) {
  keep(stretch.bytes.substr(stretch.begin, stretch.at - stretch.begin));
  stretch.begin = ++stretch.at;
  line_ = next;
}

// Of the wire and not of the message, which has lost its stuffed dots and ends at the limit.
void DataReader::remember_tail(std::string_view taken) {
  const std::size_t fresh = std::min(taken.size(), tail_.size());
  std::copy(tail_.begin() + fresh, tail_.end(), tail_.begin());
  std::copy(taken.end() - fresh, taken.end(), tail_.end() - fresh);
}

bool DataReader::looks_finished() const {
  std::string_view tail(tail_.data(), tail_.size());
  if (is_done() || !is_line_end(tail.back())) return false;
  tail.remove_suffix(tail.ends_with("\r\n") ? 2 : 1);
  if (!tail.ends_with('.')) return false;
  tail.remove_suffix(1);
  return is_line_end(tail.back());
}

void DataReader::append(std::string_view octets) {
  if (size_ < limit_) {
    const std::string_view kept = octets.substr(0, limit_ - size_);
    const std::size_t needed = message_.size() + kept.size();
    if (needed > kLong && needed > message_.capacity()) message_.reserve(std::min({limit_, 4 * needed, needed + kLargestStep}));
    message_.append(kept);
  }
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
