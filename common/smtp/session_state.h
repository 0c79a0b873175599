// Where a session stands and what the server remembers, kept the same way on both sides of the wire.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/command.h"
#include "smtp/extensions.h"
#include "smtp/not_now.h"
#include "smtp/reply.h"
#include "smtp/transitions.h"

namespace smtp {

// Who logged in without saying a name that we can read: with a token alone, or by a mechanism that we do not know.
inline constexpr std::string_view kUnnamedUser = "(unnamed)";

// RFC 5321 §4.1.1: the buffers of the server, and what the extensions add to them.
struct Memory {
  std::string client_name;  // the argument of the HELO or EHLO that was accepted
  bool extended = false;    // it was EHLO
  Extensions extensions;    // what the answer to EHLO announced
  std::string user;         // who logged in; empty: nobody
  bool encrypted = false;   // inside TLS
  bool upgraded = false;    // … since STARTTLS, and neither HELO nor EHLO was said there yet
  std::optional<Path> reverse_path;
  std::vector<Parameter> mail_parameters;  // of the MAIL that gave it: SIZE, BODY, RET, ENVID …
  std::vector<Path> forward_paths;
  std::vector<std::vector<Parameter>> rcpt_parameters;  // NOTIFY, ORCPT: one list for each of forward_paths
  std::size_t refused_recipients = 0;                   // RCPTs of this transaction that were not accepted
  std::size_t message_size = 0;                         // octets of mail data received so far in this transaction
  std::size_t messages = 0;                             // messages accepted in this session
  std::size_t transactions = 0;                         // MAILs accepted in this session
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
  // Where the server is more lenient than the RFCs (scenario key server.quirks). What is let pass is remarked all the same.
  explicit SessionState(StateLeniency leniency = {}) : leniency_(leniency) {}

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Memory& memory() const { return memory_; }

  // Why the input may not come now; null: it may.
  [[nodiscard]] const NotNow* obstacle(Input input) const;
  [[nodiscard]] Legality legality(Input input) const {
    const NotNow* const row = obstacle(input);
    return row == nullptr ? Legality::kLegal : row->legality;
  }
  // Whether a client may take it that the server has this command: by what was announced, or because servers do.
  [[nodiscard]] bool is_offered(Input input) const;
  // What an input shows about the client that comes at a time when it may not, or may only here, for its explanation.
  [[nodiscard]] std::optional<RemarkKind> order_remark(Input input) const;
  // The commands that are legal now and offered, in the order of kCommands.
  [[nodiscard]] std::vector<Input> legal_commands() const;

  // A reply answered an input: moves the state along the table and keeps what the command gave. `command` is null for
  // inputs that are no command; `user` is who logs in if the reply is the 235 of an exchange.
  // This is the only way in which the state ever changes.
  StateChange apply(Input input, const Command* command, const Reply& reply, std::string_view user = {});

  // A TLS handshake is complete. Before the greeting nothing else changes; otherwise everything is forgotten that was said in
  // clear, the login too (RFC 3207 §4.2). With mail_without_hello the EHLO is not.
  StateChange secured();

  // How much mail data has come so far in this transaction. Ignored where no message may come.
  void set_message_octets(std::size_t octets) {
    if (legality(Input::kMessage) == Legality::kLegal) memory_.message_size = octets;
  }

 private:
  [[nodiscard]] bool is_forgiven(const NotNow& row) const { return row.forgiven_by != nullptr && leniency_.*row.forgiven_by; }
  [[nodiscard]] bool is_lacking(Lacking what) const;
  // The first row that is about this moment. forgiven: what this server lets pass counts, too.
  [[nodiscard]] const NotNow* find_reason(Input input, bool forgiven) const;
  [[nodiscard]] const Transition* row_for(Input input, ReplyCode code) const;
  void remember(Input input, const Command* command, const Reply& reply, std::string_view user);
  void clear_buffers();

  State state_ = State::kConnected;
  Memory memory_;
  StateLeniency leniency_;
};

}  // namespace smtp
