// The way of one message through an SMTP session, without I/O: what to send next, and what came of it.
//
//   if (auto step = path.next(session)) conversation.send(step->bytes);       // whenever everything sent is answered
//   path.answered(input, reply);                                              // for every reply, the greeting included
//   if (path.is_over()) …                                                     // outcome() says how it went
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/send/letter.h"
#include "core/result.h"
#include "core/text.h"
#include "protocol/protocol.h"
#include "sasl/client.h"

namespace send {

// The stages at which a delivery can end, in their order. kTls: the handshake, at the start or behind STARTTLS.
enum class Stage : std::uint8_t { kConnect, kTls, kGreeting, kEhlo, kStarttls, kAuth, kMail, kRcpt, kData, kMessage, kQuit };

// "connect", "tls", "greeting", "ehlo", … In Chinese with what that is behind it: "auth（登录）".
std::string_view name(Stage stage);
std::string name(Stage stage, core::Language language);

// How a client wishes to come to a server, whatever it wants there.
struct Wish {
  std::string client_name;                       // in EHLO and HELO; empty: what connected() says
  bool starttls = false;                         // no further than EHLO without it
  std::optional<sasl::Credentials> credentials;  // nothing: no login
  bool password_in_clear = false;                // PLAIN, LOGIN and tokens may go out unencrypted
  std::string nonce = "nonce";                   // fresh printable ASCII without ",", for SCRAM
};

// What is to be delivered.
struct Mail {
  std::string from;             // a mailbox without brackets; empty: the null path
  std::vector<std::string> to;  // mailboxes; REQUIRES: at least one
  Letter message;
};

// One thing to send, answered by one reply.
struct Step {
  Stage stage = Stage::kEhlo;
  std::string bytes;        // as they go out: a line with CRLF; the whole message with its final dot
  core::Text why;           // one sentence for the learner
  bool is_warning = false;  // `why` has to be read before this goes out: a password in clear
  bool goes_on = false;     // kMessage: what came before it was a part of the same message
};

// A command that was refused, and how.
struct Refusal {
  Stage stage = Stage::kConnect;
  std::string recipient;  // kRcpt: whose
  protocol::Answer reply;
};

// What came of it; what is not over yet stands as if it ended now.
struct Outcome {
  std::vector<std::string> delivered;  // the recipients for whom the server took the message over
  std::vector<Refusal> refusals;       // in their order
  std::optional<Stage> stopped_at;     // the stage that decided; nothing: everything was accepted
  // Why the path ended without a refusal. Ids: starttls-not-offered, auth-not-offered, password-in-clear,
  // smtputf8-not-offered, those of sasl::Client, and those of the connection that were handed to lost().
  std::optional<core::Error> error;
  bool lost = false;      // the connection ended, or was never there, before any of that was decided
  bool in_doubt = false;  // … between the final dot and its reply: it may have been delivered
};

// A value. Goes EHLO (HELO when that is refused), STARTTLS and EHLO again, AUTH, MAIL, RCPT for each, DATA when somebody was
// accepted, the message; QUIT always, also after a refusal. One command at a time.
class Path {
 public:
  // Without mail it only looks: EHLO, what the wish asks for, QUIT.
  explicit Path(Wish wish, std::optional<Mail> mail = std::nullopt);

  // What to send now. Nothing: replies or the TLS handshake are awaited, or there is nothing left to send. Each step is given
  // once: send it on this session.
  std::optional<Step> next(const protocol::ClientSession& session);

  // The connection stands; name: of the wish that has none. in_tls: a handshake comes first.
  void connected(const std::string& name, bool in_tls);
  // The handshake is complete.
  void secured();

  // A reply came; `input` is what it answers (protocol::Received::answers, or dialogue::Event::input of a kServer event).
  void answered(protocol::Input input, const protocol::Answer& reply);

  // The connection is gone, or could not be made or secured; `error` says why when it was no orderly end. unsent: octets that
  // were given and did not leave. After QUIT it changes nothing.
  void lost(std::optional<core::Error> error = std::nullopt, std::size_t unsent = 0);

  // QUIT was answered, or the connection is gone: nothing more will be sent.
  [[nodiscard]] bool is_over() const { return over_; }
  // Where it stands: what is under way, or the stage of the step that was sent last.
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  std::optional<Step> next_when_ready(const protocol::ClientSession& session);
  std::optional<Step> log_in(const protocol::ClientSession& session);
  std::optional<Step> respond(std::string_view challenge);
  std::optional<Step> mail(const protocol::ClientSession& session);
  std::optional<Step> next_of_envelope(bool somebody_accepted);
  std::optional<Step> next_of_message();
  std::optional<Step> quit();
  Step step(Stage stage, std::string line, core::Text why);
  void judge(protocol::Input input, const protocol::Answer& reply);
  void judge_recipient(const protocol::Answer& reply);
  void refuse(Stage stage, const protocol::Answer& reply, std::string recipient = {});
  void stop(Stage stage, core::Error error);

  Wish wish_;
  std::optional<Mail> mail_;
  std::optional<sasl::Client> login_;
  std::string challenge_;           // the last 334's text, still base64
  std::size_t rounds_ = 0;          // challenges that were answered
  std::size_t asked_ = 0;           // recipients that RCPT was sent for
  std::vector<std::string> taken_;  // recipients that were accepted, before the message was
  Stage stage_ = Stage::kConnect;
  Outcome outcome_;
  bool helo_ = false;  // EHLO was refused
  bool was_greeted_ = false;
  bool logged_in_ = false;  // 235 came
  bool cancelled_ = false;  // "*" was sent
  bool mailed_ = false;     // MAIL was sent
  bool stopped_ = false;    // only QUIT is left
  bool quitting_ = false;   // QUIT was sent
  bool over_ = false;
};

}  // namespace send
