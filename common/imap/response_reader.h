// Responses of a server, cut out of its octets: lines, with the literals that stand in them (RFC 9051 §7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"
#include "protocol/answer.h"

namespace imap {

// A response, or a part of a long one.
struct Response {
  protocol::Answer answer;       // of the first part; untagged data are kNews
  std::string bytes;             // as they came
  bool goes_on = false;          // more of it follows
  bool is_continuation = false;  // it goes on with the one before
};

class ResponseReader {
 public:
  static constexpr std::size_t kMaxLine = std::size_t{1} << 20;      // what is longer is no line
  static constexpr std::size_t kToldWhole = std::size_t{64} * 1024;  // a longer response is told in parts

  void receive(std::string_view bytes) { buffer_.append(bytes); }
  // Nothing while more octets are needed. Error (Blame::kPeer): it is no response; nothing more is read then.
  core::Result<std::optional<Response>> next();

  [[nodiscard]] std::string_view pending() const { return buffer_; }
  // Everything that waits, as what it was no response.
  void reject_all() { rejected_ = std::exchange(buffer_, {}).substr(0, kMaxRejected); }
  [[nodiscard]] const std::string& rejected() const { return rejected_; }

 private:
  static constexpr std::size_t kMaxRejected = 512;

  core::Failure reject(core::Text text);
  core::Result<std::optional<Response>> hand_on(bool goes_on);

  std::string buffer_;
  std::size_t read_ = 0;            // octets of buffer_ that belong to the response
  std::uint64_t literal_left_ = 0;  // octets of a literal that have not come
  bool is_begun_ = false;           // a part of it has been told
  std::string rejected_;
};

}  // namespace imap
