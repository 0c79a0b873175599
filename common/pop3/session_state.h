// Where a session stands and what is remembered of it, kept the same way on both sides of the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/answer.h"
#include "pop3/capabilities.h"
#include "pop3/command.h"
#include "pop3/maildrop.h"
#include "pop3/not_now.h"
#include "pop3/transitions.h"

namespace pop3 {

// Who logged in without saying a name that we can read: with a token alone, or by a mechanism that we do not know.
inline constexpr std::string_view kUnnamedUser = "(unnamed)";

struct Memory {
  std::string time_stamp;                    // <…> in the greeting, for APOP; empty: there was none
  std::optional<Capabilities> capabilities;  // as CAPA said last; nothing: nobody has asked
  std::string name;                          // of the USER that was accepted
  std::string user;                          // who logged in; empty: nobody
  bool encrypted = false;                    // inside TLS
  bool upgraded = false;                     // … since STLS
  bool utf8 = false;                         // UTF8 was accepted
  std::optional<std::uint32_t> messages;     // in the maildrop when the session began, as far as known
  std::optional<std::uint64_t> octets;       // of them
  Marks marks;                               // to be deleted at QUIT
  std::uint32_t retrieved = 0;               // RETRs that were accepted
};

// A change of state, for the log. from == to is a change that only touched memory or nothing.
struct StateChange {
  State from = State::kConnected;
  State to = State::kConnected;
  std::string_view rule;  // of the row that was used; empty when no row fits (the server broke the protocol)
  bool operator==(const StateChange&) const = default;
};

class SessionState {
 public:
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Memory& memory() const { return memory_; }

  // Why this may not come now; null when it may. Whether it is offered is another question: is_offered().
  [[nodiscard]] const NotNow* not_now(Input input) const;
  // What a well-formed command shows that can be known to be wrong: the number of a message that is not there, or marked.
  [[nodiscard]] std::optional<RemarkKind> number_remark(const Command& command) const;
  // Whether these capabilities, or for APOP the greeting, announce it.
  [[nodiscard]] bool is_offered(Input input, const Capabilities& capabilities) const;
  // The commands that may come now, in the order of kInputs; without those that are known not to be offered.
  [[nodiscard]] std::vector<Input> legal_commands() const;

  // An answer to an input: moves the state along the table and keeps what the command gave. `command` is null for inputs that
  // are no command; `user` is who logs in if the answer is the +OK of an exchange. This is the only way in which the state ever
  // changes, but for secured() and close().
  StateChange apply(Input input, const Command* command, const Answer& answer, std::string_view user = {});
  // What +OK to CAPA was followed by.
  void learn(Capabilities capabilities) { memory_.capabilities = std::move(capabilities); }
  void learn_count(std::uint32_t messages, std::uint64_t octets);
  // The login that opened the maildrop was refused all the same.
  void forget_count();

  // A TLS handshake is complete. Before the greeting nothing else changes; otherwise everything is forgotten that was learnt in
  // clear but the greeting, which does not come again (RFC 2595 §4).
  StateChange secured();
  // The connection ends without QUIT: nothing is removed (RFC 1939 §3).
  StateChange close();

 private:
  void remember(Input input, const Command* command, const Answer& answer, std::string_view user);
  void log_in(std::string_view user);

  State state_ = State::kConnected;
  Memory memory_;
};

}  // namespace pop3
