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
  // server_takes_auth_after_helo: known of a scenario; it only keeps a remark away.
  explicit ClientSession(bool server_takes_auth_after_helo = false);

  // Sends `bytes` exactly as they are. Gives what they say: whole lines and messages, with remarks about form and about
  // order (as judged before any reply to them). A part without a line end is kept and completed by the next call; while
  // mail data is being sent nothing is given before its end.
  std::vector<Said> send(std::string bytes);

  // Octets from the server; replies come from next_reply().
  void receive(std::string_view bytes);
  // Nothing while more octets are needed; an error (Blame::kPeer) for octets that are no reply.
  core::Result<std::optional<ReplyEvent>> next_reply();

  // How many inputs wait for a reply. The greeting counts from the start.
  [[nodiscard]] std::size_t awaited() const { return awaited_.size(); }
  // What was sent and cannot be answered yet, since its line or message has no end.
  [[nodiscard]] std::string_view unfinished() const { return stream_.pending(); }
  [[nodiscard]] std::vector<Remark> unfinished_remarks() const { return stream_.pending_remarks(); }
  // The octets that the last error of next_reply() was about.
  [[nodiscard]] const std::string& rejected_reply() const { return replies_.rejected(); }
  // Octets of the server that are no whole reply yet.
  [[nodiscard]] std::string_view partial_reply() const { return replies_.pending(); }

  // State and memory as the replies so far imply: from a real server an inference.
  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] Mode mode() const { return stream_.mode(); }
  // The line that is sent next carries a password.
  [[nodiscard]] bool next_is_secret() const;
  // The exchange that is running, or nothing.
  [[nodiscard]] const std::optional<sasl::Exchange>& exchange() const { return exchange_; }
  core::Actions take_actions();

 private:
  // Something sent that the server has not answered yet.
  struct Awaited {
    Input input = Input::kConnect;
    std::optional<Command> command;
    std::string response;  // of a SASL exchange, still base64
  };

  void read_stream(std::vector<Said>* said);
  void remark_order(Said& said) const;
  [[nodiscard]] bool is_held() const;
  void advance_exchange(const Awaited& answered, const Reply& reply);

  SessionState state_;
  ClientStream stream_;
  ReplyReader replies_;
  std::deque<Awaited> awaited_;
  std::optional<sasl::Exchange> exchange_;
  std::string claimed_user_;
  core::Actions actions_;
};

}  // namespace smtp
