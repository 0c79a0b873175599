// One connection to a server, from the first packet to the end of it: the stream, TLS on it, and the client's session.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/conversation/door.h"
#include "client/conversation/hearing.h"
#include "client/conversation/record.h"
#include "client/conversation/secure.h"
#include "client/conversation/waiting.h"
#include "core/result.h"
#include "net/driver.h"
#include "net/loop.h"
#include "net/stream.h"
#include "tls/trust.h"

namespace client {

// What a connection has around it; it outlives it.
struct Around {
  net::Loop& loop;
  Record& record;
  const Manners& manners;
  std::function<core::Result<std::shared_ptr<const tls::Trust>>()> trust;  // in whom, when TLS begins
  // It is gone, and so is whatever was still to be said on it.
  std::function<void()> gone;
  // Something happened. The last thing that a connection does: it may be destroyed in it. goes_on: what is waited for is to be
  // waited for from now on; a part of a reply is none yet.
  std::function<void(bool goes_on)> moved;
};

class Connection {
 public:
  // mock: what the embedded server says of its clients, as Hearing has it; null: a real one.
  Connection(Around& around, Door door, MockAccounts* mock);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void open();
  // Octets exactly as they are. REQUIRES: is_open(), and no handshake is under way.
  void send(const std::string& bytes, bool is_proposed);
  // Ends it from this side; is_proposed: so it was proposed. REQUIRES: is_open().
  void close(bool is_proposed = false);
  // It broke, or never came about; does nothing when it is closed.
  void fail(const core::Error& error);

  [[nodiscard]] bool is_open() const { return stream_ != nullptr && !closed_; }
  [[nodiscard]] bool is_closed() const { return closed_; }
  [[nodiscard]] bool is_securing() const { return securing_ && !closed_; }
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] bool is_out_of_step() const { return hearing_.is_out_of_step(); }
  [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }
  // What is waited for now.
  [[nodiscard]] Waiting awaited() const;
  [[nodiscard]] const protocol::ClientSession& session() const { return *session_; }
  [[nodiscard]] const protocol::Protocol& protocol() const { return *door_.protocol; }
  [[nodiscard]] std::size_t unsent() const { return stream_ != nullptr ? stream_->unsent() : 0; }
  [[nodiscard]] const std::string& client_name() const { return client_name_; }
  [[nodiscard]] const std::optional<tls::Details>& tls_details() const { return tls_details_; }
  // "127.0.0.1:40125".
  [[nodiscard]] std::string address() const;

 private:
  void connected(core::Result<std::unique_ptr<net::Stream>> stream);
  void listen();
  void received(std::string_view bytes);
  void begin_tls();
  void secured();
  void ended();
  void gone(dialogue::Event closed, bool is_proposed = false);

  Around& around_;
  Door door_;
  MockAccounts* mock_;
  std::unique_ptr<protocol::ClientSession> session_;
  Hearing hearing_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<net::Driver> driver_;
  std::optional<tls::Details> tls_details_;
  std::string client_name_;
  std::optional<protocol::Input> last_;  // what was said last, in whole; nothing: nothing was
  std::optional<core::Error> failure_;
  bool securing_ = false;
  bool closed_ = false;
};

}  // namespace client
