#include "mockserver/mock_server.h"

#include <unordered_map>
#include <utility>

#include "mockserver/connection.h"
#include "mockserver/envelope.h"
#include "mockserver/store/maildir.h"
#include "mockserver/store/memory.h"
#include "net/listener.h"

namespace mockserver {
namespace {

std::vector<std::string> users_of(const scenario::Scenario& scenario) {
  std::vector<std::string> users;
  for (const scenario::Account& account : scenario.accounts) users.push_back(account.user);
  return users;
}

}  // namespace

struct MockServer::Impl {
  Impl(net::Loop& on, scenario::Scenario what, Options how);

  void accept(std::unique_ptr<net::Stream> stream);
  core::Result<void> keep(StoredMessage message);

  net::Loop& loop;
  const scenario::Scenario scenario;
  const Options options;
  std::optional<store::Maildir> maildir;
  store::Memory memory;
  Surroundings surroundings;
  std::unique_ptr<net::Listener> listener;
  std::uint16_t port = 0;
  ConnectionId last_id = 0;
  std::unordered_map<ConnectionId, std::unique_ptr<Connection>> connections;
};

MockServer::Impl::Impl(net::Loop& on, scenario::Scenario what, Options how)
    : loop(on),
      scenario(std::move(what)),
      options(std::move(how)),
      surroundings{.loop = loop,
                   .scenario = scenario,
                   .options = options,
                   .keep = [this](StoredMessage message) { return keep(std::move(message)); },
                   .gone = [this](ConnectionId id) { connections.erase(id); }} {
  if (options.store) maildir.emplace(*options.store, users_of(scenario));
}

void MockServer::Impl::accept(std::unique_ptr<net::Stream> stream) {
  if (options.once) listener.reset();
  const ConnectionId id = ++last_id;
  auto& connection = connections[id] = std::make_unique<Connection>(surroundings, id, std::move(stream));
  connection->start();
}

core::Result<void> MockServer::Impl::keep(StoredMessage message) {
  if (maildir) return maildir->keep(message, envelope_json(message));
  memory.keep(std::move(message));
  return {};
}

MockServer::MockServer(net::Loop& loop, scenario::Scenario scenario, Options options)
    : impl_(std::make_unique<Impl>(loop, std::move(scenario), std::move(options))) {}

MockServer::~MockServer() = default;

core::Result<void> MockServer::listen() {
  if (impl_->maildir) {
    if (auto ready = impl_->maildir->prepare(); !ready) return ready;
  }
  auto listener =
      net::Listener::open(impl_->loop, impl_->options.bind, impl_->options.smtp_port,
                          [impl = impl_.get()](std::unique_ptr<net::Stream> stream) { impl->accept(std::move(stream)); });
  if (!listener) return core::Failure(std::move(listener.error()));
  impl_->listener = std::move(*listener);
  impl_->port = impl_->listener->port();
  return {};
}

std::uint16_t MockServer::smtp_port() const { return impl_->port; }

void MockServer::shut_down() {
  impl_->listener.reset();
  for (const auto& [id, connection] : impl_->connections) connection->shut_down();
}

const std::vector<StoredMessage>& MockServer::messages() const { return impl_->memory.messages(); }

std::size_t MockServer::connections() const { return impl_->connections.size(); }

const scenario::Scenario& MockServer::scenario() const { return impl_->scenario; }

}  // namespace mockserver
