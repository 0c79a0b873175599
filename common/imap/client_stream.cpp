#include "imap/client_stream.h"

#include <algorithm>

#include "core/text.h"

namespace imap {
namespace {

constexpr std::size_t kIdleCapacity = 4096;  // an idle connection keeps no larger buffer
constexpr std::size_t kCompactAt = std::size_t{64} * 1024;
constexpr std::size_t kKept = 64;  // octets of a command over its limit that are shown

LineEnd end_of(std::string_view line) {
  if (line.ends_with("\r\n")) return LineEnd::kCrlf;
  return line.ends_with('\n') ? LineEnd::kLf : LineEnd::kNone;
}

bool is_append(std::string_view command) {
  const std::size_t tag = command.find(' ');
  return tag != std::string_view::npos && core::starts_with_ignoring_case(command.substr(tag + 1), "APPEND ");
}

void empty(std::string& text) {
  if (text.capacity() > kIdleCapacity) {
    text = std::string();
  } else {
    text.clear();
  }
}

}  // namespace

void ClientStream::receive(std::string_view bytes) {
  buffer_.append(bytes);
  held_ += bytes.size();
}

std::size_t ClientStream::limit() const {
  if (brings_message_) return limits_->command + limits_->message;
  return logged_in_ ? limits_->command : std::min(limits_->command, limits_->before_login);
}

void ClientStream::consume(std::size_t octets) {
  told_ += octets;
  begin_ += octets;
  if (begin_ == buffer_.size()) {
    empty(buffer_);
    begin_ = 0;
  } else if (begin_ > kCompactAt) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  searched_ = begin_;
}

// Of a command that is too long only the beginning stays.
void ClientStream::skip() {
  skipping_ = true;
  discarded_ = command_.size();
  command_.resize(std::min(command_.size(), kKept));
  command_.shrink_to_fit();
}

void ClientStream::keep(std::string_view octets) {
  if (!skipping_ && command_.size() + octets.size() > limit()) {
    command_.append(octets.substr(0, kKept));
    skip();
  }
  if (skipping_) {
    discarded_ += octets.size();
  } else {
    command_.append(octets);
  }
}

Frame ClientStream::frame(Frame::Kind kind, LineEnd line_end) {
  Frame out;
  out.kind = kind;
  out.line_end = line_end;
  out.octets = std::exchange(told_, 0);
  held_ -= out.octets;
  if (kind == Frame::Kind::kLiteral) {
    out.bytes = command_;
    return out;
  }
  out.bytes = std::exchange(command_, {});
  skipping_ = brings_message_ = false;
  discarded_ = 0;
  return out;
}

std::optional<Frame> ClientStream::next() {
  while (!gave_up()) {
    if (!take_literal()) return std::nullopt;
    const std::size_t lf = buffer_.find('\n', searched_);
    const bool has_end = lf != std::string::npos;
    std::size_t length = (has_end ? lf + 1 : buffer_.size()) - begin_;
    const bool is_over = skipping_ || command_.size() + length > limit();
    if (!has_end) {
      searched_ = buffer_.size();
      if (!is_over || length <= kLongestMark) return std::nullopt;
      length -= kLongestMark;
    }
    const std::string line = buffer_.substr(begin_, length);
    keep(line);
    if (has_end && command_.size() == line.size()) brings_message_ = logged_in_ && is_append(line);
    consume(length);
    if (!has_end) return std::nullopt;
    if (auto found = end_line(line)) return found;
  }
  return std::nullopt;
}

// Whether all octets of the literal have come.
bool ClientStream::take_literal() {
  if (literal_left_ == 0) return true;
  const std::size_t here = std::min<std::uint64_t>(literal_left_, buffer_.size() - begin_);
  keep(std::string_view(buffer_).substr(begin_, here));
  consume(here);
  literal_left_ -= here;
  return literal_left_ == 0;
}

std::optional<Frame> ClientStream::end_line(std::string_view line) {
  const LineEnd line_end = end_of(line);
  if (mode_ == Mode::kLines) return frame(skipping_ ? Frame::Kind::kTooLong : Frame::Kind::kLine, line_end);
  // Of a line that is too long no more than its end may be here.
  const std::string_view last = line.substr(line.size() - std::min(line.size(), kLongestMark));
  if (const auto mark = literal_mark(last)) return begin_literal(*mark, line_end);
  return frame(skipping_ ? Frame::Kind::kTooLong : Frame::Kind::kCommand, line_end);
}

// Whoever waits is told; of whoever does not, too many octets are thrown away as they come.
std::optional<Frame> ClientStream::begin_literal(LiteralMark mark, LineEnd line_end) {
  const bool is_over = mark.octets > limit() - std::min(limit(), command_.size());
  literal_begin_ = command_.size();
  if (!mark.waits) {
    if (!skipping_ && (is_over || mark.octets > limits_->unasked)) skip();
    literal_left_ = mark.octets;
    if (mark.octets > limits_->discarded) discarded_ = limits_->discarded + 1;
    return std::nullopt;
  }
  if (skipping_) return frame(Frame::Kind::kTooLong, line_end);
  Frame asked = frame(Frame::Kind::kLiteral, line_end);
  asked.literal = announced_ = mark.octets;
  asked.literal_too_long = is_over;
  return asked;
}

void ClientStream::refuse() {
  empty(command_);
  announced_ = 0;
  brings_message_ = false;
}

std::size_t ClientStream::forget() {
  const std::size_t forgotten = std::exchange(held_, 0);
  empty(buffer_);
  refuse();
  begin_ = searched_ = told_ = discarded_ = 0;
  literal_left_ = 0;
  skipping_ = false;
  return forgotten;
}

std::string_view ClientStream::pending() const {
  if (literal_left_ > 0) return {};
  if (skipping_) return command_;
  return std::string_view(buffer_).substr(begin_);
}

}  // namespace imap
