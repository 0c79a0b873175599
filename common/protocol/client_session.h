// The client's side of a session of any mail protocol, without I/O. It sends whatever it is given, right or wrong, and keeps
// track of what that means: the tool exists to let people make mistakes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "core/result.h"
#include "protocol/answer.h"
#include "protocol/fact.h"
#include "protocol/proposal.h"
#include "protocol/said.h"
#include "protocol/state.h"
#include "sasl/client_login.h"
#include "sasl/exchange.h"

namespace protocol {

// What the octets are that a client sends next.
enum class Mode : std::uint8_t {
  kCommand,
  kLogin,    // a line of a SASL exchange
  kContent,  // a message, up to its end mark
  kChunk,    // a part of a message, of a length that was said before
  kRest,     // what a command still lacks: octets that it has announced and the server has asked for, or the word that ends it
};

// What came from the server, what it answers, and what it changed.
struct Received {
  Answer answer;                      // empty, and without a code, in what only goes on with the one before
  std::string bytes;                  // as they came
  std::optional<Input> answers = {};  // kUnknown where nobody had asked
  bool unasked = false;               // nothing was waiting for an answer
  bool is_out_of_place = false;       // no such answer can come to that, whatever the state
  bool goes_on = false;               // more of it follows, as a Received of its own
  bool is_continuation = false;       // it goes on with the one before
  std::optional<StateChange> change = {};
};

class ClientSession : public Knows {
 public:
  ClientSession() = default;
  ClientSession(const ClientSession&) = delete;
  ClientSession& operator=(const ClientSession&) = delete;

  // Sends `bytes` exactly as they are. Gives what they say: whole lines and messages, with remarks about form and about order
  // (as judged before any answer to them). A part without a line end is kept and completed by the next call; while a message is
  // being sent nothing is given before its end.
  virtual std::vector<Said> send(std::string bytes) = 0;

  // The TLS handshake is complete; see ServerSession::secured().
  virtual StateChange secured() = 0;

  // Octets from the server; what they say comes from next().
  virtual void receive(std::string_view bytes) = 0;
  // Nothing while more octets are needed; an error (Blame::kPeer) for octets that are no answer. A positive answer to what
  // begins TLS makes a core::StartTls action; octets in clear behind it are an error with the id "starttls-injection"
  // (CVE-2011-0411), TLS does not begin then, and nothing more is read.
  virtual core::Result<std::optional<Received>> next() = 0;

  // How many inputs wait for an answer, or for the rest of one. The greeting counts from the start.
  [[nodiscard]] virtual std::size_t awaited() const = 0;
  // What was sent and cannot be answered yet, since its line or message has no end.
  [[nodiscard]] virtual std::string_view unfinished() const = 0;
  [[nodiscard]] virtual std::vector<Remark> unfinished_remarks() const = 0;
  [[nodiscard]] virtual std::vector<core::Span> unfinished_secrets() const = 0;
  // What is odd about whole lines of which nobody knows yet how they will be read: is_held(), or a line before them makes it
  // so.
  [[nodiscard]] virtual std::vector<Remark> early_remarks(std::string_view lines) const = 0;
  // A message was ended in a way that does not end it, or a chunk is shorter than was said: nothing will come.
  [[nodiscard]] virtual bool looks_finished() const { return false; }
  // How octets that are sent now will be read is known only after an answer: send() gives them back as one thing, unread.
  [[nodiscard]] virtual bool is_held() const = 0;
  // Octets that were sent and stand in nothing said; those that were given back unread are among them.
  [[nodiscard]] virtual std::size_t unread() const = 0;
  // The octets that the last error of next() was about.
  [[nodiscard]] virtual const std::string& rejected() const = 0;
  // Octets of the server that are no whole answer yet.
  [[nodiscard]] virtual std::string_view partial_answer() const = 0;

  // State and facts as the answers so far imply: from a real server an inference.
  [[nodiscard]] virtual const StateRow& state() const = 0;
  [[nodiscard]] virtual bool is_greeted() const = 0;  // the greeting has come
  [[nodiscard]] virtual bool is_over() const = 0;     // both have said goodbye; the server closes
  [[nodiscard]] virtual Mode mode() const = 0;
  // A message is being handed over and not yet answered, whatever mode() says: what is behind its end may be read as commands.
  [[nodiscard]] virtual bool is_in_content() const { return false; }
  // In Mode::kRest: what the command still wants, as people read it: "DONE", "{310} … CRLF".
  [[nodiscard]] virtual std::string wanted() const { return {}; }
  // Everything that came before a hello is still to be said: a greeting has come and nobody has introduced himself.
  [[nodiscard]] virtual bool wants_hello() const { return false; }

  // The line that is sent next carries a password.
  [[nodiscard]] virtual bool next_is_secret() const = 0;
  // What is sent next stands behind a login: the rest of one that was refused, or lines sent before it is answered. Of such
  // lines the password is not told apart.
  [[nodiscard]] virtual bool is_after_login() const = 0;
  // The exchange that is running, or nothing.
  [[nodiscard]] virtual const std::optional<sasl::Exchange>& exchange() const = 0;

  [[nodiscard]] virtual bool is_encrypted() const = 0;
  // What the server has said that it offers; asks: whether it was asked at all.
  [[nodiscard]] virtual bool has_asked_for_offers() const = 0;
  [[nodiscard]] virtual bool offers(std::string_view keyword) const = 0;
  // Of logins that it offers, upper case.
  [[nodiscard]] virtual std::vector<std::string> mechanisms() const = 0;

  // Whether it may come now.
  [[nodiscard]] virtual bool may_come(Input input) const = 0;
  // The commands that may come and are offered, as far as that is known, in the order of the protocol's rows.
  [[nodiscard]] virtual std::vector<Input> legal_commands() const = 0;

  // What is legal now, put into lines that make sense; the likeliest first, no text twice. login: the client's side of the
  // logins of this dialogue.
  [[nodiscard]] virtual std::vector<Likely> likely(const Identity& identity, const sasl::ClientLogin& login) const = 0;

  // A command as it can be said now: where it names itself by a word that was used before, with another such word.
  [[nodiscard]] virtual std::string renewed(std::string line) const { return line; }

  virtual core::Actions take_actions() = 0;
};

}  // namespace protocol
