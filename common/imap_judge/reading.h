// A log as IMAP sees it: commands with their literals, the answer to each, and what came before its time. Whoever looks for
// mistakes asks this and no event. It believes the server: behind "+" comes what was asked for, whatever the RFC says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "dialogue/event.h"
#include "findings/moment.h"
#include "findings/track.h"
#include "imap/client_stream.h"
#include "imap_judge/answers.h"
#include "imap_judge/known.h"
#include "imap_judge/turn.h"

namespace imap_judge {

using findings::Moment;

// How octets of the client are read that come next.
enum class Mode : std::uint8_t { kCommands, kLogin, kIdle, kHandshake };

class Reading {
 public:
  using Line = imap_judge::Line;

  // An answer that was given, and what to.
  struct Given {
    Line line;  // without its octets
    Heard heard;
  };

  Reading();

  // Of one connection, in their order.
  void take(const dialogue::Event& event);
  // Nothing while more events are needed. Between two calls turn() and known() are those of the moment that was given.
  [[nodiscard]] std::optional<Moment> next();

  [[nodiscard]] const Turn& turn() const { return turn_; }
  [[nodiscard]] const Known& known() const { return known_; }
  // The answers before the line that was said last, at most so many, the newest last; only that one has its octets.
  [[nodiscard]] const std::deque<Given>& before() const { return before_; }
  [[nodiscard]] const findings::Track& track() const { return client_; }
  [[nodiscard]] Mode mode() const { return mode_; }
  // The last thing said waits for its answer.
  [[nodiscard]] bool is_waiting() const { return waiting_; }
  // What has come of that answer.
  [[nodiscard]] const Answers& answers() const { return answers_; }
  // Octets that came and are no line yet, and their place; none inside of a literal.
  [[nodiscard]] std::string_view pending() const { return stream_.pending(); }
  [[nodiscard]] std::uint64_t pending_begin() const { return client_.end() - pending().size(); }
  // Octets of a literal that are still to come; 0: none is on its way.
  [[nodiscard]] std::uint64_t literal_left() const { return waiting_ ? 0 : stream_.literal_left(); }
  // A literal is whole, and its command is not.
  [[nodiscard]] bool is_behind_literal() const { return !waiting_ && stream_.is_behind_literal() && pending().empty(); }
  // When somebody last said something.
  [[nodiscard]] microseconds last_octet() const { return last_octet_; }
  [[nodiscard]] microseconds last_answer() const { return last_answer_; }

 private:
  [[nodiscard]] std::optional<Moment> hear();
  [[nodiscard]] std::optional<Moment> end();
  [[nodiscard]] bool read_line();
  void make_line(imap::Frame frame);
  void measure_haste(Line& line);
  [[nodiscard]] bool is_answer(const imap::response::Response& response) const;
  void count(const imap::response::Response& response);
  void answer(const imap::response::Response& response);
  void go_on();

  Turn turn_;
  Known known_;
  Heard hearing_;        // what has come of the answer: its data are counted
  bool waiting_ = true;  // for the greeting
  Mode mode_ = Mode::kCommands;
  imap::ClientStream stream_;
  std::uint64_t read_ = 0;           // place behind the last line
  std::uint64_t command_begin_ = 0;  // place of the command that comes, or goes on
  findings::Track client_;
  Answers answers_;
  std::deque<Given> before_;
  bool secured_ = false;
  bool closed_ = false;
  bool ended_ = false;
  microseconds line_ended_{};
  microseconds last_octet_{};
  microseconds last_answer_{};
};

}  // namespace imap_judge
