// The server's side of a POP3 session, without I/O: octets in, turns out; answers in, octets out.
//
//   session.receive(bytes);
//   while (auto turn = session.next_turn()) {
//     if (turn->claim && is_welcome(*turn->claim)) session.open_maildrop(*turn, inbox_of(turn->claim->user));
//     if (turn->updates) session.update(*turn);
//     session.answer(std::move(turn->proposed));      // what the RFCs say, or something else
//     perform(session.take_actions());
//     while (session.is_sending()) send(*session.next_piece());
//   }
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "pop3/client_stream.h"
#include "pop3/dots.h"
#include "pop3/login.h"
#include "pop3/maildrop.h"
#include "pop3/server_config.h"
#include "pop3/session_state.h"
#include "pop3/turn.h"

namespace pop3 {

class ServerSession {
 public:
  // nonce: fresh printable ASCII without "," "<" and ">", for the time stamp of the greeting and the challenges of CRAM-MD5 and
  // SCRAM; each exchange of the session adds its number to it.
  explicit ServerSession(const ServerConfig& config, std::string nonce = "nonce");
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  // Stores; acts in next_turn(). The first turn is kConnect and needs no octets.
  void receive(std::string_view bytes);

  // The next turn, or nothing while more octets are needed, an answer is on its way, or the session is over. REQUIRES: the last
  // one was answered.
  std::optional<Turn> next_turn();

  // The claim of this turn is accepted: locks and lists the folder, and proposes +OK, or -ERR [IN-USE] where another session
  // holds it, with a remark. REQUIRES: turn.claim. An answer other than +OK gives the maildrop back.
  void open_maildrop(Turn& turn, std::shared_ptr<mailbox::Folder> inbox);
  // The UPDATE state (RFC 1939 §6): removes what is marked, and proposes -ERR where that fails. REQUIRES: turn.updates. Without
  // it a QUIT removes nothing.
  void update(Turn& turn);

  // Answers the turn; what the answer is moves the state. close_behind: end the session behind it. Of an answer with a body the
  // first line becomes an action; the rest is pulled with next_piece(), and till then no turn comes.
  Answered answer(Answer answer, bool close_behind = false);
  // The same, said by these actions, whole: in pieces, with pauses between them, or not at all.
  Answered answer(const Answer& meaning, core::Actions speech, bool close_behind = false);

  // The rest of an answer has to be sent.
  [[nodiscard]] bool is_sending() const { return body_.has_value(); }
  // The next octets of it as they go on the wire, about mailbox::Content::kMaxPiece at most; is_sending() says whether more
  // come. Never empty. An error of the source ends the session: the client waits for an end mark that would be a lie.
  // REQUIRES: is_sending().
  core::Result<std::string> next_piece();

  // The TLS handshake is complete: the one that a core::StartTls action began, or before the first turn the one of a
  // connection that is encrypted from the start. What the client said before is forgotten (RFC 2595 §4).
  StateChange secured();

  // The session ends without QUIT: the client was silent for limits.auto_logout, has hung up, or the server shuts down. Closes,
  // says nothing and removes nothing (RFC 1939 §3). farewell: what many servers say all the same.
  void end_without_quit(const std::optional<Answer>& farewell = std::nullopt);

  // What waits unfinished, for the remark about silence.
  [[nodiscard]] std::string_view pending() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> pending_remarks() const { return stream_.pending_remarks(); }
  // Octets that came and stand in no turn; of those that TLS made void see dropped().
  [[nodiscard]] std::size_t held() const { return stream_.held(); }
  // Octets in clear behind STLS, which nobody reads (CVE-2011-0411 and its kind).
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  // Where a password may stand in octets that stand in no turn.
  [[nodiscard]] std::vector<core::Span> secrets_in(std::string_view untold) const;
  // What shows when the client hangs up now: marks are lost without QUIT.
  [[nodiscard]] std::vector<Remark> parting_remarks() const;

  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] const Maildrop& maildrop() const { return maildrop_; }
  [[nodiscard]] bool is_over() const { return over_; }
  core::Actions take_actions();

 private:
  // The rest of an answer, on its way.
  struct Body {
    std::unique_ptr<Source> source;
    DotWriter writer;
    bool close_behind = false;
  };

  void line_without_end(Turn& turn) const;
  void propose(Turn& turn);
  void remark_haste(Turn& turn);
  void count(Turn& turn);
  Answered follow(const Answer& answer);
  void follow_state(Input input, const Answer& answer);
  void end_turn(bool close_behind);
  void close();
  [[nodiscard]] Judge judge() const { return {*config_, state_, maildrop_}; }

  const ServerConfig* config_;
  std::string nonce_;
  SessionState state_;
  ClientStream stream_;
  Login login_;
  Maildrop maildrop_;
  std::optional<Input> answering_;  // the turn that waits for its answer …
  std::optional<Command> command_;  // … and its command
  bool closes_ = false;             // … after which the session is over
  bool login_is_followed_ = false;  // what was answered last is a line of a login, and more had come already
  std::optional<Body> body_;
  std::size_t bad_commands_ = 0;  // one after the other
  std::size_t dropped_ = 0;
  bool over_ = false;
  core::Actions actions_;
};

}  // namespace pop3
