// A log as POP3 sees it: lines, the answer to each, and what came before its time. Whoever looks for mistakes asks this and no
// event. It believes the server: behind "+" comes a line of a login, whatever the RFC says.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "dialogue/event.h"
#include "findings/moment.h"
#include "findings/track.h"
#include "pop3_judge/answers.h"
#include "pop3_judge/known.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

using findings::Moment;

// How octets of the client are read that come next.
enum class Mode : std::uint8_t { kCommands, kLogin, kHandshake };

class Reading {
 public:
  using Line = pop3_judge::Line;

  // Octets of one line that has no end; what is longer is told in parts.
  static constexpr std::size_t kLongestLine = std::size_t{64} * 1024;

  // Of one connection, in their order.
  void take(const dialogue::Event& event);
  // Nothing while more events are needed. Between two calls turn() and known() are those of the moment that was given.
  [[nodiscard]] std::optional<Moment> next();

  [[nodiscard]] const Turn& turn() const { return turn_; }
  [[nodiscard]] const Known& known() const { return known_; }
  // The answer before the line that was said last; null before the greeting.
  [[nodiscard]] const Heard* before() const { return before_.empty() ? nullptr : &before_.back(); }
  [[nodiscard]] const findings::Track& track() const { return client_; }
  [[nodiscard]] Mode mode() const { return mode_; }
  // The last thing said waits for its answer.
  [[nodiscard]] bool is_waiting() const { return waiting_; }
  // Octets that came and are no line yet, and their place.
  [[nodiscard]] std::string_view pending() const { return std::string_view(buffer_).substr(read_); }
  [[nodiscard]] std::uint64_t pending_begin() const { return client_.end() - pending().size(); }
  // When somebody last said something.
  [[nodiscard]] microseconds last_octet() const { return last_octet_; }
  [[nodiscard]] microseconds last_answer() const { return last_answer_; }

 private:
  [[nodiscard]] Form form() const;
  [[nodiscard]] std::optional<Moment> end();
  [[nodiscard]] bool read_line();
  void make_line(std::size_t octets);
  void measure_haste(Line& line);
  void answer(Heard heard);
  void consume(std::size_t octets);

  Turn turn_;
  Known known_;
  bool waiting_ = true;  // for the greeting
  Mode mode_ = Mode::kCommands;
  std::string buffer_;
  std::size_t read_ = 0;      // octets of buffer_ that were read
  std::size_t searched_ = 0;  // of the pending ones: no end before this one
  findings::Track client_;
  Answers answers_;
  std::deque<Heard> before_;  // the answers that were given last, of which only the newest has its octets
  bool secured_ = false;
  bool closed_ = false;
  bool ended_ = false;
  microseconds line_ended_{};
  microseconds last_octet_{};
  microseconds last_answer_{};
};

}  // namespace pop3_judge
