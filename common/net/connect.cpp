#include <cstring>
#include <utility>
#include <vector>

#include <uv.h>

#include "net/endpoint.h"
#include "net/errors.h"
#include "net/socket.h"
#include "net/stream.h"
#include "net/timer.h"

namespace net {
namespace {

sockaddr_storage stored(const void* address, std::size_t size) {
  sockaddr_storage storage{};
  std::memcpy(&storage, address, size);
  return storage;
}

// When the addresses of a host fail in different ways, the one that tells most about the host: a refusal is an answer, while
// an unreachable IPv6 address says only that this computer has no IPv6.
int telling(int status) {
  switch (status) {
    case UV_ECONNREFUSED: return 3;
    case UV_ETIMEDOUT: return 2;
    case UV_ENETUNREACH:
    case UV_EHOSTUNREACH:
    case UV_EADDRNOTAVAIL: return 0;
    default: return 1;
  }
}

}  // namespace

// One attempt after the other. Requests of libuv hold it weakly: a cancelled one finds nothing to call.
struct Stream::Connecting::State : std::enable_shared_from_this<Stream::Connecting::State> {
  struct Lookup {
    uv_getaddrinfo_t request{};
    std::weak_ptr<State> state;
  };
  struct Attempt {
    uv_connect_t request{};
    std::weak_ptr<State> state;
    std::size_t number;
  };

  State(Loop& on, std::string to, std::uint16_t at)
      : loop(on), host(std::move(to)), port(at), timer(on, [this] { on_time(); }) {}

  void on_time();
  void resolve();
  void on_addresses(int failure, const addrinfo* found);
  void try_next();
  void on_attempt(std::size_t number, int result);
  void note(int failure);
  void give_up();
  void finish(core::Result<std::unique_ptr<Stream>> result);

  Loop& loop;
  std::string host;
  std::uint16_t port;
  std::chrono::milliseconds patience{};  // with one address
  std::function<void(core::Result<std::unique_ptr<Stream>>)> done;
  std::vector<sockaddr_storage> addresses;
  std::size_t tried = 0;
  int status = UV_EAI_NODATA;  // why the most telling attempt so far failed
  bool resolving = false;
  bool resolved = false;
  std::unique_ptr<Stream> stream;
  Lookup* lookup = nullptr;  // owned by libuv while it runs
  Timer timer;               // starts everything, so that nothing is called back too early; then the patience with one address
};

void Stream::Connecting::State::on_time() {
  const std::shared_ptr<State> alive = shared_from_this();
  if (!resolving) {
    resolve();
  } else if (stream != nullptr) {
    on_attempt(tried, UV_ETIMEDOUT);
  }
}

void Stream::Connecting::State::resolve() {
  resolving = true;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  // A numeric address needs no name server, and no thread to wait for one.
  if (uv_ip4_addr(host.c_str(), port, &v4) == 0) {
    addresses.push_back(stored(&v4, sizeof(v4)));
    return try_next();
  }
  if (uv_ip6_addr(host.c_str(), port, &v6) == 0) {
    addresses.push_back(stored(&v6, sizeof(v6)));
    return try_next();
  }
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  lookup = new Lookup{{}, weak_from_this()};
  lookup->request.data = lookup;
  const auto on_done = [](uv_getaddrinfo_t* request, int result, addrinfo* found) {
    const std::unique_ptr<Lookup> self(static_cast<Lookup*>(request->data));
    if (const auto state = self->state.lock()) {
      state->lookup = nullptr;
      state->on_addresses(result, found);
    }
    uv_freeaddrinfo(found);
  };
  const int failure =
      uv_getaddrinfo(loop.native(), &lookup->request, on_done, host.c_str(), std::to_string(port).c_str(), &hints);
  if (failure == 0) return;
  delete std::exchange(lookup, nullptr);
  finish(core::Failure(lookup_error(failure, host)));
}

void Stream::Connecting::State::on_addresses(int failure, const addrinfo* found) {
  if (failure != 0) return finish(core::Failure(lookup_error(failure, host)));
  for (; found != nullptr; found = found->ai_next) {
    if (found->ai_addrlen <= sizeof(sockaddr_storage)) addresses.push_back(stored(found->ai_addr, found->ai_addrlen));
  }
  try_next();
}

void Stream::Connecting::State::try_next() {
  while (tried < addresses.size()) {
    const auto* const address = reinterpret_cast<const sockaddr*>(&addresses[tried++]);
    stream.reset(new Stream(loop));
    auto* const attempt = new Attempt{{}, weak_from_this(), tried};
    attempt->request.data = attempt;
    const int failure = uv_tcp_connect(&attempt->request, stream->native(), address, [](uv_connect_t* request, int result) {
      const std::unique_ptr<Attempt> self(static_cast<Attempt*>(request->data));
      if (const auto state = self->state.lock()) state->on_attempt(self->number, result);
    });
    if (failure == 0) {
      timer.start(patience);
      return;
    }
    delete attempt;
    note(failure);
  }
  give_up();
}

void Stream::Connecting::State::note(int failure) {
  if (tried <= 1 || telling(failure) > telling(status)) status = failure;
}

void Stream::Connecting::State::give_up() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tried; ++i) names.push_back(address_text(reinterpret_cast<const sockaddr&>(addresses[i])));
  finish(core::Failure(connect_error(status, host, port, names)));
}

// `number` tells an attempt that was given up, and reports so later, from the one that runs now.
void Stream::Connecting::State::on_attempt(std::size_t number, int result) {
  if (number != tried || stream == nullptr) return;
  timer.stop();
  if (result == 0) {
    send_at_once(*stream->native());
    return finish(std::move(stream));
  }
  note(result);
  stream.reset();
  try_next();
}

void Stream::Connecting::State::finish(core::Result<std::unique_ptr<Stream>> result) {
  stream.reset();
  timer.stop();
  const auto call = std::exchange(done, nullptr);
  if (call) call(std::move(result));
}

std::unique_ptr<Stream::Connecting> Stream::connect(Loop& loop, const std::string& host, std::uint16_t port,
                                                    std::function<void(core::Result<std::unique_ptr<Stream>>)> done,
                                                    std::chrono::milliseconds patience) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  auto state = std::make_shared<Connecting::State>(loop, bracketed ? host.substr(1, host.size() - 2) : host, port);
  state->done = std::move(done);
  state->patience = patience;
  state->timer.start(std::chrono::milliseconds(0));
  return std::make_unique<Connecting>(std::move(state));
}

Stream::Connecting::~Connecting() {
  if (state_->lookup != nullptr) uv_cancel(reinterpret_cast<uv_req_t*>(&state_->lookup->request));
}

}  // namespace net
