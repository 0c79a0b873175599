// What one server is like before any rule is laid over it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "smtp/client_stream.h"
#include "smtp/extensions.h"
#include "smtp/session_state.h"

namespace smtp {

// Budgets of one session (RFC 5321 §4.5.3). Past one the client hears 4xx or 5xx, and where nothing else helps 421.
struct ServerLimits {
  StreamLimits stream;
  std::size_t recipients = 1000;                 // RFC 5321 §4.5.3.1.8 asks for at least 100
  std::size_t commands_without_mail = 1000;      // then 421: nobody who sends mail needs so many
  std::size_t auth_attempts = 10;                // refused logins, then 421 (RFC 4954 §4 leaves the number to us)
  std::optional<std::size_t> messages;           // of one session (RFC 9422 MAILMAX), then 452; nothing: any number
  std::optional<std::size_t> recipient_domains;  // of one message (RFC 9422 RCPTDOMAINMAX), then 452; nothing: any number
};

// Shared by all sessions of the server and outlives them.
struct ServerConfig {
  std::string name = "mock.example";          // {server}: in the greeting, in HELP, in 221
  std::string ehlo_text;                      // first line of the answer to EHLO; empty: "NAME greets CLIENT"
  Extensions extensions;                      // announced to EHLO in clear, in this order
  std::optional<Extensions> extensions_tls;   // inside TLS; nothing: the same without STARTTLS
  std::optional<Extensions> extensions_auth;  // after a login; nothing: the same as before it
  std::string oauth_error;                    // JSON that a refused token hears (RFC 7628 §3.2.2); empty: sasl's own
  LineEnds line_ends = LineEnds::kByHand;
  CommandLeniency leniency;
  StateLeniency state_leniency;
  ServerLimits limits;
};

}  // namespace smtp
