// What a client says, cut into commands, in any chunking: lines, and among them octets whose number was said before, the
// literals (RFC 9051 §4.3, RFC 7888). Nothing is parsed here but where a command ends; one that is too long is thrown away
// whole and the session goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "imap/literal.h"
#include "protocol/said.h"

namespace imap {

using protocol::LineEnd;

// How much of one client is kept or read, in octets.
struct StreamLimits {
  std::size_t command = 65536;       // a command, its lines and its literals, unless it brings a message
  std::size_t before_login = 16384;  // the same while nobody has logged in; a token may be long (RFC 7628)
  std::size_t message = std::size_t{64} << 20U;
  std::size_t discarded = std::size_t{256} << 20U;  // of what is thrown away, before the connection is given up
  std::size_t unasked = SIZE_MAX;                   // a literal that does not wait may have so many (RFC 7888 §5: 4096)
};

struct Frame {
  enum class Kind : std::uint8_t {
    kCommand,
    kLine,     // of a SASL exchange, or what ends IDLE
    kLiteral,  // the client waits to be asked for the octets that it has announced
    kTooLong,  // `bytes` is the beginning
  };
  Kind kind = Kind::kCommand;
  std::string bytes;       // all of the command so far, literals and line ends included
  std::size_t octets = 0;  // of the wire, since the last frame
  LineEnd line_end = LineEnd::kCrlf;
  std::uint64_t literal = 0;      // of kLiteral
  bool literal_too_long = false;  // … which is more than is taken
};

class ClientStream {
 public:
  enum class Mode : std::uint8_t { kCommands, kLines };

  // The limits outlive the stream.
  explicit ClientStream(const StreamLimits& limits) : limits_(&limits) {}

  void receive(std::string_view bytes);

  // What comes next, of octets not yet handed out: a command, or a line that is none.
  void expect(Mode mode) { mode_ = mode; }
  void set_logged_in(bool on) { logged_in_ = on; }

  // The next frame, or nothing while more octets are needed. REQUIRES: a kLiteral was answered by one of the next two.
  std::optional<Frame> next();
  // The octets may come: they belong to the command, which goes on.
  void go_ahead() { literal_left_ = std::exchange(announced_, 0); }
  // They will not come: the command is over.
  void refuse();

  // Everything that was not handed out yet is gone: TLS begins. Gives how many octets that were.
  std::size_t forget();

  // Octets of a line that has no end yet; empty inside a literal.
  [[nodiscard]] std::string_view pending() const;
  // What has come of a command that goes on behind a literal.
  [[nodiscard]] std::string_view begun() const { return command_; }
  // Of a literal that is no message, what has come while its command waits for more.
  [[nodiscard]] std::string_view literal() const {
    const bool waits = literal_left_ > 0 || (is_behind_literal() && pending().empty());
    return !waits || brings_message_ || skipping_ ? std::string_view() : begun().substr(literal_begin_);
  }
  // The line so far ends in a literal, which is whole; something has to follow it, if only a line end.
  [[nodiscard]] bool is_behind_literal() const {
    return !command_.empty() && announced_ == 0 && literal_left_ == 0 && !skipping_;
  }
  [[nodiscard]] bool has_unread() const { return begin_ < buffer_.size(); }
  [[nodiscard]] std::size_t held() const { return held_; }
  // Octets of a literal that have not come.
  [[nodiscard]] std::uint64_t literal_left() const { return literal_left_; }
  // A message is being handed over; how much of it has come.
  [[nodiscard]] bool is_in_message() const { return literal_left_ > 0 && brings_message_ && !skipping_; }
  [[nodiscard]] std::size_t message_octets() const { return is_in_message() ? command_.size() - literal_begin_ : 0; }
  // More was thrown away than a client gets.
  [[nodiscard]] bool gave_up() const { return discarded_ > limits_->discarded; }

 private:
  bool take_literal();
  std::optional<Frame> end_line(std::string_view line);
  std::optional<Frame> begin_literal(LiteralMark mark, LineEnd line_end);
  Frame frame(Frame::Kind kind, LineEnd line_end);
  void keep(std::string_view octets);
  void skip();
  void consume(std::size_t octets);
  [[nodiscard]] std::size_t limit() const;

  const StreamLimits* limits_;
  Mode mode_ = Mode::kCommands;
  bool logged_in_ = false;
  std::string command_;             // what came of it so far; of one that is too long the beginning
  std::uint64_t announced_ = 0;     // octets of a literal that the client was not asked for yet
  std::uint64_t literal_left_ = 0;  // octets of a literal still to come
  std::size_t literal_begin_ = 0;   // in command_
  bool brings_message_ = false;     // it is an APPEND of somebody who has logged in
  bool skipping_ = false;           // it is too long
  std::size_t discarded_ = 0;       // of it
  std::size_t told_ = 0;            // octets consumed since the last frame
  std::string buffer_;
  std::size_t begin_ = 0;     // octets of buffer_ already consumed
  std::size_t searched_ = 0;  // no LF before this octet of buffer_
  std::size_t held_ = 0;
};

}  // namespace imap
