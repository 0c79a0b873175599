// One client of the mock server: when it is spoken with, and how the connection begins and ends. What is said is in
// ServedSession.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mockserver/alarm.h"
#include "mockserver/folder_watch.h"
#include "mockserver/handshake.h"
#include "mockserver/hold.h"
#include "mockserver/mock_server.h"
#include "mockserver/quiet.h"
#include "mockserver/served_session.h"
#include "mockserver/shared.h"
#include "net/stream.h"

namespace mockserver {

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

  Connection(const Shared& shared, ConnectionId id, std::unique_ptr<net::Stream> stream, Begins begins);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Greets. From here on it lives until it calls Shared::gone, which it never does within start() or shut_down().
  void start();
  // Says why, where the protocol has words for it, and closes.
  void shut_down();

  [[nodiscard]] Visit visit() const { return {shared_.scenario.protocol, begins_}; }

 private:
  // What can happen on it. A handshake that is complete leads back; from the last two nothing does.
  enum class Phase : std::uint8_t {
    kTalking,
    kHandshaking,  // nothing can be said until the handshake is complete
    kStalled,      // nothing is ever said again; what comes is thrown away
    kClosing,      // we have said the last word, and see the client leave
  };
  // An answer that waits for its delay to pass, or for its client to wait for it.
  struct Waiting {
    protocol::Turn turn;
    scenario::Decision decision;
  };

  void on_bytes(std::string_view bytes);
  void on_end();
  void on_error(const core::Error& error);
  void on_flushed();
  void on_secured();
  void on_pause_over();
  void on_clock();

  [[nodiscard]] bool is(Phase phase) const { return phase_ == phase; }
  void begin_tls();
  void break_handshake(std::string_view bytes);

  [[nodiscard]] bool can_speak() const;
  bool speak();
  void pump();
  void take(protocol::Turn& turn);
  void answer(protocol::Turn& turn, scenario::Decision& decision);
  void carry_out(scenario::Then then);
  void end_with(const scenario::Decision& decision, protocol::Occasion occasion);
  void perform();
  void interrupt_message();
  void watch();
  void steer_reading();

  [[nodiscard]] bool is_to_be_held(const scenario::Decision& decision) const;
  [[nodiscard]] bool is_held() const { return hold_ != nullptr && hold_->is_running(); }
  void hold();
  void let_go();
  void watch_gap(const scenario::Decision& decision);
  void on_gap_seen();

  [[nodiscard]] Quiet::Deadlines deadlines() const;
  void arm();
  void remark_silence();
  void tell_silence();
  void time_out();

  void part();
  void begin_close(dialogue::ClosedBy by);
  void leave(const std::string& why = {}, std::string failure = {});

  const Shared& shared_;
  ConnectionId id_;
  std::unique_ptr<net::Stream> stream_;
  ServedSession served_;
  Alarm alarm_;
  Quiet quiet_;
  Handshake handshake_;
  std::unique_ptr<Waiting> waiting_;
  std::unique_ptr<Hold> hold_;          // made for the first answer that is held back
  std::unique_ptr<Hold> gap_;           // between the halves of a reply: who waits for the second need not wait longer
  std::unique_ptr<FolderWatch> watch_;  // null: the client does not wait for news
  Begins begins_;
  Phase phase_ = Phase::kTalking;
  dialogue::ClosedBy closed_by_ = dialogue::ClosedBy::kClient;
  bool reading_ = true;
  bool ended_ = false;  // the client will send nothing more
};

}  // namespace mockserver
