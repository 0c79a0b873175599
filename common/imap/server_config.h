// What one server is like before any rule is laid over it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "imap/client_stream.h"
#include "imap/input.h"
#include "imap/mailbox_name.h"
#include "protocol/server_settings.h"

namespace imap {

// The words of a CAPABILITY answer, in their order: "IMAP4rev1", "AUTH=PLAIN", …
class Capabilities {
 public:
  Capabilities() = default;
  // Each line one word or several.
  static Capabilities from_lines(const std::vector<std::string>& lines);

  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  [[nodiscard]] bool offers(std::string_view word) const;
  // By its row; what IMAP4rev2 has in it counts as offered with that.
  [[nodiscard]] bool brings(Input input, bool by_uid = false) const;
  // CONDSTORE, which QRESYNC has in it (RFC 7162 §3.2).
  [[nodiscard]] bool have_mod_sequences() const { return offers("CONDSTORE") || offers("QRESYNC"); }
  // Of AUTH=…, upper case, each once.
  [[nodiscard]] std::vector<std::string> mechanisms() const;
  // What is of use after a login: all but STARTTLS, LOGINDISABLED and the mechanisms.
  [[nodiscard]] Capabilities after_login() const;
  [[nodiscard]] Capabilities without(std::string_view word) const;
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string> words_;
};

// Budgets of one session.
struct ServerLimits {
  StreamLimits stream;
  std::size_t bad_commands = 20;    // one after the other, then BYE and the end
  std::size_t login_attempts = 10;  // refused ones, likewise
};

// Shared by all sessions of the server and outlives them.
struct ServerConfig {
  std::string name = "mock.example";
  Capabilities capabilities;                      // announced in clear. What is not announced is not there
  std::optional<Capabilities> capabilities_tls;   // inside TLS; nothing: the same without STARTTLS
  std::optional<Capabilities> capabilities_auth;  // after a login; nothing: what after_login() says
  bool takes_bare_lf = true;
  std::string oauth_error;                       // JSON that a refused token hears; empty: sasl's own
  std::vector<protocol::FolderSetting> folders;  // that a mailbox has from the start, beside INBOX
  NameForm names;                                // how it writes their names to whom has enabled nothing
  ServerLimits limits;

  // What is announced at such a moment.
  [[nodiscard]] Capabilities announced(bool encrypted, bool logged_in) const;
};

// From the words of a scenario.
[[nodiscard]] ServerConfig typed(const protocol::ServerSettings& settings);
[[nodiscard]] std::span<const protocol::LimitRow> limits();

}  // namespace imap
