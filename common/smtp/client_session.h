// The client's side of an SMTP session, without I/O. It sends whatever it is given, right or wrong, and keeps track of
// what that means: the tool exists to let people make mistakes.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "core/result.h"
#include "sasl/exchange.h"
#include "sasl/response_line.h"
#include "smtp/client_stream.h"
#include "smtp/session_state.h"

namespace smtp {

// A reply, what it answers, and what it changed.
struct ReplyEvent {
  ReceivedReply received;
  Input answers = Input::kUnknown;  // kConnect for the greeting
  bool unasked = false;             // nothing was waiting for a reply
  StateChange change;
};

class ClientSession {
 public:
  // leniency, line_ends: of the server, known of a scenario. Of a real one only so much is sure that CRLF.CRLF ends a message.
  explicit ClientSession(StateLeniency leniency = {}, LineEnds line_ends = LineEnds::kNormalize);

  // Sends `bytes` exactly as they are. Gives what they say: whole lines and messages, with remarks about form and about
  // order (as judged before any reply to them). A part without a line end is kept and completed by the next call; while
  // mail data is being sent nothing is given before its end.
  std::vector<Said> send(std::string bytes);

  // The TLS handshake is complete: the one that a core::StartTls action began, or before the greeting the one of a connection
  // that is encrypted from the start. What was learnt before is forgotten (RFC 3207 §4.2).
  StateChange secured();

  // Octets from the server; replies come from next_reply().
  void receive(std::string_view bytes);
  // Nothing while more octets are needed; an error (Blame::kPeer) for octets that are no reply. A 220 to STARTTLS makes a
  // core::StartTls action; octets in clear behind it are an error with the id "starttls-injection" (CVE-2011-0411), TLS does
  // not begin then, and nothing more is read.
  core::Result<std::optional<ReplyEvent>> next_reply();

  // How many inputs wait for a reply. The greeting counts from the start.
  [[nodiscard]] std::size_t awaited() const { return awaited_.size(); }
  // What was sent and cannot be answered yet, since its line or message has no end.
  [[nodiscard]] std::string_view unfinished() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> unfinished_remarks() const { return stream_.pending_remarks(); }
  [[nodiscard]] std::vector<core::Span> unfinished_secrets() const;
  // What is odd about whole lines of which nobody knows yet how they will be read.
  [[nodiscard]] std::vector<Remark> early_remarks(std::string_view lines) const;
  // How octets that are sent now will be read is known only after a reply: send() gives them back as one thing, unread.
  [[nodiscard]] bool is_held() const;
  // Octets that were sent and stand in nothing said; those that were given back unread are among them.
  [[nodiscard]] std::size_t unread() const { return static_cast<std::size_t>(stream_.received() - stream_.handed_out()); }
  // The octets that the last error of next_reply() was about.
  [[nodiscard]] const std::string& rejected_reply() const { return injected_.empty() ? replies_.rejected() : injected_; }
  // Octets of the server that are no whole reply yet.
  [[nodiscard]] std::string_view partial_reply() const { return replies_.pending(); }

  // State and memory as the replies so far imply: from a real server an inference.
  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] Mode mode() const { return stream_.mode(); }
  // The line that is sent next carries a password.
  [[nodiscard]] bool next_is_secret() const;
  // What is sent next stands behind a login: the rest of one that was refused, or lines sent before AUTH is answered. Of such
  // lines the password is not told apart.
  [[nodiscard]] bool is_after_login() const;
  // The exchange that is running, or nothing.
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const { return exchange_; }
  core::Actions take_actions();

 private:
  // Something sent that the server has not answered yet.
  struct Awaited {
    Input input = Input::kConnect;
    std::optional<Command> command = {};
    std::string response = {};        // of a SASL exchange, still base64
    std::size_t message_size = 0;     // with the chunk of a BDAT
    bool is_undecided_chunk = false;  // a BDAT of which only the reply shows whether the server takes its chunk
  };

  void read_stream(std::vector<Said>* said);
  void remark_order(Said& said) const;
  [[nodiscard]] Said early(const std::string& bytes) const;
  Awaited take_awaited(const Reply& reply);
  void advance_exchange(const Awaited& answered, const Reply& reply);
  void take_response(std::string_view base64, sasl::ResponsePlace place);
  void follow_state(const Awaited& answered);
  core::Failure refuse_injection();

  SessionState state_;
  ClientStream stream_;
  ReplyReader replies_;
  std::deque<Awaited> awaited_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  std::string injected_;  // in clear, where TLS should have come
  core::Actions actions_;
};

}  // namespace smtp
