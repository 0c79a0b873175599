// One thing that happened in a dialogue. The log of these is the only truth; screens, transcripts and checks read it.
//
// Of one connection, from kConnected to kClosed, the octets of all kClient events are all that the client sent, those of all
// kServer events all that the server sent, in order and octet for octet; only the handshake of TLS is not among them. The
// events stand in the order in which things were dealt with, which is not that of `at` where somebody spoke out of turn.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/tape.h"
#include "core/text.h"
#include "protocol/answer.h"
#include "protocol/said.h"
#include "protocol/state.h"

namespace protocol {
class Protocol;
}

namespace dialogue {

enum class Kind : std::uint8_t {
  kConnected,  // the connection is up
  kClient,     // octets from client to server
  kServer,     // octets from server to client
  kNote,       // nothing on the wire: a silence, a time-out, an error of the network
  kClosed,     // the connection is gone
  kSecured,    // a TLS handshake is complete: what follows was encrypted on the wire
};

// Why a connection is gone.
enum class ClosedBy : std::uint8_t { kServer, kClient, kFailure };

// Lower-case name of a kind, as written in JSON: "client", "secured", …
std::string_view name(Kind kind);
// "server", "client", "failure".
std::string_view name(ClosedBy closed_by);

// Why a server gave a reply: the words of the scenario it follows.
struct Explanation {
  std::string id;      // "netease#auth-required"; empty for a reply of the core server
  core::Text because;  // why it says this now
  core::Text fix;      // what the client does about it
  std::vector<std::string> source;
  std::string seen;  // date of the newest evidence, as ISO 8601 or a part of it; may be empty
};

// Somebody who is known to say the words of a reply.
struct Likeness {
  core::Text who;
  std::shared_ptr<const Explanation> why;  // and what it means there; never null
};

struct Event {
  std::uint64_t number = 0;  // in its log, from 1
  // Since the log began: when it happened, of octets when the last of them had arrived or left.
  std::chrono::microseconds at{};
  Kind kind = Kind::kNote;
  std::string bytes;                         // as on the wire
  std::vector<core::Piece> pieces;           // in which they arrived or left
  std::size_t dropped = 0;                   // octets of the wire that the log let go, with their pieces; bytes has none then
  std::vector<core::Span> secrets;           // in bytes
  std::optional<protocol::Input> input;      // what the octets are, or what they answer
  bool is_command = false;                   // kClient: they are a command that fits its grammar
  bool is_unread = false;                    // kClient: lines of which nobody knows yet how they will be read
  std::optional<protocol::LoginPart> login;  // kClient: of the command that begins a login, and of the lines behind it
  std::optional<protocol::Answer> reply;     // kServer; a password that it repeats is masked in its lines (known_secrets.h)
  bool is_out_of_place = false;              // … which cannot answer what it answers
  std::vector<protocol::Remark> remarks;     // spans in bytes
  std::optional<protocol::StateChange> change;
  std::string decoded;  // base64 of a login's line in clear; empty when there is none
  bool decoded_is_secret = false;
  std::string user;  // who is logged in after it, when that changed
  // kServer, why it said it, where that is known; kClosed, of a server we run ourselves, why it did not answer.
  std::shared_ptr<const Explanation> explanation;
  std::vector<Likeness> likenesses;        // kServer, where it is not known: whose words these could be
  ClosedBy closed_by = ClosedBy::kServer;  // kClosed
  std::string failure;  // kClosed, kNote: core::Error::id of what went wrong; empty when nothing did, or it has none
  // kConnected: what is spoken from here on; null: the same as before. May be null in all others.
  const protocol::Protocol* protocol = nullptr;
  core::Part note;  // kConnected: with whom; kSecured: version and cipher; kNote, kClosed: more, for the log
};

}  // namespace dialogue
