// One dialogue with a server: the connection, the client session on it, and the log of what happened.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "dialogue/log.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"
#include "net/driver.h"
#include "net/loop.h"
#include "net/stream.h"
#include "smtp/client_session.h"

namespace client {

struct Endpoint {
  std::string host;
  std::uint16_t port = 25;
};

class Conversation {
 public:
  // changed: called after anything was added to the log or the connection opened or closed; may call back into this
  // object, but not destroy it. loop and scenario outlive it.
  Conversation(net::Loop& loop, const scenario::Scenario& scenario, std::function<void()> changed);  // the embedded mock
  Conversation(net::Loop& loop, Endpoint server, std::function<void()> changed);                     // a real server
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  // Starts the mock if there is one, and connects. What fails later stands in failure().
  core::Result<void> open();

  // Sends octets exactly as they are. REQUIRES: is_open().
  void send(const std::string& bytes);
  // Ends the connection from this side.
  void close();
  // A new connection with a new log, on which `sends` are sent again, each when the one before is answered. The list is
  // dropped when the server closes or sends what nobody asked for without end.
  void replay(std::deque<std::string> sends);

  [[nodiscard]] bool is_open() const { return stream_ != nullptr && !closed_; }
  [[nodiscard]] bool is_closed() const { return closed_; }
  // Nothing can come any more without something being sent: connected, greeted, every complete line answered.
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] bool is_replaying() const { return !to_replay_.empty(); }
  // The server sent octets that are no reply: from there on nobody can say which reply answers what.
  [[nodiscard]] bool is_out_of_step() const { return out_of_step_; }
  // Why there is no connection, or why it broke.
  [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }

  [[nodiscard]] const dialogue::Log& log() const { return *log_; }
  [[nodiscard]] const smtp::ClientSession& session() const { return *session_; }
  // What was sent on this connection, one entry a call of send(), and what replay() has still to send.
  [[nodiscard]] std::deque<std::string> sends() const;
  // What the server remembers: the truth of the embedded mock, or what the replies of a real server imply.
  [[nodiscard]] const smtp::Memory& server_memory() const;
  [[nodiscard]] bool is_mock() const { return scenario_ != nullptr; }
  // "127.0.0.1:40125".
  [[nodiscard]] std::string address() const;
  // Adds a note to the log.
  void note(std::string text);

 private:
  void reset();
  core::Result<void> connect();
  void connected(core::Result<std::unique_ptr<net::Stream>> stream);
  void received(std::string_view bytes);
  void ended();
  void failed(const core::Error& error);
  void observe(mockserver::ConnectionId connection, const dialogue::Event& event, const smtp::Memory& memory);
  void explain(dialogue::Event& event);
  void reject(const core::Error& error);
  void append(dialogue::Event event);
  void log_sent(const std::string& bytes, const std::vector<smtp::Said>& said);
  void log_data(const std::string& bytes);
  void log_unread(std::string bytes, bool is_secret);
  void read_replies();
  std::vector<std::size_t> take_chunks(std::size_t octets);
  void replay_next();

  net::Loop& loop_;
  const scenario::Scenario* scenario_ = nullptr;
  Endpoint server_;
  std::function<void()> changed_;
  std::unique_ptr<mockserver::MockServer> mock_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<net::Driver> driver_;
  std::unique_ptr<smtp::ClientSession> session_;
  std::unique_ptr<dialogue::Log> log_;
  std::chrono::microseconds began_{};
  // What the mock says of one of its clients: of ours, of an earlier one of ours, or of a stranger that found the port.
  struct Account {
    std::string from;                     // "127.0.0.1:50012"
    std::deque<dialogue::Event> replies;  // said, not yet received here
    smtp::Memory memory;
  };
  [[nodiscard]] std::map<mockserver::ConnectionId, Account>::iterator own_account();

  std::deque<std::string> sent_;
  std::deque<std::string> to_replay_;
  std::deque<std::size_t> chunks_;  // lengths of the reads whose octets are in no event yet
  std::map<mockserver::ConnectionId, Account> accounts_;
  std::string local_;  // our end of the connection; empty before it is up
  std::optional<smtp::Memory> mock_memory_;
  std::string user_;  // who is logged in, as far as the log says
  bool out_of_step_ = false;
  std::size_t unasked_ = 0;  // replies, and what is none, that answer nothing
  std::optional<core::Error> failure_;
  bool closed_ = false;
};

}  // namespace client
