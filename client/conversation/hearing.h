// What comes from a server on one connection, read into events of the record.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "client/conversation/mock_accounts.h"
#include "client/conversation/record.h"
#include "core/result.h"
#include "core/tape.h"
#include "dialogue/event.h"
#include "protocol/protocol.h"

namespace client {

class Hearing {
 public:
  // mock: what the embedded server says of its clients; null: a real server, whose words `recognise` knows (may be empty). All
  // of them outlive it.
  Hearing(const protocol::Protocol& spoken, protocol::ClientSession& session, Record& record, MockAccounts* mock,
          const std::function<void(dialogue::Event&)>& recognise)
      : protocol_(spoken), session_(session), record_(record), mock_(mock), recognise_(recognise) {}

  // Octets came; is_encrypted: inside TLS. What they are stands in the record then. An error (Blame::kPeer) says why the
  // dialogue cannot go on.
  core::Result<void> take(std::string_view bytes, bool is_encrypted);
  // Octets that came when nobody read any more.
  void take_late(std::string_view bytes) { heard_.add(bytes, record_.now()); }
  // There is no end of what nobody asked for: the connection is better closed.
  [[nodiscard]] bool is_flooded() const { return is_flooded_; }

  // Nothing more will come: what stands in no event yet becomes one. Gives whether there was such a thing.
  bool end();

  // The server sent octets that are no reply: from there on nobody can say which reply answers what.
  [[nodiscard]] bool is_out_of_step() const { return out_of_step_; }
  // TLS has begun anew: nobody is logged in.
  void secured() { user_.clear(); }

 private:
  core::Result<void> read_replies();
  core::Result<void> read_reply(const protocol::Received& received);
  core::Result<void> reject(const core::Error& error);
  void out_of_place(const protocol::Received& received);
  [[nodiscard]] core::Result<void> if_ours(std::string_view other_protocol) const;

  const protocol::Protocol& protocol_;
  protocol::ClientSession& session_;
  Record& record_;
  MockAccounts* mock_;
  const std::function<void(dialogue::Event&)>& recognise_;
  core::Tape heard_;  // what came and stands in no event yet
  std::string user_;  // who is logged in, as far as the replies say
  bool has_heard_ = false;
  bool out_of_step_ = false;
  bool misplaced_ = false;  // a reply came that belongs elsewhere; it is told once
  bool is_flooded_ = false;
  std::size_t unasked_ = 0;  // replies, and what is none, that answer nothing
};

// What went wrong, for the log.
[[nodiscard]] core::Text described(const core::Error& error);
// The server is to blame for it. id: of scenarios/knowledge/failures.toml.
[[nodiscard]] core::Error peer_error(core::Text text, std::string id);

}  // namespace client
