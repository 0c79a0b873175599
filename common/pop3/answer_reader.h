// Answers of a server, read from its octets in any chunking: a first line, and what follows it piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "pop3/answer.h"
#include "pop3/dots.h"

namespace pop3 {

// The first line of an answer, as it came.
struct ReceivedLine {
  Answer answer;      // without a body
  std::string bytes;  // line end included
};

// A stretch of what stands behind the first line.
struct ReceivedPiece {
  std::string octets;    // dots taken away, without the end mark; may be empty in the last one
  std::string bytes;     // as on the wire
  bool is_last = false;  // the end mark was read
};

class AnswerReader {
 public:
  static constexpr std::size_t kMaxLine = 16384;    // a challenge may be longer than RFC 1939's 512 octets
  static constexpr std::size_t kMaxRejected = 512;  // octets of what is no answer that are kept

  void receive(std::string_view bytes) { buffer_.append(bytes); }

  // The next first line, or nothing while more octets are needed; an error (Blame::kPeer) for octets that are none, and for
  // all that come behind them. A line may end in LF alone. REQUIRES: !in_body().
  core::Result<std::optional<ReceivedLine>> next_line();

  // What comes next belongs to the answer just read.
  void begin_body() { body_.emplace(); }
  [[nodiscard]] bool in_body() const { return body_.has_value(); }
  // All that has come of it and was not given yet; nothing when that is nothing. REQUIRES: in_body().
  std::optional<ReceivedPiece> next_piece();

  // Octets that are no whole line yet.
  [[nodiscard]] std::string_view pending() const { return buffer_; }
  std::string take_pending() { return std::exchange(buffer_, {}); }
  [[nodiscard]] const std::string& rejected() const { return rejected_; }

 private:
  core::Failure reject(core::Text text);

  std::string buffer_;
  std::optional<DotReader> body_;
  std::string rejected_;
};

}  // namespace pop3
