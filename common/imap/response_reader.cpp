#include "imap/response_reader.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"
#include "imap/answer.h"

namespace imap {
namespace {

// "{n}" at the end of a line.
std::optional<std::size_t> literal_in(std::string_view line) {
  line = core::without_line_end(line);
  const std::size_t open = line.rfind('{');
  if (!line.ends_with('}') || open == std::string_view::npos) return std::nullopt;
  const std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  std::size_t octets = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octets);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  return is_number ? std::optional(octets) : std::nullopt;
}

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
    const std::size_t here = std::min(literal_left_, buffer_.size() - read_);
    read_ += here;
    literal_left_ -= here;
    if (literal_left_ > 0) return read_ > kToldWhole ? hand_on(true) : std::optional<Response>();
    const std::size_t lf = buffer_.find('\n', read_);
    if (lf == std::string::npos) {
      if (buffer_.size() - read_ > kMaxLine) return reject({"a line of the server has no end", "服务器的一行没有结尾"});
      return std::nullopt;
    }
    const auto literal = literal_in(std::string_view(buffer_).substr(read_, lf + 1 - read_));
    read_ = lf + 1;
    if (!literal) return hand_on(false);
    literal_left_ = *literal;
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
