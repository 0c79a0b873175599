// What a client asks and what is to be answered: a turn of a server session.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/answer.h"
#include "imap/client_stream.h"
#include "imap/command.h"
#include "imap/login.h"
#include "imap/secret_lines.h"
#include "protocol/said.h"

namespace imap {

// What waits for its answer.
struct Asked {
  Input input = Input::kConnect;
  ParsedCommand parsed = {};
  std::string octets = {};      // of the command, literals included, without its line end
  std::uint64_t literal = 0;    // that was announced
  Answer answer = {};           // that is proposed
  protocol::Answer told = {};   // … as others see it
  bool is_carried_out = false;  // when it is answered OK
  bool closes = false;
  std::optional<sasl::Claim> claim = {};

  [[nodiscard]] const Command* command() const { return parsed.command ? &*parsed.command : nullptr; }
};

// Where the session stands that reads a line of an exchange, or in IDLE.
struct Moment {
  State state = State::kConnected;
  std::string_view idle_tag;
  const Login& login;
};

// Reads what has come, whose octets stand in `asked` already: what it is there, and what others get to see of it in `said`.
void read_frame(const Frame& frame, const Moment& moment, SecretLines& secrets, Asked& asked, protocol::Said& said);

[[nodiscard]] const core::Error& too_long();

}  // namespace imap
