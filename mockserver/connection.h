// One client of the mock server: couples a session, the behaviour of the scenario, a stream and the store.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mockserver/broken_handshake.h"
#include "mockserver/folder_watch.h"
#include "mockserver/hold.h"
#include "mockserver/mock_server.h"
#include "mockserver/quiet.h"
#include "mockserver/recorder.h"
#include "mockserver/scenario/behaviour.h"
#include "net/driver.h"
#include "net/stream.h"
#include "net/timer.h"
#include "protocol/protocol.h"

namespace mockserver {

// What all connections to one scenario share. Outlives them.
struct Surroundings {
  net::Loop& loop;
  const scenario::Scenario& scenario;
  std::shared_ptr<const protocol::Server> server;  // the scenario's
  const Options& options;
  scenario::History& history;
  std::function<core::Result<void>(StoredMessage)> keep;  // stores a message before it is answered
  scenario::MailboxOf mailbox_of;
  std::function<core::Result<std::unique_ptr<tls::Engine>>()> make_engine;  // the server's side of one TLS connection
  std::function<void(ConnectionId)> gone;                                   // destroys the connection
};

class Connection {
 public:
  // Octets a client may leave unread. Past it nothing more is read from it, nor pulled for it, so that it cannot fill our
  // memory.
  static constexpr std::size_t kMaxUnsent = std::size_t{256} * 1024;
  // The same for octets that come while the answer to what came before is delayed.
  static constexpr std::size_t kMaxHeld = std::size_t{256} * 1024;
  // How long a client may take to close after we have said the last word. Closing on a client that still sends would
  // destroy that word on its way (RFC 1122 §4.2.2.13).
  static constexpr std::chrono::milliseconds kLinger{2000};

  Connection(const Surroundings& around, ConnectionId id, std::unique_ptr<net::Stream> stream, Begins begins);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Greets. From here on it lives until it calls Surroundings::gone, which it never does within start() or shut_down().
  void start();
  // Says why, where the protocol has words for it, and closes.
  void shut_down();

  [[nodiscard]] Visit visit() const { return {around_.scenario.protocol, begins_}; }

 private:
  void on_bytes(std::string_view bytes);
  void on_end();
  void on_error(const core::Error& error);
  void on_flushed();
  void on_secured();
  void on_pause_over();
  void let_go();
  void on_clock();

  void begin_tls();
  void break_handshake(std::string_view bytes);
  void pump();
  [[nodiscard]] bool can_answer() const;
  // An answer that waits for its delay to pass, or for its client to wait for it.
  struct Waiting {
    protocol::Turn turn;
    scenario::Decision decision;
  };

  bool pull();
  void announce();
  void watch();
  void take(protocol::Turn& turn);
  void interrupt_message();
  void end_with(const scenario::Decision& decision, protocol::Occasion occasion);
  void carry_out(scenario::Then then);
  void keep(std::string content, scenario::Decision& decision);
  void sort_into(const scenario::Decision& decision, StoredMessage& message);
  void answer(protocol::Turn& turn, scenario::Decision& decision);
  protocol::StateChange put(protocol::Turn& turn, scenario::Decision& decision);
  [[nodiscard]] std::optional<scenario::Decision> own_words(protocol::Occasion occasion, const std::string& more = {}) const;
  void take_actions();
  void perform();
  void steer_reading();
  void time_out();
  void part();
  void remark_silence();
  void tell_silence();
  void begin_close(dialogue::ClosedBy by);
  void leave(const std::string& why = {}, std::string failure = {});

  [[nodiscard]] scenario::Values values();
  [[nodiscard]] const std::string& peer();
  [[nodiscard]] std::chrono::milliseconds silence_deadline() const;
  [[nodiscard]] std::chrono::milliseconds idle_deadline() const;
  [[nodiscard]] std::chrono::milliseconds quiet_deadline() const;
  void arm();

  const Surroundings& around_;
  ConnectionId id_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<protocol::ServerSession> session_;
  scenario::Behaviour behaviour_;
  net::Driver driver_;
  net::Timer clock_;
  Hold hold_;
  Quiet quiet_;
  Recorder recorder_;
  std::unique_ptr<Waiting> waiting_;
  std::unique_ptr<FolderWatch> watch_;       // null: the client does not wait for news
  std::unique_ptr<BrokenHandshake> broken_;  // instead of one that could succeed
  std::string peer_;                         // "127.0.0.1:40125", once it was asked for
  std::string mechanism_;                    // by which the client has logged in
  std::chrono::milliseconds armed_for_{};
  core::Actions outgoing_;  // of the next perform()
  std::size_t batch_ = 0;   // octets of replies in it, and in the session
  dialogue::ClosedBy closed_by_ = dialogue::ClosedBy::kClient;
  Begins begins_;
  bool handshaking_ = false;  // nothing can be said until the handshake is complete
  bool reading_ = true;
  bool ended_ = false;         // the client will send nothing more
  bool closing_ = false;       // we have said the last word
  bool said_goodbye_ = false;  // … because the client had said its own
  bool stalled_ = false;       // nothing is ever said again; what comes is thrown away
};

}  // namespace mockserver
