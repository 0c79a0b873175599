// The server's side of a session of any mail protocol, without I/O: octets in, turns out; answers in, octets out.
//
//   session.receive(bytes);
//   while (auto turn = session.next_turn()) {                    // turn->proposed is what the RFCs say
//     session.answer(*turn, decide(*turn));
//     while (session.is_sending()) send(*session.next_piece());  // an answer that is pulled
//   }
//   perform(session.take_actions());
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "core/result.h"
#include "mailbox/mailbox.h"
#include "protocol/answer.h"
#include "protocol/fact.h"
#include "protocol/said.h"
#include "protocol/state.h"
#include "sasl/exchange.h"

namespace protocol {

// Something that waits for the server's answer.
struct Turn {
  explicit Turn(Said what) : input(what.input), said(std::move(what)) {}

  Input input;
  Said said;             // its octets are none for Role::kConnect
  bool in_order = true;  // it may come in this state
  // A login that ended without credentials: no base64, not what the mechanism wants, too long, given up with "*".
  bool bad_credentials = false;
  std::optional<sasl::Challenge> challenge = {};  // the answer proposed is this challenge
  // Judge it; proposed is a refusal. It may come twice: see sasl/exchange.h.
  std::optional<sasl::Claim> claim = {};
  Answer proposed = {};         // what a server answers that only knows the RFCs
  std::string bytes = {};       // … as it goes on the wire, up to where it is pulled
  bool is_pulled = false;       // … and goes on: see is_sending()
  bool closes = false;          // the session ends after the answer whatever it is
  bool brings_message = false;  // a positive answer takes the message that was sent
};

// Why a server speaks without being asked, or otherwise than its session proposes.
enum class Occasion : std::uint8_t {
  kShutDown,   // it is being ended
  kTooLate,    // the client was silent for too long
  kNotStored,  // the message could not be stored
  kDiskFull,   // … for want of space
  kWelcome,    // the login is right
  kChallenge,  // it goes on with one more word of the server, in base64
};

struct Announcement {
  Answer meaning;
  std::string bytes;
};

class ServerSession : public Knows {
 public:
  ServerSession() = default;
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  // Stores; acts in next_turn(). The first turn is the connection's and needs no octets. What comes before the answer to the
  // last turn has left may be given at once: it is early, and remarked so.
  virtual void receive(std::string_view bytes) = 0;

  // The next turn, or nothing while more octets are needed, an answer is being pulled, or the session is over. REQUIRES: the
  // last one was answered, and the answer has left.
  virtual std::optional<Turn> next_turn() = 0;

  // The claim of this turn is right and the client is to be welcomed: fills in the answer to that, which may be a refusal where
  // the mailbox cannot be had (RFC 1939 §4). open: whose mailbox it is; asked where the protocol reads one. REQUIRES:
  // turn.claim.
  virtual void welcome(Turn& turn, const std::function<mailbox::Mailbox&()>& open) = 0;

  // Answers the turn with these octets, which go out as they are (a scenario may send what no Answer can express); `meaning`
  // moves the state. close_behind: end the session behind it.
  virtual StateChange answer(const Answer& meaning, std::string bytes, bool close_behind = false) = 0;
  // The same, said by these actions: in pieces, with pauses between them, or not at all.
  virtual StateChange answer(const Answer& meaning, core::Actions speech, bool close_behind = false) = 0;
  // What the turn proposes, with what is pulled behind it; its first line may have been put into other words, of the same
  // outcome. What was said in the end, which is otherwise where it turns out that
  // it cannot be done (RFC 1939 §6: what is marked is removed at QUIT), stands in the turn.
  virtual StateChange answer_as_proposed(Turn& turn, bool close_behind = false) = 0;

  // The rest of an answer has to be sent; till then no turn comes.
  [[nodiscard]] virtual bool is_sending() const { return false; }
  // The next octets of it as they go on the wire, never empty. An error of what it comes from ends the session. REQUIRES:
  // is_sending().
  virtual core::Result<std::string> next_piece() { return std::string(); }

  // The TLS handshake is complete: the one that a core::StartTls action began, or before the first turn the one of a connection
  // that is encrypted from the start. What the client said before is forgotten.
  virtual StateChange secured() = 0;

  // What is said on such an occasion; nothing where the protocol has no words for it, or nothing can be said now.
  [[nodiscard]] virtual std::optional<Answer> own_words(Occasion occasion, const std::string& more = {}) const = 0;
  // What the client is to be told though it has not asked, now that it may be told (RFC 9051 §7): its octets are among the
  // actions already. Asked when something may have changed in what the client has open, until there is nothing more.
  virtual std::optional<Announcement> announce() { return std::nullopt; }
  // The folder of whose changes the client is to hear at once; null: of none, it asks by itself. May be another one after every
  // answer.
  [[nodiscard]] virtual std::shared_ptr<mailbox::Folder> watched() const { return nullptr; }
  // What that does to the state when the session ends with it; for the log.
  [[nodiscard]] virtual StateChange ending(Occasion occasion) const = 0;
  // Ends the session from this side. The words were said, or there are none.
  virtual void end() = 0;

  // What waits unfinished, for the remark about silence.
  [[nodiscard]] virtual std::string_view pending() const = 0;
  [[nodiscard]] virtual std::vector<Remark> pending_remarks() const = 0;
  // What shows when the client hangs up now.
  [[nodiscard]] virtual std::vector<Remark> parting_remarks() const { return {}; }
  // Octets that came and stand in no turn.
  [[nodiscard]] virtual std::size_t held() const = 0;
  // Where a password may stand in octets that stand in no turn.
  [[nodiscard]] virtual std::vector<core::Span> secrets_in(std::string_view untold) const = 0;
  // The client hands over a message: it may rightly take its time. How much of it has come.
  [[nodiscard]] virtual bool is_in_message() const { return false; }
  [[nodiscard]] virtual std::size_t message_octets() const { return 0; }

  [[nodiscard]] virtual const StateRow& state() const = 0;
  // The next thing to come is a command.
  [[nodiscard]] virtual bool takes_commands() const = 0;
  [[nodiscard]] virtual bool is_over() const = 0;
  virtual core::Actions take_actions() = 0;
};

}  // namespace protocol
