// A TCP connection: octets in, octets out, in order.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/loop.h"
#include "tls/engine.h"

struct uv_tcp_s;

namespace net {

// Callbacks run inside the loop. Each may destroy the stream.
struct StreamEvents {
  std::function<void(std::string_view)> on_bytes;    // valid during the call only
  std::function<void()> on_end;                      // the peer will send nothing more (half-close)
  std::function<void(const core::Error&)> on_error;  // reset, time-out …; the stream is dead
  std::function<void()> on_flushed = {};             // unsent() has come back to 0; may be empty
  std::function<void()> on_secured = {};             // the handshake that start_tls() began is complete; may be empty
};

class Stream {
 public:
  // Connects to host (name or address; every address is tried, IPv6 and IPv4) and port. Exactly one of `done`'s forms
  // comes, never before this function returns. Destroying the returned object cancels. An address that does not answer
  // is given up after `patience`. Errors are Blame::kSystem: unknown host, refused, unreachable, timed out.
  static constexpr std::chrono::seconds kConnectPatience{10};
  class Connecting;
  static std::unique_ptr<Connecting> connect(Loop& loop, const std::string& host, std::uint16_t port,
                                             std::function<void(core::Result<std::unique_ptr<Stream>>)> done,
                                             std::chrono::milliseconds patience = kConnectPatience);

  ~Stream();  // closes at once; no callback afterwards
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void start(StreamEvents events);  // begins to read
  void pause_reading();             // on_bytes and on_end do not come until resume_reading()
  void resume_reading();

  // Queues octets; order is kept. What fits goes to the kernel at once. Never calls back: errors come later, in the loop.
  void write(std::string bytes);
  // Tells the other side at once that its octets are here: until then it may keep small ones back (Nagle, RFC 1122 §4.2.3.4).
  void acknowledge();
  // Octets written and not yet taken by the kernel; those that wait for a handshake are among them.
  [[nodiscard]] std::size_t unsent() const;
  // Octets of write() that have left: the kernel has taken them, or TLS has. It stands still when the stream is dead; behind a
  // reset it is without what that destroyed before it was on the wire.
  [[nodiscard]] std::uint64_t sent() const;
  // Octets that had arrived and come by no on_bytes, since the stream is dead, was reset, or is about to be let go.
  [[nodiscard]] std::string take_arrived();
  // From here on all octets, both ways, go through `engine`: on_bytes and write() go on to speak of plain octets. What was
  // written before leaves in clear. May come before start(). A handshake that fails, or TLS that breaks later, is an
  // on_error with the engine's error; a peer that ends TCP during the handshake is one too ("tls-closed"), and later an
  // on_end like any other. Never calls back. REQUIRES: no TLS yet.
  void start_tls(std::unique_ptr<tls::Engine> engine);
  // For what is known of the TLS that runs; null in clear.
  [[nodiscard]] const tls::Engine* tls() const;
  // Sends what is queued, inside TLS its close_notify, then FIN; during the handshake, when that is complete. Reading goes
  // on until the peer ends too.
  void finish();
  // RST instead of an orderly end; no callback afterwards, and every other call does nothing.
  void reset();
  [[nodiscard]] bool is_reset() const { return handle_ == nullptr; }

  // "127.0.0.1:40125", of the other side and of this one; IPv6 in brackets.
  [[nodiscard]] std::string peer() const;
  [[nodiscard]] std::string local() const;

 private:
  friend class Listener;
  struct Handle;
  explicit Stream(Loop& loop);  // not connected yet
  [[nodiscard]] uv_tcp_s* native();
  Handle* handle_;  // freed by libuv's close callback; null after reset(), with what is to be known of it then:
  std::string arrived_;
  std::uint64_t sent_ = 0;
};

class Stream::Connecting {
 public:
  ~Connecting();
  Connecting(const Connecting&) = delete;
  Connecting& operator=(const Connecting&) = delete;
  struct State;
  explicit Connecting(std::shared_ptr<State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<State> state_;
};

}  // namespace net
