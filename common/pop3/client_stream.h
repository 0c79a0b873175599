// What a client says, read from its octets in any chunking: commands, and lines of a SASL exchange.
//
// The server session reads what arrives with it; the client session reads what it sends, so that both understand the same
// octets in the same way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/said.h"

namespace pop3 {

// How much of one client is kept or read, in octets, line ends included.
struct StreamLimits {
  std::size_t command_line = 255;  // RFC 2449 §4
  // RFC 5034 §4 wants every response to be read that a mechanism can have; this is what SMTP asks for (RFC 4954 §4). An AUTH
  // with an initial response may be as long, which the RFC forbids to clients: they do it with tokens, and it is remarked.
  std::size_t auth_line = 12288;
  std::size_t discarded = std::size_t{1} << 20;  // of an endless line, before the connection is given up
};

class ClientStream {
 public:
  // The limits outlive the stream.
  explicit ClientStream(const StreamLimits& limits) : limits_(&limits) {}

  void receive(std::string_view bytes);

  // Whether lines of a SASL exchange come next: the session sets it when an answer has moved it. It takes effect for octets not
  // yet handed out.
  void set_sasl(bool on);
  // Whether the next one carries a password, and whether it is the response of PLAIN (for remarks).
  void expect_response(bool is_secret, bool is_plain);
  // Somebody has logged in: an unknown line is no rest of a login any more.
  void end_login() { after_login_ = false; }
  // Everything that was not handed out yet is gone: TLS begins (RFC 2595 §4). Gives how many octets that were.
  std::size_t forget();

  // The next line, or nothing while more octets are needed.
  std::optional<Said> next();

  // Octets that wait for their line end.
  [[nodiscard]] std::string_view pending() const { return skipping_ ? std::string_view(kept_) : unread(); }
  // What is odd about them.
  [[nodiscard]] std::vector<Remark> pending_remarks() const;
  // Where a password may stand in octets that come next and are no line yet, or several that nobody reads any more.
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const;
  // What is said next stands behind a login: what is no command then may be the rest of it.
  [[nodiscard]] bool is_after_login() const { return after_login_; }
  [[nodiscard]] bool in_sasl() const { return sasl_; }
  // Octets arrived that were not read yet.
  [[nodiscard]] bool has_unread() const { return begin_ < buffer_.size(); }
  // Octets that came and stand in nothing handed out yet.
  [[nodiscard]] std::size_t held() const { return held_; }
  // More octets of one line were thrown away than a client gets.
  [[nodiscard]] bool gave_up() const { return discarded_ > limits_->discarded; }

 private:
  std::optional<Said> skip_line();
  [[nodiscard]] std::size_t line_limit() const;
  Said read_line(std::string with_end);
  void read_response(Said& said) const;
  void read_command(Said& said);
  void remark_extra_newline(Said& said);
  [[nodiscard]] std::string_view unread() const { return std::string_view(buffer_).substr(begin_); }
  void consume(std::size_t octets);

  const StreamLimits* limits_;
  bool sasl_ = false;
  bool response_is_secret_ = false;
  bool response_is_plain_ = false;
  bool after_login_ = false;
  std::size_t base64_before_lf_ = 0;  // octets of base64 on the line before, when LF alone ended it
  bool skipping_ = false;             // the line being read is over its limit; kept_ holds its beginning
  std::string kept_;
  std::string buffer_;
  std::size_t begin_ = 0;      // octets of buffer_ already read
  std::size_t searched_ = 0;   // no LF before this octet of buffer_
  std::size_t discarded_ = 0;  // of the over-long line being skipped
  std::size_t held_ = 0;
};

}  // namespace pop3
