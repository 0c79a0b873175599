// The client's side of a POP3 session, without I/O. It sends whatever it is given, right or wrong, and keeps track of what that
// means: the tool exists to let people make mistakes.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/action.h"
#include "core/result.h"
#include "pop3/answer_reader.h"
#include "pop3/client_stream.h"
#include "pop3/session_state.h"
#include "sasl/exchange.h"
#include "sasl/response_line.h"

namespace pop3 {

// The first line of an answer, what it answers, and what it changed.
struct AnswerEvent {
  ReceivedLine received;
  Input answers = Input::kUnknown;  // kConnect for the greeting
  bool unasked = false;             // nothing was waiting for an answer
  bool has_body = false;            // BodyEvents follow, up to the last one
  StateChange change;
};

// A stretch of what follows it: of a message, for whoever stores it; of LIST, UIDL, CAPA.
struct BodyEvent {
  ReceivedPiece received;
  Input answers = Input::kUnknown;
};

using ClientEvent = std::variant<AnswerEvent, BodyEvent>;

class ClientSession {
 public:
  static constexpr std::size_t kMaxAwaited = 1000;                         // commands without an answer
  static constexpr std::size_t kMaxCapabilities = std::size_t{64} * 1024;  // octets of the answer to CAPA that are kept

  ClientSession();

  // Sends `bytes` exactly as they are. Gives the lines they say, with remarks about form and about order (as judged before any
  // answer to them). A part without a line end is kept and completed by the next call.
  std::vector<Said> send(std::string bytes);
  // So many answers are awaited that a client should read before it sends more (RFC 2449 §6.6: both sides may block).
  [[nodiscard]] bool is_full() const { return awaited_.size() >= kMaxAwaited; }
  // Whether this may be sent now although an answer is still awaited.
  [[nodiscard]] bool may_pipeline() const;

  // The TLS handshake is complete: the one that a core::StartTls action began, or before the greeting the one of a connection
  // that is encrypted from the start. What was learnt before is forgotten (RFC 2595 §4).
  StateChange secured();

  // Octets from the server; what they say comes from next_event().
  void receive(std::string_view bytes);
  // Nothing while more octets are needed; an error (Blame::kPeer) for octets that are no answer. A +OK to STLS makes a
  // core::StartTls action; octets in clear behind it are an error with the id "starttls-injection" (CVE-2011-0411 and its
  // kind), TLS does not begin then, and nothing more is read.
  core::Result<std::optional<ClientEvent>> next_event();

  // How many inputs wait for an answer. The greeting counts from the start.
  [[nodiscard]] std::size_t awaited() const { return awaited_.size(); }
  // What was sent and cannot be answered yet, since its line has no end.
  [[nodiscard]] std::string_view unfinished() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> unfinished_remarks() const { return stream_.pending_remarks(); }
  [[nodiscard]] std::vector<core::Span> unfinished_secrets() const;
  // The octets that the last error of next_event() was about.
  [[nodiscard]] const std::string& rejected() const { return injected_.empty() ? answers_.rejected() : injected_; }
  // Octets of the server that are no whole line yet.
  [[nodiscard]] std::string_view partial_answer() const { return answers_.pending(); }
  // In the middle of an answer of many lines.
  [[nodiscard]] bool in_body() const { return answers_.in_body(); }

  // State and memory as the answers so far imply: from a real server an inference.
  [[nodiscard]] const SessionState& state() const { return state_; }
  // The line that is sent next carries a password.
  [[nodiscard]] bool next_is_secret() const;
  // The exchange that is running, or nothing.
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const { return exchange_; }
  core::Actions take_actions();

  // How octets that are sent now will be read is known only after an answer: send() gives them back as one thing, unread.
  [[nodiscard]] bool is_held() const;
  // Octets that were sent and stand in nothing said; those that were given back unread are among them.
  [[nodiscard]] std::size_t unread() const { return stream_.held(); }
  // What is odd about whole lines of which nobody knows yet how they will be read.
  [[nodiscard]] std::vector<Remark> early_remarks(std::string_view lines) const;
  // What is sent next stands behind a login: the rest of one that was refused, or lines sent before it is answered.
  [[nodiscard]] bool is_after_login() const;

 private:
  // Something sent that the server has not answered yet.
  struct Awaited {
    Input input = Input::kConnect;
    std::optional<Command> command = {};
    std::string response = {};  // of a SASL exchange, still base64
  };

  void read_stream(std::vector<Said>* out);
  void remark_order(Said& said) const;
  [[nodiscard]] Said early(const std::string& bytes) const;
  AnswerEvent take_answer(ReceivedLine line);
  void follow_state(const Awaited& answered);
  void advance_exchange(const Awaited& answered, const Answer& answer);
  void take_response(std::string_view base64, sasl::ResponsePlace place);
  std::optional<ClientEvent> next_piece();
  core::Failure refuse_injection();

  SessionState state_;
  ClientStream stream_;
  AnswerReader answers_;
  std::deque<Awaited> awaited_;
  Input body_of_ = Input::kUnknown;
  std::string capabilities_;  // the answer to CAPA so far
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::string injected_;  // in clear, where TLS should have come
  core::Actions actions_;
};

}  // namespace pop3
