#include "imap/response_reader.h"

#include <algorithm>

#include "core/text.h"
#include "imap/answer.h"
#include "imap/literal.h"
#include "imap/response.h"

namespace imap {
namespace {

// Of its octets, or the first of them. The greeting, BYE and the like are read by whoever knows when they come.
std::optional<protocol::Answer> meaning_of(std::string_view bytes) {
  if (bytes.starts_with("* "))
    return protocol::Answer{protocol::Outcome::kNews, "*", {std::string(core::without_line_end(bytes.substr(2)))}};
  return answer_in({std::string(core::without_line_end(bytes.substr(0, bytes.find('\n') + 1)))});
}

}  // namespace

core::Failure ResponseReader::reject(core::Text text) {
  reject_all();
  return core::Failure(core::Error{core::Blame::kPeer, std::move(text), "RFC 9051 §7", {}, "not-a-reply"});
}

core::Result<std::optional<Response>> ResponseReader::next() {
  if (!rejected_.empty()) {
    buffer_.clear();
    return std::nullopt;
  }
  while (true) {
    const std::size_t here = std::min<std::uint64_t>(literal_left_, buffer_.size() - read_);
    read_ += here;
    literal_left_ -= here;
    if (literal_left_ > 0) return read_ > kToldWhole ? hand_on(true) : std::optional<Response>();
    const std::size_t lf = buffer_.find('\n', read_);
    if (lf == std::string::npos) {
      if (buffer_.size() - read_ > kMaxLine) return reject({"a line of the server has no end", "服务器的一行没有结尾"});
      return std::nullopt;
    }
    const auto literal = literal_mark(std::string_view(buffer_).substr(read_, lf + 1 - read_));
    const bool may_hold = is_begun_ || read_ > 0 || response::may_hold_literals(std::string_view(buffer_).substr(0, lf + 1));
    read_ = lf + 1;
    if (!literal || !may_hold) return hand_on(false);
    literal_left_ = literal->octets;
  }
}

core::Result<std::optional<Response>> ResponseReader::hand_on(bool goes_on) {
  Response response;
  response.bytes = buffer_.substr(0, read_);
  response.goes_on = goes_on;
  response.is_continuation = is_begun_;
  if (!is_begun_) {
    auto answer = meaning_of(response.bytes);
    if (!answer) return reject({"the server said what is no response", "服务器说的不是 IMAP 回答"});
    response.answer = std::move(*answer);
  }
  buffer_.erase(0, read_);
  read_ = 0;
  is_begun_ = goes_on;
  return std::optional(std::move(response));
}

}  // namespace imap
