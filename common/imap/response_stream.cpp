#include "imap/response_stream.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "imap/literal.h"

namespace imap::response {

core::Failure Stream::reject(core::Text text) {
  failed_ = true;
  rejected_ = (raw_.text.empty() ? buffer_.substr(read_) : raw_.text).substr(0, kMaxRejected);
  raw_ = {};
  buffer_.clear();
  read_ = 0;
  return core::Failure(core::Error{core::Blame::kPeer, std::move(text), "RFC 9051 §7", {}, "not-a-reply"});
}

// False: more octets are needed.
bool Stream::take_literal() {
  const std::size_t here = std::min<std::uint64_t>(literal_left_, buffer_.size() - read_);
  const std::size_t keep = std::min(here, most_kept_ - std::min(most_kept_, kept_));
  raw_.literals.back().kept.append(buffer_, read_, keep);
  kept_ += keep;
  read_ += here;
  literal_left_ -= here;
  searched_ = read_;
  return literal_left_ == 0;
}

std::optional<std::uint64_t> Stream::literal_at_end() const {
  const auto mark = may_hold_literals(raw_.text) ? literal_mark(raw_.text) : std::nullopt;
  return mark ? std::optional(mark->octets) : std::nullopt;
}

core::Result<std::optional<Response>> Stream::next() {
  if (failed_) {
    buffer_.clear();
    return std::nullopt;
  }
  while (true) {
    const bool is_waiting = literal_left_ > 0 && !take_literal();
    const std::size_t lf = is_waiting ? std::string::npos : buffer_.find('\n', std::max(searched_, read_));
    if (lf == std::string::npos) {
      if (!is_waiting && raw_.text.size() + buffer_.size() - read_ > kMaxText) {
        return reject({"a response of the server has no end", "服务器的一条应答没有结尾"});
      }
      erased_ += read_;
      buffer_.erase(0, std::exchange(read_, 0));
      searched_ = is_waiting ? 0 : buffer_.size();
      return std::nullopt;
    }
    raw_.text.append(buffer_, read_, lf + 1 - read_);
    read_ = searched_ = lf + 1;
    if (raw_.text.size() > kMaxText) return reject({"a response of the server is too long", "服务器的一条应答太长"});
    const auto literal = literal_at_end();
    if (!literal) break;
    if (*literal > kMaxLiteral || raw_.literals.size() >= kMaxLiterals)
      return reject({"the server announces more octets than any mail has", "服务器声称要发的字节数超过任何邮件"});
    raw_.literals.push_back({{}, *literal});
    literal_left_ = *literal;
  }
  kept_ = 0;
  last_ = core::without_line_end(raw_.text);
  Raw raw = std::exchange(raw_, {});
  raw.text = last_;
  auto response = parse(std::move(raw));
  if (!response) {
    raw_.text = last_;
    return reject({"the server said what is no response", "服务器说的不是 IMAP 应答"});
  }
  taken_ = erased_ + read_;
  if (read_ == buffer_.size()) {
    erased_ += read_;
    buffer_.clear();
    read_ = searched_ = 0;
  }
  return response;
}

}  // namespace imap::response
