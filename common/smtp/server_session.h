// The server's side of an SMTP session, without I/O: octets in, turns out; answers in, octets out.
//
//   session.receive(bytes);
//   while (auto turn = session.next_turn()) session.answer(decide(*turn));   // turn->proposed is what the RFCs say
//   perform(session.take_actions());
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "smtp/client_stream.h"
#include "smtp/login.h"
#include "smtp/server_config.h"
#include "smtp/session_state.h"
#include "smtp/turn.h"

namespace smtp {

class ServerSession {
 public:
  // nonce: fresh printable ASCII without "," and ">", for the challenges of CRAM-MD5 and SCRAM; each exchange of the session
  // adds its number to it.
  explicit ServerSession(const ServerConfig& config, std::string nonce = "nonce");

  // Stores; acts in next_turn(). The first turn is kConnect and needs no octets. What comes before the answer to the last turn
  // has left may be given at once: it is early, and remarked so.
  void receive(std::string_view bytes);

  // The next turn, or nothing while more octets are needed or the session is over. REQUIRES: the last one was answered, and the
  // answer has left.
  std::optional<Turn> next_turn();

  // Answers the turn. `bytes` go out as they are (a scenario may send what no Reply can express); `reply` is what they
  // mean and moves the state. close_behind: end the session behind it.
  Answered answer(const Reply& reply, std::string bytes, bool close_behind = false);
  // The same, said by these actions: in pieces, with pauses between them, or not at all.
  Answered answer(const Reply& reply, core::Actions speech, bool close_behind = false);
  Answered answer(const Reply& reply) { return answer(reply, serialise(reply)); }

  // The TLS handshake is complete: the one that a core::StartTls action began, or before the first turn the one of a
  // connection that is encrypted from the start. What the client said before is forgotten (RFC 3207 §4.2).
  StateChange secured();

  // The client was silent for too long: says 421 and closes (RFC 5321 §4.5.3.2.7). Gives the bytes for the log; none when
  // nothing can be said, in a TLS handshake.
  std::string time_out();
  // Ends the session from this side, whatever was said before.
  void end() { close(); }

  // What waits unfinished, for the remark about silence.
  [[nodiscard]] std::string_view pending() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> pending_remarks() const { return stream_.pending_remarks(); }
  // Octets that came and stand in no turn.
  [[nodiscard]] std::size_t held() const { return static_cast<std::size_t>(stream_.received() - stream_.handed_out()); }
  // Where a password may stand in octets that stand in no turn.
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const;

  // The client sends mail data, or the octets of a BDAT: it may rightly take its time.
  [[nodiscard]] bool is_in_message() const { return stream_.mode() == Mode::kData || stream_.mode() == Mode::kChunk; }

  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] bool is_over() const { return over_; }
  core::Actions take_actions();

 private:
  void line_without_end(Turn& turn);
  void judge(Turn& turn);
  [[nodiscard]] bool has_to_be_awaited(Input input) const;
  void remark_haste(Turn& turn, bool came_early);
  void count(Turn& turn);
  Answered follow(const Reply& reply);
  void end_turn(const StateChange& change, bool close_behind);
  void follow_state(Input input, const Reply& reply);
  void follow_offer();
  void close();

  const ServerConfig* config_;
  SessionState state_;
  ClientStream stream_;
  Login login_;
  std::optional<Input> answering_;   // the turn that waits for its answer …
  std::optional<Command> command_;   // … and its command
  bool closes_ = false;              // … after which the session is over
  bool is_counted_ = true;           // … and which is one of:
  bool login_is_followed_ = false;   // what was answered last is a line of a login, and more had come already
  bool was_answered_ = false;        // the turn before …
  Input awaited_ = Input::kConnect;  // … which is this
  bool is_told_early_ = false;       // … and it was remarked already that the client has gone on
  std::uint64_t early_up_to_ = 0;    // octets that had come when its answer had left
  std::size_t commands_ = 0;         // since the last accepted message
  bool over_ = false;
  core::Actions actions_;
};

}  // namespace smtp
