// One dialogue with a server, or with several for the same mailboxes: connections that follow one another, and the log of what
// happened on them.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/conversation/connection.h"
#include "client/conversation/deeds.h"
#include "client/conversation/embedded_servers.h"
#include "client/conversation/manners.h"
#include "client/conversation/record.h"
#include "client/conversation/watch.h"
#include "core/result.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"
#include "net/loop.h"
#include "net/timer.h"

namespace client {

class Conversation {
 public:
  // changed: called after anything was added to the log or the connection opened or closed; may call back into this
  // object, but not destroy it. loop and scenario outlive it.
  Conversation(net::Loop& loop, const scenario::Scenario& scenario, std::function<void()> changed,
               Manners manners = {});                                                                   // the embedded mock
  Conversation(net::Loop& loop, Endpoint server, std::function<void()> changed, Manners manners = {});  // a real server
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  // Starts the mock if there is one, and connects. What fails later stands in failure().
  core::Result<void> open();

  // Sends octets exactly as they are. wait: only kept, for replay(). is_proposed: as in Deed. REQUIRES: is_open(), and no TLS
  // handshake is under way.
  void send(const std::string& bytes, std::chrono::milliseconds wait = {}, bool is_proposed = false);
  // The same for several lines, each when the one before is answered. What the server's closing leaves over is not sent.
  // REQUIRES: as for send(), and !is_replaying().
  void send_in_turn(const std::vector<std::string>& lines);
  // A new connection in the same log; one that is still open is closed first. server: of the path, as scenario::server_of(). A
  // port of a real server that turned out to begin in clear text, or with TLS, is spoken to as it speaks. wait: as for send().
  void connect_again(std::chrono::milliseconds wait = {}, std::size_t server = 0);
  // Ends the connection from this side.
  void close();

  using Renew = Deeds::Renew;
  // A new connection with a new log, to servers that have seen nothing yet, on which `deeds` are done again, each when the one
  // before is answered and its time to wait has passed. When the server closes or sends what nobody asked for without end, they
  // are dropped up to the next connection. renew: for answers that depend on what this server said this time; may be empty.
  void replay(std::deque<Deed> deeds, Renew renew = {});

  [[nodiscard]] bool is_open() const { return connection_->is_open(); }
  [[nodiscard]] bool is_closed() const { return connection_->is_closed(); }
  // A TLS handshake was begun and is not complete.
  [[nodiscard]] bool is_securing() const { return connection_->is_securing(); }
  // Nothing can come any more without something being sent: connected, secured, greeted, every complete line answered.
  [[nodiscard]] bool is_settled() const { return connection_->is_settled(); }
  [[nodiscard]] bool is_replaying() const { return deeds_.are_left(); }
  // What both of them speak.
  [[nodiscard]] const protocol::Protocol& protocol() const { return connection_->protocol(); }
  // The server sent octets that are no reply: from there on nobody can say which reply answers what.
  [[nodiscard]] bool is_out_of_step() const { return connection_->is_out_of_step(); }
  // Why there is no connection, or why it broke.
  [[nodiscard]] const std::optional<core::Error>& failure() const { return connection_->failure(); }

  [[nodiscard]] const dialogue::Log& log() const { return record_.log(); }
  // What was done wrong in it, as far as that is sure by now. None without Manners::findings.
  [[nodiscard]] const findings::Verdicts& verdicts() const { return record_.verdicts(); }
  [[nodiscard]] const protocol::ClientSession& session() const { return connection_->session(); }
  // What was done since the log began, one entry a call of send() or connect_again(), and what replay() has still to do. Of a
  // real server nothing: there is no way back.
  [[nodiscard]] std::deque<Deed> deeds() const { return deeds_.all(); }
  // The time since the log began, as its events have it.
  [[nodiscard]] std::chrono::microseconds now() const { return record_.now(); }
  // What the server remembers: the truth of the embedded mock, or what the replies of a real server imply.
  [[nodiscard]] const protocol::Knows& server_memory() const;
  [[nodiscard]] bool is_mock() const { return mock_.has_value(); }
  // The message that the embedded mock kept last in this dialogue; null when there is none, and for a real server.
  [[nodiscard]] const mockserver::StoredMessage* last_kept() const { return mock_ ? mock_->last_kept() : nullptr; }
  // "127.0.0.1:40125".
  [[nodiscard]] std::string address() const { return connection_->address(); }
  // What the client calls itself to this server, known as soon as there is a connection.
  [[nodiscard]] const std::string& client_name() const { return connection_->client_name(); }
  // Octets that were sent and that the network has not taken yet.
  [[nodiscard]] std::size_t unsent() const { return connection_->unsent(); }
  // Lets go of the octets of an event, in a dialogue that is never replayed.
  void forget_octets(std::size_t index) { record_.forget_octets(index); }
  // What is known of the TLS of this connection, also when its handshake failed; nothing in clear.
  [[nodiscard]] const std::optional<tls::Details>& tls_details() const { return connection_->tls_details(); }
  // Adds a note to the log. failure: what it is about, as in dialogue::Event.
  void note(core::Text text, std::string failure = {});

 private:
  void begin();
  void approach(std::size_t server);
  void moved(bool goes_on);
  void listen_for_silence();
  void is_quiet();
  void redo_next();
  void redo();
  void take_the_other_way();
  [[nodiscard]] Door door(std::size_t server) const;
  [[nodiscard]] findings::Server known(std::size_t server) const;
  [[nodiscard]] Around around();
  [[nodiscard]] Watch::Wishes wishes();

  net::Loop& loop_;
  std::function<void()> changed_;
  Manners manners_;
  Endpoint server_;                      // real
  std::optional<EmbeddedServers> mock_;  // instead
  std::size_t at_ = 0;                   // of the servers of the path: the one that is spoken to
  Record record_;
  Deeds deeds_;
  net::Timer silence_;  // until it means something that nothing happens
  net::Timer redoes_;   // runs while the next of deeds_ has to wait
  Watch watch_;
  Around around_;
  std::unique_ptr<Connection> connection_;  // never null
};

}  // namespace client
