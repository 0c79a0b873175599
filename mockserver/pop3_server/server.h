// POP3 beside SMTP: serves the mailboxes that a mock delivers into, as the RFCs say. Scenarios do not reach it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "mailbox/mailbox.h"
#include "mockserver/pop3_server/surroundings.h"
#include "net/listener.h"
#include "net/loop.h"

namespace pop3_server {

class Server {
 public:
  // The loop and what `around` refers to outlive the server.
  Server(net::Loop& loop, Surroundings around);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Starts listening; 0: any free port; nothing: that port is not opened. Errors (Blame::kSystem) name the address.
  core::Result<void> listen(const std::string& address, std::optional<std::uint16_t> port,
                            std::optional<std::uint16_t> tls_port);
  [[nodiscard]] std::uint16_t port() const;      // the real one, after listen(); 0: not opened
  [[nodiscard]] std::uint16_t tls_port() const;  // likewise

  // Stops listening; every client is told and closed, and nothing of it is removed.
  void shut_down();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pop3_server
