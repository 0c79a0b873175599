#include "mockserver/pop3_server/server.h"

#include <unordered_map>
#include <utility>

#include "mockserver/pop3_server/connection.h"

namespace pop3_server {

struct Server::Impl {
  net::Loop& loop;
  Surroundings around;
  std::unique_ptr<net::Listener> listener = {};
  std::unique_ptr<net::Listener> tls_listener = {};
  std::uint64_t last_id = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections = {};

  core::Result<std::unique_ptr<net::Listener>> open(const std::string& address, std::uint16_t port, Begins begins) {
    return net::Listener::open(loop, address, port,
                               [this, begins](std::unique_ptr<net::Stream> stream) { accept(std::move(stream), begins); });
  }

  void accept(std::unique_ptr<net::Stream> stream, Begins begins) {
    const std::uint64_t id = ++last_id;
    auto& connection = connections[id] = std::make_unique<Connection>(
        loop, around, std::move(stream), begins, around.nonce_of(id), [this, id] { connections.erase(id); });
    connection->start();
  }
};

Server::Server(net::Loop& loop, Surroundings around) : impl_(std::make_unique<Impl>(Impl{loop, std::move(around)})) {}

Server::~Server() = default;

core::Result<void> Server::listen(const std::string& address, std::optional<std::uint16_t> port,
                                  std::optional<std::uint16_t> tls_port) {
  struct Wanted {
    std::optional<std::uint16_t> port;
    std::unique_ptr<net::Listener>& listener;
    Begins begins;
  };
  for (const Wanted& one :
       {Wanted{port, impl_->listener, Begins::kInClear}, Wanted{tls_port, impl_->tls_listener, Begins::kInTls}}) {
    if (!one.port) continue;
    auto opened = impl_->open(address, *one.port, one.begins);
    if (!opened) return core::Failure(std::move(opened.error()));
    one.listener = std::move(*opened);
  }
  return {};
}

std::uint16_t Server::port() const { return impl_->listener ? impl_->listener->port() : std::uint16_t{0}; }

std::uint16_t Server::tls_port() const { return impl_->tls_listener ? impl_->tls_listener->port() : std::uint16_t{0}; }

void Server::shut_down() {
  impl_->listener.reset();
  impl_->tls_listener.reset();
  for (const auto& [id, connection] : impl_->connections) connection->shut_down();
}

}  // namespace pop3_server
