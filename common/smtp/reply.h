// Replies: three digits, one or more lines (RFC 5321 §4.2), perhaps with an enhanced status code (RFC 2034, RFC 3463).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace smtp {

// Reply-code = %x32-35 %x30-39 %x30-39; here the middle digit may be any, since servers use 5z9 and the like.
class ReplyCode {
 public:
  static std::optional<ReplyCode> parse(std::string_view three_digits);
  // REQUIRES: 200 <= value <= 599.
  explicit constexpr ReplyCode(int value) : value_(static_cast<std::uint16_t>(value)) {}

  [[nodiscard]] constexpr int value() const { return value_; }
  [[nodiscard]] constexpr int first_digit() const { return value_ / 100; }
  [[nodiscard]] constexpr bool is_positive() const { return first_digit() == 2; }
  [[nodiscard]] constexpr bool is_intermediate() const { return first_digit() == 3; }
  [[nodiscard]] constexpr bool is_negative() const { return first_digit() >= 4; }
  bool operator==(const ReplyCode&) const = default;

 private:
  std::uint16_t value_;
};

// class "." subject "." detail (RFC 3463 §2).
struct EnhancedCode {
  int status = 0;  // 2, 4 or 5
  int subject = 0;
  int detail = 0;

  // Reads one at the start of `text`; it must be followed by a space or the end.
  static std::optional<EnhancedCode> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  bool operator==(const EnhancedCode&) const = default;
};

struct Reply {
  ReplyCode code{250};
  std::vector<std::string> lines;  // the text behind code and separator, at least one

  [[nodiscard]] std::optional<EnhancedCode> enhanced() const;
  bool operator==(const Reply&) const = default;
};

// "250-first\r\n250 last\r\n".
[[nodiscard]] std::string serialise(const Reply& reply);

// A reply from lines that carry their codes ("250-mail", "250 8BITMIME"), without line ends; fails as ReplyReader does.
[[nodiscard]] core::Result<Reply> reply_from_lines(const std::vector<std::string>& lines);

// A reply found in the server's octets.
struct ReceivedReply {
  Reply reply;
  std::string bytes;  // exactly what was received for it
  bool bare_lf = false;
};

// Finds replies in what a server sends, in any chunking.
class ReplyReader {
 public:
  // Longest reply taken, all lines together. RFC 5321 §4.5.3.1.5 allows 512 octets a line; servers send more.
  static constexpr std::size_t kMaxReply = std::size_t{64} * 1024;

  void receive(std::string_view bytes) { buffer_.append(bytes); }

  // The next whole reply; nothing while more octets are needed; an error (Blame::kPeer) when what arrived is no reply.
  // After an error the offending line is dropped and reading may go on.
  core::Result<std::optional<ReceivedReply>> next();

  // How much of what is no reply is kept to be shown.
  static constexpr std::size_t kMaxRejected = 512;

  // The octets that the last error of next() was about, at most kMaxRejected of them.
  [[nodiscard]] const std::string& rejected() const { return rejected_; }

  // What arrived and is not yet a whole reply.
  [[nodiscard]] std::string_view pending() const { return buffer_; }
  // Forgets it, and gives it.
  std::string take_pending();

 private:
  std::string buffer_;
  std::size_t searched_ = 0;    // no LF before this octet has been overlooked
  std::size_t line_begin_ = 0;  // where the line being read starts
  std::optional<Reply> partial_;
  bool bare_lf_ = false;
  std::string rejected_;
};

}  // namespace smtp
