#include "pop3/answer_reader.h"

#include <algorithm>
#include <utility>

#include "core/text.h"

namespace pop3 {

core::Failure AnswerReader::reject(core::Text text) {
  rejected_ = buffer_.substr(0, kMaxRejected);
  buffer_.clear();
  return core::Failure(core::Error{core::Blame::kPeer, std::move(text), "RFC 1939 §3", {}});
}

core::Result<std::optional<ReceivedLine>> AnswerReader::next_line() {
  const auto no_answer = [] {
    return core::Text{"the server said what begins with neither +OK nor -ERR", "服务器说的既不是 +OK 也不是 -ERR 开头"};
  };
  if (!rejected_.empty()) {
    if (buffer_.empty()) return std::nullopt;
    buffer_.clear();
    return core::fail(core::Blame::kPeer, no_answer(), "RFC 1939 §3");
  }
  const std::size_t lf = buffer_.find('\n');
  if (lf == std::string::npos) {
    if (buffer_.size() > kMaxLine) return reject({"a line of the server has no end", "服务器的一行没有结尾"});
    return std::nullopt;
  }
  if (lf >= kMaxLine) return reject({"a line of the server is too long", "服务器的一行太长"});
  std::optional<Answer> answer = read_first_line(core::without_line_end(std::string_view(buffer_).substr(0, lf + 1)));
  if (!answer) return reject(no_answer());
  ReceivedLine line{std::move(*answer), buffer_.substr(0, lf + 1)};
  buffer_.erase(0, lf + 1);
  return line;
}

std::optional<ReceivedPiece> AnswerReader::next_piece() {
  if (buffer_.empty()) return std::nullopt;
  ReceivedPiece piece;
  const std::size_t length = body_->read(buffer_, piece.octets);
  piece.bytes = length == buffer_.size() ? std::exchange(buffer_, {}) : buffer_.substr(0, length);
  if (!buffer_.empty()) buffer_.erase(0, length);
  piece.is_last = body_->is_done();
  if (piece.is_last) body_.reset();
  return piece;
}

}  // namespace pop3
