// A log as SMTP sees it: lines, messages, the reply to each, and what came before its time. Whoever looks for mistakes asks
// this and no event. It believes the server: what was answered 354 is followed by a message, whatever the RFC says.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "findings/moment.h"
#include "findings/track.h"
#include "smtp/reply.h"
#include "smtp_judge/known.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

using findings::Moment;

// How octets of the client are read that come next.
enum class Mode : std::uint8_t { kCommands, kLogin, kMessage, kHandshake };

class Reading {
 public:
  using Line = smtp_judge::Line;

  // Octets of one line that has no end; what is longer is told in parts.
  static constexpr std::size_t kLongestLine = std::size_t{256} * 1024;

  // Octets of a message; of a longer one the beginning and the last few are kept, and it is read no closer.
  static constexpr std::size_t kLongestMessage = std::size_t{8} << 20U;

  // Of one connection, in their order.
  void take(const dialogue::Event& event);
  // Nothing while more events are needed. Between two calls turn() and known() are those of the moment that was given.
  [[nodiscard]] std::optional<Moment> next();

  [[nodiscard]] const Turn& turn() const { return turn_; }
  [[nodiscard]] const Known& known() const { return known_; }
  [[nodiscard]] const Heard& unasked() const { return *unasked_; }
  [[nodiscard]] const findings::Track& track() const { return client_; }
  [[nodiscard]] Mode mode() const { return mode_; }
  // The last thing said waits for its answer.
  [[nodiscard]] bool is_waiting() const { return waiting_; }
  // Octets that came and are no line or message yet, and their place.
  [[nodiscard]] std::string_view pending() const { return std::string_view(buffer_).substr(read_); }
  [[nodiscard]] std::uint64_t pending_begin() const { return client_.end() - pending().size() - cut_; }
  // When somebody last said something.
  [[nodiscard]] microseconds last_octet() const { return last_octet_; }
  [[nodiscard]] microseconds last_reply() const { return last_reply_; }
  // Lines of the reply before this turn.
  [[nodiscard]] std::size_t lines_heard() const { return last_heard_.reply.lines.size(); }
  // Who logs in if what waits is answered 235.
  void set_claimed_user(std::string user) { claimed_user_ = std::move(user); }

 private:
  void take_client(const dialogue::Event& event);
  void take_server(const dialogue::Event& event);
  void keep_partial(const dialogue::Event& event);
  [[nodiscard]] std::optional<Moment> end();
  [[nodiscard]] bool read_line();
  [[nodiscard]] bool read_message();
  [[nodiscard]] std::size_t message_octets();
  void next_turn();
  void make_line(std::size_t octets, smtp::Input input);
  void make_message(std::size_t octets, bool forced);
  void parse(Line& line);
  [[nodiscard]] bool take_chunk();
  void measure_haste(Line& line);
  void answer();
  void follow_mode();
  void consume(std::size_t octets);
  void cut_message();

  Turn turn_;
  Known known_;
  bool waiting_ = true;  // for the greeting
  Mode mode_ = Mode::kCommands;
  std::string buffer_;
  std::size_t read_ = 0;      // octets of buffer_ that were read
  std::size_t cut_ = 0;       // octets in the middle of a message that were let go
  std::size_t searched_ = 0;  // of the pending ones: no end before this one
  findings::Track client_;
  smtp::ReplyReader replies_;
  std::deque<Heard> heard_;         // not given yet
  std::deque<microseconds> begun_;  // when the first octets of the replies that were given last had left
  Heard last_heard_;                // the reply before this turn
  std::optional<Heard> unasked_;
  std::optional<Heard> partial_;  // the beginning of a reply
  bool secured_ = false;
  bool closed_ = false;
  bool ended_ = false;
  microseconds last_octet_{};
  microseconds last_reply_{};
  microseconds line_ended_{};  // when the last octet of the line before came
  std::string claimed_user_;
  // Commands that were parsed last; none of a login.
  struct Parsed {
    std::string text;
    smtp::ParsedCommand command;
  };
  std::array<Parsed, 3> parsed_;
  std::size_t next_parsed_ = 0;
};

}  // namespace smtp_judge
