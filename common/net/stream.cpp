#include "net/stream.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <uv.h>

#include "net/errors.h"

namespace net {
namespace {

// Lives from Stream::write to libuv's write callback, with the octets.
struct WriteRequest {
  uv_write_t request{};
  std::string bytes;
};

std::string address_text(const sockaddr_storage& address) {
  std::array<char, 64> name{};
  if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    uv_ip6_name(&v6, name.data(), name.size());
    return "[" + std::string(name.data()) + "]:" + std::to_string(ntohs(v6.sin6_port));
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
  uv_ip4_name(&v4, name.data(), name.size());
  return std::string(name.data()) + ":" + std::to_string(ntohs(v4.sin_port));
}

}  // namespace

struct Stream::Handle {
  uv_tcp_t tcp{};
  StreamEvents events;
  bool failed = false;
  bool ended = false;

  static Handle& of(void* data) { return *static_cast<Handle*>(data); }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&tcp); }
  uv_handle_t* handle() { return reinterpret_cast<uv_handle_t*>(&tcp); }
  static void free(uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); }

  void read();
  void fail(int status);
  void queue(std::string bytes, std::size_t from);
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
          if (self.events.on_bytes) self.events.on_bytes({buffer->base, static_cast<std::size_t>(count)});
        } else if (count == UV_EOF) {
          self.ended = true;
          if (self.events.on_end) self.events.on_end();
        } else if (count < 0) {
          self.fail(static_cast<int>(count));
        }
      });
}

// Reports once: reading and writing often notice the same death.
void Stream::Handle::fail(int status) {
  if (failed || uv_is_closing(handle()) != 0) return;
  failed = true;
  uv_read_stop(stream());
  if (events.on_error) events.on_error(stream_error(status));
}

void Stream::Handle::queue(std::string bytes, std::size_t from) {
  auto* const write = new WriteRequest{{}, std::move(bytes)};
  write->request.data = write;
  const uv_buf_t rest = uv_buf_init(write->bytes.data() + from, static_cast<unsigned>(write->bytes.size() - from));
  const int status = uv_write(&write->request, stream(), &rest, 1, [](uv_write_t* request, int result) {
    Handle& self = of(request->handle->data);
    delete static_cast<WriteRequest*>(request->data);
    if (uv_is_closing(self.handle()) != 0) return;
    if (result < 0) {
      self.fail(result);
    } else if (self.tcp.write_queue_size == 0 && self.events.on_flushed) {
      self.events.on_flushed();
    }
  });
  if (status != 0) delete write;  // behind finish(): whoever says goodbye has nothing more to say
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
  // Small lines go back and forth: waiting to fill a packet would only slow the dialogue down.
  uv_tcp_nodelay(&handle_->tcp, 1);
  handle_->read();
}

void Stream::pause_reading() {
  if (handle_ != nullptr) uv_read_stop(handle_->stream());
}

void Stream::resume_reading() {
  if (handle_ != nullptr && !handle_->failed && !handle_->ended) handle_->read();
}

void Stream::write(std::string bytes) {
  if (handle_ == nullptr || handle_->failed || bytes.empty()) return;
  const uv_buf_t all = uv_buf_init(bytes.data(), static_cast<unsigned>(bytes.size()));
  const int taken = uv_try_write(handle_->stream(), &all, 1);
  // An error is left to the queued write, which reports it from the loop and not from within this call.
  const std::size_t from = taken > 0 ? static_cast<std::size_t>(taken) : 0;
  if (from < bytes.size()) handle_->queue(std::move(bytes), from);
}

std::size_t Stream::unsent() const { return handle_ == nullptr ? 0 : handle_->tcp.write_queue_size; }

void Stream::finish() {
  if (handle_ == nullptr || handle_->failed) return;
  auto* const request = new uv_shutdown_t{};
  if (uv_shutdown(request, handle_->stream(), [](uv_shutdown_t* done, int) { delete done; }) != 0) delete request;
}

void Stream::reset() {
  if (handle_ == nullptr) return;
  // Refused while a FIN waits behind unsent octets; closing drops those and is as much as can be done then.
  if (uv_tcp_close_reset(&handle_->tcp, Handle::free) != 0) uv_close(handle_->handle(), Handle::free);
  handle_ = nullptr;
}

std::string Stream::peer() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  if (handle_ == nullptr || uv_tcp_getpeername(&handle_->tcp, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return address_text(address);
}

std::string Stream::local() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  if (handle_ == nullptr || uv_tcp_getsockname(&handle_->tcp, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  return address_text(address);
}

}  // namespace net
