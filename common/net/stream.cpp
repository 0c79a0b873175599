#include "net/stream.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <uv.h>

#include "net/endpoint.h"
#include "net/errors.h"
#include "net/secured.h"
#include "net/socket.h"
#include "net/timer.h"

namespace net {
namespace {

// Lives from Stream::write to libuv's write callback, with the octets.
struct WriteRequest {
  uv_write_t request{};
  std::string bytes;
};

}  // namespace

struct Stream::Handle {
  uv_tcp_t tcp{};
  StreamEvents events;
  std::unique_ptr<Secured> secured;  // a connection in clear pays for no TLS
  std::uint64_t written = 0;         // octets of Stream::write()
  std::uint64_t sent = 0;            // of these, as far as it was counted
  bool failed = false;
  bool ended = false;
  bool finished = false;  // this side has said goodbye
  bool paused = false;
  std::unique_ptr<Timer> next_turn;  // made when a whole buffer comes: most connections never send so much at once

  static Handle& of(void* data) { return *static_cast<Handle*>(data); }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&tcp); }
  uv_handle_t* handle() { return reinterpret_cast<uv_handle_t*>(&tcp); }
  static void free(uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); }

  // The owner has let go of the stream: nobody is to be called any more.
  bool is_gone() { return uv_is_closing(handle()) != 0; }
  [[nodiscard]] std::size_t unsent() const { return tcp.write_queue_size + (secured ? secured->engine->waiting() : 0); }

  void read();
  void let_others_read();
  void on_octets(std::string_view octets);
  void on_end_of_octets();
  void fail(const core::Error& error);
  std::string take_arrived();
  std::uint64_t count_sent();
  void send(std::string bytes);
  void queue(std::string bytes, std::size_t from);
  void shut_down();
  void secure(std::unique_ptr<tls::Engine> engine);
  void advance();
  void announce();
  void end();
};

void Stream::Handle::read() {
  uv_read_start(
      stream(),
      [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
        *buffer = uv_buf_init(static_cast<Loop*>(handle->loop->data)->read_buffer(), Loop::kReadBuffer);
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        Handle& self = of(stream->data);
        if (count > 0) {
          self.on_octets({buffer->base, static_cast<std::size_t>(count)});
          if (static_cast<std::size_t>(count) == Loop::kReadBuffer) self.let_others_read();
        } else if (count == UV_EOF) {
          self.on_end_of_octets();
        } else if (count < 0) {
          self.fail(stream_error(static_cast<int>(count)));
        }
      });
}

// libuv itself would go on with this stream for another 31 buffers: two megabytes of commands, while nobody else is served.
void Stream::Handle::let_others_read() {
  if (is_gone() || failed || ended || paused) return;
  uv_read_stop(stream());
  if (next_turn == nullptr) {
    next_turn = std::make_unique<Timer>(*static_cast<Loop*>(tcp.loop->data), [this] {
      if (!is_gone() && !failed && !ended && !paused) read();
    });
  }
  next_turn->start(std::chrono::milliseconds(0));
}

void Stream::Handle::on_octets(std::string_view octets) {
  if (secured != nullptr) {
    secured->engine->receive(octets);
    advance();
  } else if (events.on_bytes) {
    events.on_bytes(octets);
  }
}

// Ending TCP without close_notify is how most of mail ends; only in the handshake it is a failure.
void Stream::Handle::on_end_of_octets() {
  // libuv takes a reset for an orderly end when octets came right before it.
  if (const int error = pending_error(tcp); error != 0) return fail(stream_error(error));
  if (secured == nullptr) return end();
  advance();
  if (is_gone() || failed) return;
  if (secured->is_up) {
    end();
  } else {
    fail(handshake_closed_error());
  }
}

void Stream::Handle::end() {
  if (std::exchange(ended, true)) return;
  uv_read_stop(stream());
  if (events.on_end) events.on_end();
}

// Reports once: reading and writing often notice the same death.
void Stream::Handle::fail(const core::Error& error) {
  if (failed || is_gone()) return;
  failed = true;
  uv_read_stop(stream());
  if (events.on_error) events.on_error(error);
}

// What waits in the queue has not left. A queue that failed says nothing any more, and what TLS has taken is no longer octets
// of write().
std::uint64_t Stream::Handle::count_sent() {
  if (secured == nullptr && !failed) sent = written - tcp.write_queue_size;
  return sent;
}

std::string Stream::Handle::take_arrived() {
  std::string octets = read_waiting(tcp);
  if (secured == nullptr) return octets;
  if (!octets.empty()) secured->engine->receive(octets);
  secured->held += secured->engine->take_input();
  return std::exchange(secured->held, {});
}

void Stream::Handle::send(std::string bytes) {
  if (failed || finished || bytes.empty()) return;  // whoever says goodbye has nothing more to say
  const uv_buf_t all = uv_buf_init(bytes.data(), static_cast<unsigned>(bytes.size()));
  const int taken = uv_try_write(stream(), &all, 1);
  // An error is left to the queued write, which reports it from the loop and not from within this call.
  const std::size_t from = taken > 0 ? static_cast<std::size_t>(taken) : 0;
  if (secured == nullptr) written += bytes.size();
  if (from < bytes.size()) queue(std::move(bytes), from);
  count_sent();
}

void Stream::Handle::queue(std::string bytes, std::size_t from) {
  auto* const write = new WriteRequest{{}, std::move(bytes)};
  write->request.data = write;
  const uv_buf_t rest = uv_buf_init(write->bytes.data() + from, static_cast<unsigned>(write->bytes.size() - from));
  const int status = uv_write(&write->request, stream(), &rest, 1, [](uv_write_t* request, int result) {
    Handle& self = of(request->handle->data);
    delete static_cast<WriteRequest*>(request->data);
    if (self.is_gone()) return;
    if (result < 0) {
      self.fail(stream_error(result));
    } else {
      self.count_sent();
      if (self.unsent() == 0 && self.events.on_flushed) self.events.on_flushed();
    }
  });
  if (status != 0) delete write;
}

void Stream::Handle::shut_down() {
  if (std::exchange(finished, true)) return;
  // Where nothing waits to be written the FIN may go at once: libuv would first ask epoll whether there is room for it.
  if (tcp.write_queue_size == 0) return net::shut_down(tcp);
  auto* const request = new uv_shutdown_t{};
  if (uv_shutdown(request, stream(), [](uv_shutdown_t* done, int) { delete done; }) != 0) delete request;
}

void Stream::Handle::secure(std::unique_ptr<tls::Engine> engine) {
  const auto on_time = [this] {
    if (!is_gone() && !failed) advance();
  };
  secured = std::make_unique<Secured>(*static_cast<Loop*>(tcp.loop->data), std::move(engine), on_time);
  send(secured->engine->take_output());
  if (secured->engine->phase() == tls::Phase::kFailed) secured->soon();
}

// Brings to the network and to the owner what the engine has for them, in order: the handshake, octets, the end or an error.
void Stream::Handle::advance() {
  tls::Engine& engine = *secured->engine;
  send(engine.take_output());
  secured->held += engine.take_input();
  const tls::Phase phase = engine.phase();
  if (!secured->is_up && (phase == tls::Phase::kOpen || phase == tls::Phase::kEnded)) {
    announce();
    if (is_gone()) return;
  }
  if (!paused && !secured->held.empty() && events.on_bytes) {
    const std::string plain = std::exchange(secured->held, {});
    events.on_bytes(plain);
    if (is_gone()) return;
  }
  if (!secured->held.empty()) return;  // what comes behind them waits with them
  if (phase == tls::Phase::kFailed) {
    fail(engine.error());
  } else if (phase == tls::Phase::kEnded && !paused) {
    end();
  }
}

void Stream::Handle::announce() {
  secured->is_up = true;
  sent = written;
  if (secured->is_finishing) shut_down();
  if (events.on_secured) events.on_secured();
  if (is_gone() || !std::exchange(secured->has_waited, false)) return;
  if (unsent() == 0 && events.on_flushed) events.on_flushed();
}

Stream::Stream(Loop& loop) : handle_(new Handle) {
  uv_tcp_init(loop.native(), &handle_->tcp);
  handle_->tcp.data = handle_;
}

Stream::~Stream() {
  if (handle_ != nullptr) uv_close(handle_->handle(), Handle::free);
}

uv_tcp_s* Stream::native() { return &handle_->tcp; }

void Stream::start(StreamEvents events) {
  if (handle_ == nullptr) return;
  handle_->events = std::move(events);
  handle_->paused = false;
  handle_->read();
}

void Stream::pause_reading() {
  if (handle_ == nullptr) return;
  handle_->paused = true;
  uv_read_stop(handle_->stream());
}

void Stream::resume_reading() {
  if (handle_ == nullptr) return;
  handle_->paused = false;
  if (handle_->failed || handle_->ended) return;
  if (handle_->secured != nullptr) handle_->secured->soon();  // for what was deciphered and held back
  handle_->read();
}

void Stream::write(std::string bytes) {
  if (handle_ == nullptr || handle_->failed || bytes.empty()) return;
  if (handle_->secured == nullptr) return handle_->send(std::move(bytes));
  tls::Engine& engine = *handle_->secured->engine;
  handle_->written += bytes.size();
  engine.send(bytes);
  if (engine.waiting() > 0) {
    handle_->secured->has_waited = true;
  } else {
    handle_->sent = handle_->written;
  }
  handle_->send(engine.take_output());
  if (engine.phase() == tls::Phase::kFailed) handle_->secured->soon();
}

std::size_t Stream::unsent() const { return handle_ == nullptr ? 0 : handle_->unsent(); }

std::uint64_t Stream::sent() const { return handle_ == nullptr ? sent_ : handle_->count_sent(); }

void Stream::acknowledge() {
  if (handle_ != nullptr) net::acknowledge(*native());
}

std::string Stream::take_arrived() { return handle_ == nullptr ? std::exchange(arrived_, {}) : handle_->take_arrived(); }

void Stream::start_tls(std::unique_ptr<tls::Engine> engine) {
  if (handle_ != nullptr && !handle_->failed) handle_->secure(std::move(engine));
}

const tls::Engine* Stream::tls() const {
  return handle_ == nullptr || handle_->secured == nullptr ? nullptr : handle_->secured->engine.get();
}

void Stream::finish() {
  if (handle_ == nullptr || handle_->failed) return;
  if (handle_->secured != nullptr) {
    tls::Engine& engine = *handle_->secured->engine;
    engine.close();
    handle_->send(engine.take_output());
    handle_->secured->is_finishing = true;
    if (!handle_->secured->is_up) return;  // what was written waits for the handshake, and the end with it
  }
  handle_->shut_down();
}

void Stream::reset() {
  if (handle_ == nullptr) return;
  sent_ = handle_->count_sent() - std::min<std::uint64_t>(handle_->sent, never_sent(handle_->tcp));
  arrived_ = handle_->take_arrived();
  // Refused while a FIN waits behind unsent octets; closing drops those and is as much as can be done then.
  if (uv_tcp_close_reset(&handle_->tcp, Handle::free) != 0) uv_close(handle_->handle(), Handle::free);
  handle_ = nullptr;
}

std::string Stream::peer() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  if (handle_ == nullptr || uv_tcp_getpeername(&handle_->tcp, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return endpoint_text(reinterpret_cast<const sockaddr&>(address));
}

std::string Stream::local() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  if (handle_ == nullptr || uv_tcp_getsockname(&handle_->tcp, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return endpoint_text(reinterpret_cast<const sockaddr&>(address));
}

}  // namespace net
