// What one server is like before any rule is laid over it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "pop3/capabilities.h"
#include "pop3/client_stream.h"

namespace pop3 {

// Budgets of one session.
struct ServerLimits {
  StreamLimits stream;
  std::size_t bad_commands = 20;    // one after the other, then -ERR and the end
  std::size_t login_attempts = 10;  // refused ones, then -ERR [AUTH] and the end
  // Silence; RFC 1939 §3 asks for at least ten minutes. The owner has the clock.
  std::chrono::milliseconds auto_logout = std::chrono::minutes(10);
};

// Shared by all sessions of the server and outlives them.
struct ServerConfig {
  std::string name = "mock.example";  // in the greeting's time stamp, in the answer to QUIT
  // Announced in clear, in this order. What is not announced is not there: USER, SASL, STLS, TOP, UIDL, UTF8.
  Capabilities capabilities = Capabilities::from_lines({"USER", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING"});
  std::optional<Capabilities> capabilities_tls;  // inside TLS; nothing: the same without STLS
  bool has_apop = true;                          // a time stamp stands in the greeting
  bool takes_bare_lf = true;                     // a line may end in LF alone: people type into nc
  std::string oauth_error;                       // JSON that a refused token hears (RFC 7628 §3.2.2); empty: sasl's own
  ServerLimits limits;
};

}  // namespace pop3
