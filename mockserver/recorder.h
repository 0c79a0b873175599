// Makes the events of one connection and hands them to the observer, if there is one.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/known_secrets.h"
#include "mockserver/mock_server.h"
#include "mockserver/scenario/behaviour.h"
#include "smtp/server_session.h"
#include "tls/engine.h"

namespace mockserver {

// Every call does nothing without an observer: a server under load pays nothing for the log.
class Recorder {
 public:
  // REQUIRES: observer and session outlive it. Time counts from here. accounts: whose passwords are hidden.
  Recorder(const Observer& observer, ConnectionId connection, const smtp::ServerSession& session,
           const std::vector<scenario::Account>& accounts);

  [[nodiscard]] bool is_on() const { return static_cast<bool>(*observer_); }

  void connected(const std::string& peer);
  // A piece of this length came in.
  void received(std::size_t octets);
  // The session made `said` of octets that came in. REQUIRES: it has not been answered yet.
  void said(const smtp::Said& said);
  void answered(const scenario::Decision& decision, const smtp::Answered& answered);
  // The server spoke without being asked, and the session is over.
  void last_word(const scenario::Decision& decision, std::string_view rule);
  // What came and was never finished, since the client closed. said: remarks about it that stand in a note already.
  void unfinished(const std::vector<smtp::RemarkKind>& said);
  void note(std::string text, std::vector<smtp::Remark> remarks = {});
  // A handshake is complete.
  void secured(const tls::Engine& tls, const smtp::StateChange& change);
  // failure: core::Error::id of what went wrong; empty when nothing did, or it has none.
  void closed(dialogue::ClosedBy by, std::string why, std::string failure);

 private:
  void emit(dialogue::Event event);
  std::vector<std::size_t> take_chunks(std::size_t length);

  const Observer* observer_;
  ConnectionId connection_;
  const smtp::ServerSession* session_;
  std::chrono::microseconds began_;
  std::uint64_t number_ = 0;
  std::string user_;
  dialogue::KnownSecrets secrets_;
  std::vector<std::size_t> pieces_;  // lengths of what came in and is in no event yet
};

}  // namespace mockserver
