// One client of the POP3 server: couples a session, a stream and a mailbox.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mockserver/pop3_server/surroundings.h"
#include "net/driver.h"
#include "net/stream.h"
#include "net/timer.h"
#include "pop3/server_session.h"

namespace pop3_server {

// Whether a connection is encrypted from its first octet.
enum class Begins : std::uint8_t { kInClear, kInTls };

class Connection {
 public:
  // Octets a client may leave unread. Past it nothing more is read from it, nor from the mailbox for it.
  static constexpr std::size_t kMaxUnsent = std::size_t{256} * 1024;
  // How long a client may take to close after we have said the last word (RFC 1122 §4.2.2.13).
  static constexpr std::chrono::milliseconds kLinger{2000};

  // nonce: as pop3::ServerSession. gone: destroys the connection; never called within start() or shut_down().
  Connection(net::Loop& loop, const Surroundings& around, std::unique_ptr<net::Stream> stream, Begins begins, std::string nonce,
             std::function<void()> gone);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  void shut_down();

 private:
  void on_bytes(std::string_view bytes);
  void on_end();
  void on_flushed();
  void on_secured();
  void on_clock();
  void begin_tls();
  void pump();
  bool send_body();
  void decide(pop3::Turn& turn);
  void perform();
  void steer_reading();
  void end(const std::optional<pop3::Answer>& farewell);

  const Surroundings& around_;
  std::unique_ptr<net::Stream> stream_;
  pop3::ServerSession session_;
  net::Driver driver_;
  net::Timer clock_;  // until the auto-logout; when closing, until the client must have closed
  std::function<void()> gone_;
  Begins begins_;
  bool reading_ = true;
  bool ended_ = false;    // the client will send nothing more
  bool closing_ = false;  // we have said the last word
};

}  // namespace pop3_server
