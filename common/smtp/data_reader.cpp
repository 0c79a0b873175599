#include "smtp/data_reader.h"

#include <algorithm>
#include <cstring>

#include "smtp/line_scan.h"

namespace smtp {
namespace {

// CR or LF, dot, CR LF.
constexpr std::size_t kTail = 4;

constexpr std::size_t kLong = std::size_t{128} * 1024;

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

}  // namespace

std::size_t DataReader::receive(std::string_view bytes) {
  Stretch stretch{bytes};
  std::size_t careful_until = 0;
  while (stretch.at < bytes.size() && line_ != Line::kDone) {
    leap(stretch, careful_until);
    if (stretch.at < bytes.size()) step(stretch);
  }
  keep(bytes.substr(stretch.begin, stretch.at - stretch.begin));
  remember_tail(bytes.substr(0, stretch.at));
  return stretch.at;
}

// Passes over whole blocks in which every line end is CRLF and no line begins with a dot: nothing has to be done there.
// careful_until: up to there blocks were found rough.
void DataReader::leap(Stretch& stretch, std::size_t& careful_until) {
  if (stretch.at == 0 || stretch.at < careful_until || line_ == Line::kDot || line_ == Line::kDotCr) return;
  const std::size_t from = stretch.at;
  while (stretch.bytes.size() - stretch.at >= kScanBlock) {
    if (!is_smooth(stretch.bytes.data() + stretch.at)) {
      careful_until = stretch.at + kScanBlock;
      break;
    }
    stretch.at += kScanBlock;
  }
  if (stretch.at == from) return;
  const char last = stretch.bytes[stretch.at - 1];
  line_ = last == '\n' ? Line::kStart : last == '\r' ? Line::kInsideCr : Line::kInside;
}

void DataReader::step(Stretch& stretch) {
  const char c = stretch.bytes[stretch.at];
  switch (line_) {
    case Line::kStart:
      if (c == '.') {
        skip(stretch);  // the dot itself is not kept: it is stuffed or the last one
        line_ = Line::kDot;
      } else {
        line_ = Line::kInside;
      }
      break;
    case Line::kDot:
      if (c == '\r') {
        skip(stretch);
        line_ = Line::kDotCr;
      } else if (c == '\n' && lf_ends_data_) {
        skip(stretch);
        has_bare_lf_ = true;
        line_ = Line::kDone;
      } else {
        line_ = Line::kInside;
      }
      break;
    case Line::kDotCr:
      if (c == '\n') {
        skip(stretch);
        line_ = Line::kDone;
      } else {
        keep("\r");
        has_bare_cr_ = true;
        line_ = Line::kInside;
      }
      break;
    case Line::kInsideCr:
      if (c == '\n') {
        ++stretch.at;
        line_ = Line::kStart;
      } else {
        has_bare_cr_ = true;
        line_ = Line::kInside;
      }
      break;
    case Line::kInside: step_to_line_end(stretch); break;
    case Line::kDone: break;
  }
}

void DataReader::step_to_line_end(Stretch& stretch) {
  const std::string_view rest = stretch.bytes.substr(stretch.at);
  const auto* const lf = static_cast<const char*>(std::memchr(rest.data(), '\n', rest.size()));
  const std::string_view line = rest.substr(0, lf == nullptr ? rest.size() : static_cast<std::size_t>(lf - rest.data()));
  const bool after_cr = line.ends_with('\r');
  if (line.substr(0, line.size() - (after_cr ? 1 : 0)).find('\r') != std::string_view::npos) has_bare_cr_ = true;
  stretch.at += line.size();
  if (lf == nullptr) {
    line_ = after_cr ? Line::kInsideCr : Line::kInside;
    return;
  }
  ++stretch.at;
  if (!after_cr) has_bare_lf_ = true;
  line_ = after_cr || lf_ends_data_ ? Line::kStart : Line::kInside;
}

// Leaves the next octet out of the message.
void DataReader::skip(Stretch& stretch) {
  keep(stretch.bytes.substr(stretch.begin, stretch.at - stretch.begin));
  stretch.begin = ++stretch.at;
}

// Of the wire and not of the message, which has lost its stuffed dots and ends at the limit.
void DataReader::remember_tail(std::string_view taken) {
  if (taken.size() >= kTail) {
    tail_ = taken.substr(taken.size() - kTail);
    return;
  }
  tail_.append(taken);
  tail_.erase(0, tail_.size() - std::min(tail_.size(), kTail));
}

bool DataReader::looks_finished() const {
  std::string_view tail = tail_;
  if (is_done() || tail.empty() || !is_line_end(tail.back())) return false;
  tail.remove_suffix(tail.ends_with("\r\n") ? 2 : 1);
  if (!tail.ends_with('.')) return false;
  tail.remove_suffix(1);
  return tail.empty() || is_line_end(tail.back());  // nothing before it: the dot was all there was
}

void DataReader::keep(std::string_view octets) {
  if (size_ < limit_) {
    const std::string_view kept = octets.substr(0, limit_ - size_);
    const std::size_t needed = message_.size() + kept.size();
    // In larger steps than std::string takes: to copy a long message again and again is what would cost most.
    if (needed > kLong && needed > message_.capacity()) message_.reserve(std::min(limit_, 4 * needed));
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
