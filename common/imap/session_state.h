// Where a session stands and what is remembered of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "imap/command.h"
#include "imap/mailbox_name.h"
#include "imap/transitions.h"
#include "protocol/answer.h"

namespace imap {

// Who logged in without saying a name that we can read.
inline constexpr std::string_view kUnnamedUser = "(unnamed)";

struct Memory {
  std::string user;                           // who logged in; empty: nobody
  std::string mechanism;                      // of the last AUTHENTICATE
  bool encrypted = false;                     // inside TLS
  bool identified = false;                    // ID was answered OK
  std::string client;                         // its name, from it
  std::string mailbox;                        // that is open, as the client wrote it; empty: none
  bool read_only = false;                     // EXAMINE opened it
  bool rev2 = false;                          // ENABLE IMAP4rev2
  bool utf8 = false;                          // ENABLE UTF8=ACCEPT, or that
  bool mod_sequences = false;                 // it is told of them (RFC 7162 §3.1)
  std::string idle_tag;                       // of the IDLE that runs
  std::string login_tag;                      // of the AUTHENTICATE that runs
  std::optional<std::uint32_t> messages;      // in it, as the client knows
  std::optional<std::uint32_t> uid_validity;  // as the client was told when it was opened
  std::optional<std::uint32_t> uid_next;
};

struct StateChange {
  State from = State::kConnected;
  State to = State::kConnected;
  std::string_view rule;  // of the row that was used; empty: none was
};

class SessionState {
 public:
  SessionState() = default;
  // names: how the server writes those of mailboxes to whom has enabled nothing.
  explicit SessionState(NameForm names) : names_(names) {}

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] NameForm names() const { return {memory_.utf8, names_.separator, names_.is_quoted}; }

  // An answer to an input: moves the state along the table and keeps what the command gave. command: null for what is none;
  // user: who logs in if it is OK.
  StateChange apply(Input input, const Command* command, const protocol::Answer& answer, std::string_view user = {});
  void learn_count(std::uint32_t messages) { memory_.messages = messages; }
  void learn_uids(std::optional<std::uint32_t> validity, std::optional<std::uint32_t> next);
  // A TLS handshake is complete: what was learnt in clear is forgotten (RFC 9051 §6.2.1).
  StateChange secured();
  StateChange close();

 private:
  void remember(Input input, const Command* command, State next, std::string_view user);
  void forget_mailbox();

  NameForm names_;
  State state_ = State::kConnected;
  Memory memory_;
};

[[nodiscard]] protocol::StateChange neutral(const StateChange& change);

}  // namespace imap
