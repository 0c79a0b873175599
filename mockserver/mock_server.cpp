#include "mockserver/mock_server.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <utility>

#include "mockserver/certificates.h"
#include "mockserver/connection.h"
#include "mockserver/envelope.h"
#include "mockserver/pop3_server/server.h"
#include "mockserver/scenario/judge.h"
#include "mockserver/session_id.h"
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

// Messages in memory are gone with the process: the next one must not give their UIDs to others.
std::uint32_t now_as_validity() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

// What POP3 offers to these accounts: the mechanisms that they can log in with.
pop3::ServerConfig pop3_config(const scenario::Scenario& scenario) {
  const bool has_token = std::any_of(scenario.accounts.begin(), scenario.accounts.end(),
                                     [](const scenario::Account& account) { return !account.token.empty(); });
  std::string mechanisms = "SASL PLAIN LOGIN";
  if (!scenario.accounts.empty()) mechanisms += " CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256";
  if (has_token) mechanisms += " XOAUTH2 OAUTHBEARER";
  pop3::ServerConfig config;
  config.name = scenario.server.name;
  config.has_apop = !scenario.accounts.empty();
  config.capabilities = pop3::Capabilities::from_lines(
      {"USER", mechanisms, "STLS", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER"});
  return config;
}

}  // namespace

struct MockServer::Impl {
  Impl(net::Loop& on, scenario::Scenario what, Options how);

  core::Result<std::unique_ptr<net::Listener>> open(std::uint16_t port, Begins begins);
  void accept(std::unique_ptr<net::Stream> stream, Begins begins);
  void stop_listening();
  store::Store& store();
  core::Result<std::unique_ptr<tls::Engine>> make_engine();
  pop3_server::Surroundings pop3_surroundings();

  net::Loop& loop;
  const scenario::Scenario scenario;
  const Options options;
  scenario::History history;
  store::Memory memory;
  std::unique_ptr<store::Maildir> maildir;  // instead, with Options::store
  Surroundings surroundings;
  std::shared_ptr<const tls::Identity> identity;  // made for the first handshake
  std::unique_ptr<net::Listener> listener;
  std::unique_ptr<net::Listener> tls_listener;
  std::uint16_t port = 0;
  std::uint16_t tls_port = 0;
  ConnectionId last_id = 0;
  std::unordered_map<ConnectionId, std::unique_ptr<Connection>> connections;
  std::optional<pop3_server::Server> pop3;
};

MockServer::Impl::Impl(net::Loop& on, scenario::Scenario what, Options how)
    : loop(on),
      scenario(std::move(what)),
      options(std::move(how)),
      memory(users_of(scenario), now_as_validity()),
      surroundings{.loop = loop,
                   .scenario = scenario,
                   .options = options,
                   .history = history,
                   .keep = [this](StoredMessage message) { return store().deliver(std::move(message)); },
                   .make_engine = [this] { return make_engine(); },
                   .gone = [this](ConnectionId id) { connections.erase(id); }} {
  history.seed = options.seed;
  if (options.store) maildir = std::make_unique<store::Maildir>(*options.store, users_of(scenario), envelope_json);
}

core::Result<std::unique_ptr<net::Listener>> MockServer::Impl::open(std::uint16_t on_port, Begins begins) {
  if (!scenario.listens) return net::Listener::open(loop, options.bind, on_port, {});
  return net::Listener::open(loop, options.bind, on_port,
                             [this, begins](std::unique_ptr<net::Stream> stream) { accept(std::move(stream), begins); });
}

void MockServer::Impl::stop_listening() {
  listener.reset();
  tls_listener.reset();
}

void MockServer::Impl::accept(std::unique_ptr<net::Stream> stream, Begins begins) {
  if (options.once) stop_listening();  // before the greeting: whoever has read it finds nobody here any more
  const ConnectionId id = ++last_id;
  auto& connection = connections[id] = std::make_unique<Connection>(surroundings, id, std::move(stream), begins);
  connection->start();
}

store::Store& MockServer::Impl::store() {
  if (maildir != nullptr) return *maildir;
  return memory;
}

core::Result<std::unique_ptr<tls::Engine>> MockServer::Impl::make_engine() {
  if (identity == nullptr) {
    auto issued = issue_certificate(scenario.server.name, options.bind, scenario.tls.certificate);
    if (!issued) return core::Failure(std::move(issued.error()));
    identity = std::move(*issued);
  }
  return tls::Engine::server(identity, {scenario.tls.oldest, scenario.tls.newest, options.key_log});
}

pop3_server::Surroundings MockServer::Impl::pop3_surroundings() {
  return {.config = pop3_config(scenario),
          .judge =
              [this](const sasl::Claim& claim) {
                const scenario::Judgement judgement = scenario::judge(claim, scenario.accounts);
                return pop3_server::Verdict{judgement.accepted(), judgement.judged_by};
              },
          // Without accounts whoever comes reads what came for anybody.
          .mailbox_of = [this](std::string_view user) -> mailbox::Mailbox& {
            mailbox::Mailbox* const own = store().mailbox_of(user);
            return own != nullptr ? *own : store().others();
          },
          .make_engine = [this] { return make_engine(); },
          .nonce_of = [this](std::uint64_t connection) { return session_id(options.seed, connection); }};
}

MockServer::MockServer(net::Loop& loop, scenario::Scenario scenario, Options options)
    : impl_(std::make_unique<Impl>(loop, std::move(scenario), std::move(options))) {}

MockServer::~MockServer() = default;

core::Result<void> MockServer::listen() {
  if (auto ready = impl_->store().prepare(); !ready) return ready;
  auto listener = impl_->open(impl_->options.smtp_port, Begins::kInClear);
  if (!listener) return core::Failure(std::move(listener.error()));
  impl_->listener = std::move(*listener);
  impl_->port = impl_->listener->port();
  if (impl_->options.pop3_port || impl_->options.pop3s_port) {
    impl_->pop3.emplace(impl_->loop, impl_->pop3_surroundings());
    auto opened = impl_->pop3->listen(impl_->options.bind, impl_->options.pop3_port, impl_->options.pop3s_port);
    if (!opened) return opened;
  }
  if (!impl_->options.smtps_port && impl_->scenario.security == scenario::Security::kNone) return {};
  auto tls_listener = impl_->open(impl_->options.smtps_port.value_or(0), Begins::kInTls);
  if (!tls_listener) return core::Failure(std::move(tls_listener.error()));
  impl_->tls_listener = std::move(*tls_listener);
  impl_->tls_port = impl_->tls_listener->port();
  return {};
}

std::uint16_t MockServer::smtp_port() const { return impl_->port; }

std::uint16_t MockServer::smtps_port() const { return impl_->tls_port; }

std::uint16_t MockServer::pop3_port() const { return impl_->pop3 ? impl_->pop3->port() : std::uint16_t{0}; }

std::uint16_t MockServer::pop3s_port() const { return impl_->pop3 ? impl_->pop3->tls_port() : std::uint16_t{0}; }

core::Result<std::string> MockServer::authority_pem() {
  const auto authority = process_authority();
  if (!authority) return core::Failure(authority.error());
  return (*authority)->pem();
}

void MockServer::shut_down() {
  impl_->stop_listening();
  for (const auto& [id, connection] : impl_->connections) connection->shut_down();
  if (impl_->pop3) impl_->pop3->shut_down();
}

void MockServer::forget() { impl_->history.tally.forget(); }

mailbox::Provider& MockServer::mailboxes() { return impl_->store(); }

const std::vector<std::shared_ptr<const StoredMessage>>& MockServer::messages() const { return impl_->memory.messages(); }

std::size_t MockServer::connections() const { return impl_->connections.size(); }

const scenario::Scenario& MockServer::scenario() const { return impl_->scenario; }

}  // namespace mockserver
