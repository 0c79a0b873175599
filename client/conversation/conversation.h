// One dialogue with a server: the connection, the client session on it, and the log of what happened. Connections may
// follow one another in it; the log then holds them all.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/security.h"
#include "client/conversation/mock_accounts.h"
#include "client/conversation/secure.h"
#include "client/conversation/transcript.h"
#include "client/conversation/watch.h"
#include "core/result.h"
#include "core/secret.h"
#include "core/tape.h"
#include "dialogue/log.h"
#include "findings/verdicts.h"
#include "knowledge/knowledge.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/scenario.h"
#include "net/driver.h"
#include "net/loop.h"
#include "net/stream.h"
#include "net/timer.h"
#include "protocol/known.h"

namespace client {

// A real server.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::kNone;
  std::shared_ptr<const tls::Trust> trust = {};                    // REQUIRES: not null, when TLS is to be spoken
  const protocol::Protocol* protocol = protocol::known().front();  // never null
};

// How a dialogue is led, whoever the server is.
struct Manners {
  std::optional<std::chrono::milliseconds> patience = {};  // instead of the times of the protocol (waiting.h)
  bool gives_up = true;                                    // when that time is over; otherwise it only says so
  bool trusts_anybody = false;                             // the mock's certificates are not judged
  std::function<void(std::string_view)> key_log = {};      // see tls/key_log.h
  std::string client_name = {};                            // of a client of a real server; empty: own_name()
  std::shared_ptr<Transcript> transcript = {};             // follows the log; may be null
  std::function<void(dialogue::Event&)> recognise = {};    // says of a real server's reply whose words it is; may be empty
  std::vector<core::Secret> secrets = {};                  // that may be said: hidden wherever they appear
  const knowledge::Knowledge* findings = nullptr;          // the words for what is done wrong; null: nobody looks for that
  core::Language language = core::Language::kEnglish;      // … in the transcript
  std::uint64_t seed = 0;                                  // of the embedded mock
};

// One thing that the client did, as it can be done again.
struct Deed {
  std::string bytes;                 // sent exactly as they are
  bool connects = false;             // instead: a new connection
  std::chrono::milliseconds wait{};  // how long it was waited for before it
  bool is_proposed = false;          // it was not the person's own idea
};

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
  // A new connection to the same server in the same log; one that is still open is closed first. A port that turned out to
  // begin in clear text, or with TLS, is spoken to as it speaks. wait: as for send().
  void connect_again(std::chrono::milliseconds wait = {});
  // Ends the connection from this side.
  void close();

  // What goes out in place of the octet string that was sent as this one of deeds(); nothing: the same again.
  using Renew = std::function<std::optional<std::string>(std::size_t number)>;
  // A new connection with a new log, on which `deeds` are done again, each when the one before is answered and its time to
  // wait has passed. When the server closes or sends what nobody asked for without end, they are dropped up to the next
  // connection. renew: for answers that depend on what this server said this time; may be empty.
  void replay(std::deque<Deed> deeds, Renew renew = {});

  [[nodiscard]] bool is_open() const { return stream_ != nullptr && !closed_; }
  [[nodiscard]] bool is_closed() const { return closed_; }
  // A TLS handshake was begun and is not complete.
  [[nodiscard]] bool is_securing() const { return securing_ && !closed_; }
  // Nothing can come any more without something being sent: connected, secured, greeted, every complete line answered.
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] bool is_replaying() const { return !to_replay_.empty(); }
  // What both of them speak.
  [[nodiscard]] const protocol::Protocol& protocol() const { return *server_.protocol; }
  // The server sent octets that are no reply: from there on nobody can say which reply answers what.
  [[nodiscard]] bool is_out_of_step() const { return out_of_step_; }
  // Why there is no connection, or why it broke.
  [[nodiscard]] const std::optional<core::Error>& failure() const { return failure_; }

  [[nodiscard]] const dialogue::Log& log() const { return *log_; }
  // What was done wrong in it, as far as that is sure by now. None without Manners::findings.
  [[nodiscard]] const findings::Verdicts& verdicts() const { return *verdicts_; }
  [[nodiscard]] const protocol::ClientSession& session() const { return *session_; }
  // What was done since the log began, one entry a call of send() or connect_again(), and what replay() has still to do. Of a
  // real server nothing: there is no way back.
  [[nodiscard]] std::deque<Deed> deeds() const;
  // The time since the log began, as its events have it.
  [[nodiscard]] std::chrono::microseconds now() const { return net::Loop::precise_now() - began_; }
  // What the server remembers: the truth of the embedded mock, or what the replies of a real server imply.
  [[nodiscard]] const protocol::Knows& server_memory() const;
  [[nodiscard]] bool is_mock() const { return scenario_ != nullptr; }
  // The message that the embedded mock kept last in this dialogue; null when there is none, and for a real server.
  [[nodiscard]] const mockserver::StoredMessage* last_kept() const;
  // "127.0.0.1:40125".
  [[nodiscard]] std::string address() const;
  // What the client calls itself to this server, known as soon as there is a connection.
  [[nodiscard]] const std::string& client_name() const { return client_name_; }
  // Octets that were sent and that the network has not taken yet.
  [[nodiscard]] std::size_t unsent() const { return stream_ != nullptr ? stream_->unsent() : 0; }
  // Lets go of the octets of an event, in a dialogue that is never replayed.
  void forget_octets(std::size_t index) { log_->forget_octets(index); }
  // What is known of the TLS of this connection, also when its handshake failed; nothing in clear.
  [[nodiscard]] const std::optional<tls::Details>& tls_details() const { return tls_details_; }
  // Adds a note to the log. failure: what it is about, as in dialogue::Event.
  void note(core::Text text, std::string failure = {});

 private:
  void reset();
  void forget_connection();
  core::Result<void> start_mock();
  [[nodiscard]] core::Result<std::shared_ptr<const tls::Trust>> trust() const;
  core::Result<void> connect();
  void connected(core::Result<std::unique_ptr<net::Stream>> stream);
  void begin_tls();
  void secured();
  void received(std::string_view bytes);
  void ended();
  void failed(const core::Error& error);
  void reject(const core::Error& error);
  void read_reply(const protocol::Received& received);
  void out_of_place(const protocol::Received& received);
  bool is_other_protocol(std::string_view id);
  void append(dialogue::Event event, bool is_proposed = false);
  void is_quiet();
  void write_transcript();
  [[nodiscard]] findings::Server known_server() const;
  void append_unread();
  void read_replies();
  void replay_next();
  void redo();
  void drop_connection();
  void closed_by_client(bool is_proposed = false);
  void take_the_other_way();
  [[nodiscard]] bool speaks_tls_first() const;
  [[nodiscard]] Watch::Wishes wishes();
  [[nodiscard]] Waiting awaited() const;
  void wait() { watch_.wait_for(awaited()); }

  net::Loop& loop_;
  const scenario::Scenario* scenario_ = nullptr;
  Endpoint server_;
  std::function<void()> changed_;
  Manners manners_;
  std::unique_ptr<mockserver::MockServer> mock_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<net::Driver> driver_;
  std::unique_ptr<protocol::ClientSession> session_;
  std::unique_ptr<dialogue::Log> log_;
  std::unique_ptr<findings::Verdicts> verdicts_;
  std::chrono::microseconds began_{};
  MockAccounts accounts_;
  std::size_t kept_before_ = 0;  // messages of the mock, of dialogues that were left by replay()
  std::deque<Deed> done_;
  std::deque<Deed> to_replay_;
  Renew renew_;
  net::Timer silence_;  // until it means something that nothing happens
  net::Timer redoes_;   // runs while what comes next in replay() has to wait
  core::Tape heard_;    // what came and stands in no event yet
  std::optional<tls::Details> tls_details_;
  std::string user_;  // who is logged in, as far as the log says
  std::string client_name_;
  bool securing_ = false;
  bool has_heard_ = false;  // something came from the server
  bool out_of_step_ = false;
  bool misplaced_ = false;   // a reply came that belongs elsewhere; it is told once
  std::size_t unasked_ = 0;  // replies, and what is none, that answer nothing
  std::optional<core::Error> failure_;
  bool closed_ = false;
  std::optional<protocol::Input> last_;  // what was said last, in whole; nothing: nothing was
  Watch watch_;
};

}  // namespace client
