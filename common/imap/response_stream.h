// Responses cut out of the octets of a server, in any chunking: lines, and among them literals, whose octets are counted and
// not looked at (RFC 9051 §4.3). Only data can hold them: "* OK see {7}" ends where its line does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/response.h"

namespace imap::response {

class Stream {
 public:
  static constexpr std::size_t kMaxText = std::size_t{16} << 20;  // of one response, its literals aside: a SEARCH is long
  static constexpr std::size_t kMaxKept = std::size_t{64} << 20;  // of its literals together
  static constexpr std::uint64_t kMaxLiteral = std::uint64_t{512} << 20;
  static constexpr std::size_t kMaxLiterals = 1000;  // in one response
  static constexpr std::size_t kMaxRejected = 512;

  Stream() = default;
  // most_kept: octets of the literals of a response that it keeps.
  explicit Stream(std::size_t most_kept) : most_kept_(most_kept) {}

  void receive(std::string_view octets) { buffer_.append(octets); }

  // The next response, or nothing while more octets are needed. Errors (Blame::kPeer): octets that are none, and more than is
  // taken; nothing is read any more then.
  core::Result<std::optional<Response>> next();

  // Its octets without literals, as they came: for whoever shows them.
  [[nodiscard]] const std::string& last() const { return last_; }
  // Octets of all responses that were given.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }
  // Octets came that are no whole response yet.
  [[nodiscard]] bool has_more() const { return read_ < buffer_.size() || !raw_.text.empty(); }
  // The beginning of what the last error was about.
  [[nodiscard]] const std::string& rejected() const { return rejected_; }

 private:
  core::Failure reject(core::Text text);
  bool take_literal();
  [[nodiscard]] std::optional<std::uint64_t> literal_at_end() const;

  std::size_t most_kept_ = kMaxKept;
  std::string buffer_;
  std::uint64_t taken_ = 0;
  std::uint64_t erased_ = 0;        // octets that stood before buffer_
  std::size_t read_ = 0;            // octets of buffer_ that are in raw_
  std::size_t searched_ = 0;        // no LF before this octet of buffer_
  Raw raw_;                         // the response so far
  std::uint64_t literal_left_ = 0;  // octets of its last literal that have not come
  std::size_t kept_ = 0;            // octets of its literals
  std::string last_;
  std::string rejected_;
  bool failed_ = false;
};

}  // namespace imap::response
