// Makes the events of one connection and hands them to the observer, if there is one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape.h"
#include "dialogue/known_secrets.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/behaviour.h"
#include "protocol/server_session.h"
#include "tls/engine.h"

namespace mockserver {

// It holds the wire: every octet that arrives is given to it when it arrives, and it hears how many have left; what the session
// makes of them it cuts off accordingly, and what nobody made anything of it tells in the end. An event is handed on when its
// octets have left, so that none tells of what was never sent.
//
// Every call does nothing without an observer, and nothing is kept: a server under load pays nothing for the log.
class Recorder {
 public:
  // Octets of a message that are held; a longer one is told in parts, each an event.
  static constexpr std::size_t kMostHeld = std::size_t{1} << 20U;

  // Octets of an answer that is pulled which are one event with its first line; what follows is told in parts of this size,
  // each an event.
  static constexpr std::size_t kMostPulled = std::size_t{64} * 1024;

  // REQUIRES: observer and session outlive it. Time counts from here. The passwords of the scenario's accounts are hidden.
  Recorder(const Observer& observer, ConnectionId connection, const protocol::ServerSession& session,
           const scenario::Scenario& scenario);

  [[nodiscard]] bool is_on() const { return kept_ != nullptr; }

  // As its events have it.
  [[nodiscard]] std::chrono::microseconds now() const { return net::Loop::precise_now() - began_; }
  // What came in and is in no event; valid until the next call. Nothing: there are events that nobody has heard of yet.
  [[nodiscard]] std::optional<std::string_view> untold() const;

  void connected(const std::string& peer);
  // These came in, whether or not anybody deals with them. REQUIRES: the session does not have them yet.
  void received(std::string_view octets);
  // The session made `said` of octets that came in. REQUIRES: it has not been answered yet.
  void said(const protocol::Said& said);
  // goes_on: what is pulled follows it.
  void answered(const scenario::Decision& decision, protocol::Input input, const protocol::StateChange& change, bool goes_on);
  // The next octets of the last answer, which are about to be sent.
  void pulled(std::string_view octets, bool goes_on);
  // The server spoke without being asked, and the session goes on.
  void announced(const protocol::Announcement& news);
  // … and it is over.
  void last_word(const scenario::Decision& decision, const protocol::StateChange& change);
  // So many of the octets of all replies have left by now.
  void left(std::uint64_t octets);
  // What was to be said and has not left is not said any more.
  void silenced();
  // The client is gone or falls silent for ever: what came of it and was never finished. said: remarks about it that stand in a
  // note already.
  void unfinished(const std::vector<protocol::MistakeId>& said);
  void note(const std::string& text, std::vector<protocol::Remark> remarks = {});
  // A handshake is complete.
  void secured(const tls::Engine& tls, const protocol::StateChange& change);
  // failure: core::Error::id of what went wrong; empty when nothing did, or it has none.
  void closed(dialogue::ClosedBy by, const std::string& why, std::string failure);

 private:
  // An event that is not told yet. Octets of the server are those from begin to end of all that it says.
  struct Untold {
    dialogue::Event event;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool goes_on = false;  // more octets of the same answer come
  };

  struct Kept {
    explicit Kept(const protocol::Protocol& protocol) : secrets(protocol) {}

    std::uint64_t number = 0;
    std::string user;
    dialogue::KnownSecrets secrets;
    core::Tape tape;            // what came in and is in no event yet
    std::size_t parts = 0;      // octets in events already, of what the session has not handed out
    std::deque<Untold> untold;  // the first waits for its octets to leave
    std::uint64_t said = 0;     // octets of all replies
    std::uint64_t left = 0;     // of these
  };

  void add(dialogue::Event event);
  void speak(dialogue::Event event, bool goes_on = false);
  void tell();
  void hand_on(dialogue::Event event);
  void rest();
  void tell_untaken();

  const Observer* observer_;
  ConnectionId connection_;
  const protocol::ServerSession* session_;
  const protocol::Protocol* protocol_;
  std::chrono::microseconds began_;
  std::unique_ptr<Kept> kept_;  // null when nobody observes
};

}  // namespace mockserver
