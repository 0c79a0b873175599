// The server's side of an SMTP session, without I/O: octets in, turns out; answers in, octets out.
//
//   session.receive(bytes);
//   while (auto turn = session.next_turn()) session.answer(decide(*turn));   // turn->proposed is what the RFCs say
//   perform(session.take_actions());
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "sasl/exchange.h"
#include "smtp/client_stream.h"
#include "smtp/extensions.h"
#include "smtp/session_state.h"

namespace smtp {

// Budgets of one session (RFC 5321 §4.5.3). Past one the client hears 4xx or 5xx, and where nothing else helps 421.
struct ServerLimits {
  StreamLimits stream;
  std::size_t recipients = 1000;             // RFC 5321 §4.5.3.1.8 asks for at least 100
  std::size_t commands_without_mail = 1000;  // then 421: nobody who sends mail needs so many
};

// What one server is like before any rule is laid over it. Shared by all its sessions and outlives them.
struct ServerConfig {
  std::string name = "mock.example";  // {server}: in the greeting, in HELP, in 221
  std::string ehlo_text;              // first line of the answer to EHLO; empty: "NAME greets CLIENT"
  Extensions extensions;              // announced to EHLO, in this order
  LineEnds line_ends = LineEnds::kNormalize;
  CommandLeniency leniency;
  bool auth_after_helo = false;  // AUTH is taken although the client said HELO
  ServerLimits limits;
};

// Something that waits for an answer.
struct Turn {
  Input input = Input::kConnect;
  Said said;  // empty for kConnect
  Legality legality = Legality::kLegal;
  std::optional<sasl::Challenge> challenge;  // the answer proposed is this challenge
  std::optional<sasl::Claim> claim;          // the exchange is complete: judge it; proposed is 535
  Reply proposed;                            // what a server that only knows the RFCs answers
  bool closes = false;                       // the session ends after the answer whatever it is
};

// What happened when an answer was given; for the log.
struct Answered {
  Input input = Input::kConnect;
  StateChange change;
};

class ServerSession {
 public:
  explicit ServerSession(const ServerConfig& config);

  // Stores; acts in next_turn(). The first turn is kConnect and needs no octets.
  void receive(std::string_view bytes);

  // The next turn, or nothing while more octets are needed or the session is over. REQUIRES: the last one was answered.
  std::optional<Turn> next_turn();

  // Answers the turn. `bytes` go out as they are (a scenario may send what no Reply can express); `reply` is what they
  // mean and moves the state. `close`: end the session behind it.
  Answered answer(const Reply& reply, std::string bytes, bool close = false);
  Answered answer(const Reply& reply) { return answer(reply, serialise(reply)); }

  // The client was silent for too long: says 421 and closes (RFC 5321 §4.5.3.2.7). Gives the bytes for the log.
  std::string time_out();

  // What waits unfinished, for the remark about silence.
  [[nodiscard]] std::string_view pending() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> pending_remarks() const { return stream_.pending_remarks(); }

  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] bool is_over() const { return over_; }
  core::Actions take_actions();

 private:
  Turn turn_for(Said said);
  void judge_command(Turn& turn);
  void judge_order(Turn& turn);
  void judge_auth(Turn& turn);
  void judge_mail(Turn& turn);
  void judge_rcpt(Turn& turn);
  void judge_response(Turn& turn, std::string_view base64);
  void judge_message(Turn& turn);
  bool judge_parameters(Turn& turn);
  [[nodiscard]] Reply reply(int code, std::string_view enhanced, std::string_view text) const;
  [[nodiscard]] Reply hello_reply(const Command& command) const;
  void follow_state(Input input, const Reply& reply);

  const ServerConfig* config_;
  SessionState state_;
  ClientStream stream_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;        // of the claim that is being judged
  std::optional<Input> answering_;  // the turn that waits for its answer …
  std::optional<Command> command_;  // … and its command
  bool closes_ = false;             // … after which the session is over
  std::size_t commands_ = 0;        // since the last accepted message
  bool over_ = false;
  core::Actions actions_;
};

}  // namespace smtp
