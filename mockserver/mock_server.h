// The mock server as a library: what smtplab-mock runs and what the client embeds in its own loop.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "dialogue/event.h"
#include "mailbox/mailbox.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/message.h"
#include "mockserver/store/place.h"
#include "mockserver/store/store.h"
#include "net/loop.h"
#include "net/stream.h"
#include "protocol/fact.h"
#include "protocol/protocol.h"

namespace mockserver {

using ConnectionId = std::uint64_t;

// Called for every event of every connection, with what the server knows by then: replies are told when they have left, of a
// pipelined group all at once. Runs inside the loop; must not destroy the server.
using Observer = std::function<void(ConnectionId, const dialogue::Event&, const protocol::Knows&)>;

// A message the server answered 250 for.
using StoredMessage = store::Message;

// What is told of a message that was stored.
struct Kept {
  std::vector<std::string> forward_paths;
  std::size_t octets = 0;
  std::vector<store::Place> places;                        // of its copies
  std::shared_ptr<const StoredMessage> message = nullptr;  // where Options::kept_whole asks for it
};

// Whether a connection is encrypted from its first octet.
enum class Begins : std::uint8_t { kInClear, kInTls };

// How a client came.
struct Visit {
  const protocol::Protocol* protocol = nullptr;  // that is spoken with it; never null
  Begins begins = Begins::kInClear;
};

// Nothing has happened on a connection for a while.
struct Silence {
  std::chrono::microseconds now;  // on the clock of the events
  std::string_view untold;        // octets of the client that stand in no event yet, since nobody knows what they will be
};

// Somebody who wants to hear that nothing happens: some mistakes show only in that.
struct Watch {
  // Hears it of each connection, again and again for about a minute; may be empty: then nobody watches.
  std::function<void(ConnectionId, const Silence&)> quiet = {};
  std::chrono::milliseconds every{1000};   // at first; later more seldom
  std::chrono::milliseconds linger{5100};  // how long a client that has said goodbye may leave its connection open
};

struct Options {
  std::string bind = "127.0.0.1";
  std::vector<std::string> names = {};  // under which clients come to it, beside the name of the scenario's server
  // Of the protocol that the scenario's server speaks. Clear text, with the command that begins TLS where the scenario offers
  // it; 0: any free one.
  std::uint16_t port = 0;
  // TLS from the start; 0: any free one. Nothing: any free one when the scenario's security is not none, otherwise not opened.
  std::optional<std::uint16_t> tls_port;
  // POP3 and IMAP beside it, for the same mailboxes, as the RFCs have them; 0: any free port. Nothing: not opened.
  std::optional<std::uint16_t> pop3_port;
  std::optional<std::uint16_t> pop3s_port;
  std::optional<std::uint16_t> imap_port;
  std::optional<std::uint16_t> imaps_port;
  std::optional<std::string> store;                    // folder for Maildirs; nothing: messages stay in memory
  store::Store* common_store = nullptr;                // instead: that of several servers; it is prepared, and outlives them
  std::uint64_t seed = 0;                              // {id} and chance come from it
  bool patient = false;                                // no time-outs: a person steps by hand
  bool once = false;                                   // take one connection and stop listening
  Observer observer;                                   // may be empty; then no events are made at all
  std::function<void(std::string_view)> key_log;       // as tls::Settings::key_log
  std::function<bool(const std::string&)> is_waiting;  // whether a client sleeps until it is answered; as Hold::IsWaiting
  std::function<bool(const std::string&)>
      is_reading;                         // the same, and it cannot be woken by a keyboard; without it a half waits
  std::function<void(const Kept&)> kept;  // hears of every message that is stored; may be empty
  bool kept_whole = false;                // … with its octets
  Watch watch;
};

class MockServer {
 public:
  // REQUIRES: loop outlives the server.
  MockServer(net::Loop& loop, scenario::Scenario scenario, Options options);
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  // Starts listening. Errors (Blame::kSystem) name the address and say what to do.
  core::Result<void> listen();
  // Instead: somebody else listens, in another network perhaps, and hands over whoever comes. protocol: the scenario's, or
  // another one that reads the same mailboxes. Errors of prepare(): the store cannot be used.
  core::Result<void> prepare();
  void serve(std::unique_ptr<net::Stream> client, const protocol::Protocol& protocol, Begins begins);
  [[nodiscard]] std::uint16_t port() const;      // the real one, after listen()
  [[nodiscard]] std::uint16_t tls_port() const;  // likewise; 0: not opened
  [[nodiscard]] std::uint16_t pop3_port() const;
  [[nodiscard]] std::uint16_t pop3s_port() const;
  [[nodiscard]] std::uint16_t imap_port() const;
  [[nodiscard]] std::uint16_t imaps_port() const;

  // The certificate, as PEM, that signs those of all servers of this process: whoever trusts it trusts them, unless the
  // scenario wants it otherwise. Made when first needed. Errors (Blame::kSystem): no randomness.
  static core::Result<std::string> authority_pem();

  // Stops listening; every client hears 421 and is closed. The loop then runs empty of this server.
  void shut_down();

  // Who has which mailbox: what was answered 250 is in the INBOX of its recipients. The server outlives what it gives.
  [[nodiscard]] mailbox::Provider& mailboxes();
  // Every message, once, with its envelope, in the order in which they came, those of the scenario first. What came into a
  // folder in another way is among them, without an envelope: by APPEND and COPY, and the sender's own copy in Sent, right
  // before what was sent. Without Options::store and Options::common_store.
  [[nodiscard]] const std::vector<std::shared_ptr<const StoredMessage>>& messages() const;
  [[nodiscard]] std::size_t connections() const;  // open now
  // REQUIRES: the connection is open, or an observer is hearing of it.
  [[nodiscard]] Visit visit(ConnectionId connection) const;
  [[nodiscard]] const scenario::Scenario& scenario() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mockserver
