#include "mockserver/mock_server.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <unordered_map>
#include <utility>

#include "mockserver/certificates.h"
#include "mockserver/connection.h"
#include "mockserver/envelope.h"
#include "mockserver/scenario/folders.h"
#include "mockserver/scenario/mails.h"
#include "mockserver/session_id.h"
#include "mockserver/store/maildir.h"
#include "mockserver/store/memory.h"
#include "mockserver/unix_time.h"
#include "net/listener.h"
#include "protocol/known.h"

namespace mockserver {
namespace {

std::vector<std::string> users_of(const scenario::Scenario& scenario) {
  std::vector<std::string> users;
  for (const scenario::Account& account : scenario.accounts) users.push_back(account.user);
  return users;
}

// Messages in memory are gone with the process: the next one must not give their UIDs to others.
std::uint32_t now_as_validity() { return static_cast<std::uint32_t>(unix_time()); }

// A protocol in which mail is read beside the one of the scenario.
struct Beside {
  std::string_view name;
  std::optional<std::uint16_t> Options::*port;
  std::optional<std::uint16_t> Options::*tls_port;
  std::chrono::minutes idle_timeout;
  std::vector<std::string> (*offers)(const std::vector<std::string>& mechanisms, bool has_passwords);
};

// A line names all mechanisms, and the greeting has a time stamp where a password can be proven.
std::vector<std::string> pop3_offers(const std::vector<std::string>& mechanisms, bool has_passwords) {
  std::string sasl = "SASL";
  for (const std::string& mechanism : mechanisms) sasl += " " + mechanism;
  std::vector<std::string> offers{"USER",           sasl,         "STLS",        "TOP", "UIDL", "RESP-CODES",
                                  "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER"};
  if (has_passwords) offers.emplace_back("APOP");
  return offers;
}

// What its own server has anyway, and each mechanism in a word of its own.
std::vector<std::string> imap_offers(const std::vector<std::string>& mechanisms, bool /*has_passwords*/) {
  std::vector<std::string> offers{"IMAP4rev1", "STARTTLS",  "LITERAL+",      "SASL-IR",     "ID",          "ENABLE",
                                  "IDLE",      "NAMESPACE", "CHILDREN",      "UIDPLUS",     "UNSELECT",    "MOVE",
                                  "ESEARCH",   "SEARCHRES", "LIST-EXTENDED", "LIST-STATUS", "SPECIAL-USE", "STATUS=SIZE",
                                  "CONDSTORE", "BINARY",    "IMAP4rev2"};
  for (const std::string& mechanism : mechanisms) offers.push_back("AUTH=" + mechanism);
  return offers;
}

constexpr std::array kBesides{
    Beside{"pop3", &Options::pop3_port, &Options::pop3s_port, std::chrono::minutes(10), pop3_offers},  // RFC 1939 §3
    Beside{"imap", &Options::imap_port, &Options::imaps_port, std::chrono::minutes(30), imap_offers},  // RFC 9051 §5.4
};

// What it offers to these accounts are the ways in which they can log in. No rule reaches it.
scenario::Scenario beside(const scenario::Scenario& other, const Beside& what, const protocol::Protocol& spoken) {
  const bool has_token = std::any_of(other.accounts.begin(), other.accounts.end(),
                                     [](const scenario::Account& account) { return !account.token.empty(); });
  const bool has_passwords = !other.accounts.empty();
  std::vector<std::string> mechanisms{"PLAIN", "LOGIN"};
  if (has_passwords) mechanisms.insert(mechanisms.end(), {"CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"});
  if (has_token) mechanisms.insert(mechanisms.end(), {"XOAUTH2", "OAUTHBEARER"});
  scenario::Scenario scenario;
  scenario.id = other.id;
  scenario.protocol = &spoken;
  scenario.security = scenario::Security::kStarttls;
  scenario.idle_timeout = what.idle_timeout;
  scenario.accounts = other.accounts;
  scenario.server.name = other.server.name;
  scenario.server.folders = other.server.folders;
  scenario.server.offers = what.offers(mechanisms, has_passwords);
  return scenario;
}

}  // namespace

// Everything that serves one scenario.
struct Service {
  explicit Service(const scenario::Scenario& what) : scenario(what) {}

  const scenario::Scenario& scenario;
  scenario::History history = {};
  std::optional<Shared> shared = {};  // never nothing outside of service_for()
  std::unique_ptr<net::Listener> listener = {};
  std::unique_ptr<net::Listener> tls_listener = {};
  std::uint16_t port = 0;
  std::uint16_t tls_port = 0;
};

struct MockServer::Impl {
  Impl(net::Loop& on, scenario::Scenario what, Options how);

  std::unique_ptr<Service> service_for(const scenario::Scenario& what);
  core::Result<void> listen(Service& service, std::optional<std::uint16_t> port, std::optional<std::uint16_t> tls_port);
  Service& begin_beside(const Beside& what, const protocol::Protocol& spoken);
  core::Result<void> listen_beside();
  [[nodiscard]] const Service* find_beside(std::string_view protocol) const;
  void fill_memory();
  void accept(const Service& service, std::unique_ptr<net::Stream> stream, Begins begins);
  void stop_listening();
  store::Store& store();
  core::Result<void> keep(StoredMessage message);
  core::Result<std::unique_ptr<tls::Engine>> make_engine();

  net::Loop& loop;
  const scenario::Scenario scenario;
  const Options options;
  const std::uint32_t uid_validity = now_as_validity();  // of what is in memory
  std::optional<store::Memory> memory;                   // never nothing
  std::unique_ptr<store::Maildir> maildir;               // instead, with Options::store
  std::shared_ptr<const tls::Identity> identity;         // made for the first handshake
  std::unique_ptr<Service> service;
  struct Other {
    scenario::Scenario scenario;
    std::unique_ptr<Service> service = {};
  };
  std::map<std::string_view, Other> others;  // that are served, by the names of their protocols
  ConnectionId last_id = 0;
  std::unordered_map<ConnectionId, std::unique_ptr<Connection>> connections;
};

MockServer::Impl::Impl(net::Loop& on, scenario::Scenario what, Options how)
    : loop(on), scenario(std::move(what)), options(std::move(how)) {
  fill_memory();
  if (options.store)
    maildir = std::make_unique<store::Maildir>(*options.store, store::Owners{users_of(scenario)}, envelope_json);
  service = service_for(scenario);
}

// With the scenario's messages under the same UIDs each time.
void MockServer::Impl::fill_memory() {
  memory.emplace(store::Owners{users_of(scenario)}, uid_validity);
  (void)scenario::deliver_mails(scenario, *memory, unix_time());  // memory takes everything
}

core::Result<void> MockServer::Impl::keep(StoredMessage message) {
  Kept told{{}, message.content.size(), {}, nullptr};
  if (options.kept) told.forward_paths = message.forward_paths;
  if (options.kept && options.kept_whole) told.message = std::make_shared<const StoredMessage>(message);
  if (auto copied = scenario::keep_sent(scenario, store(), message); !copied) return copied;
  auto delivered = store().deliver(std::move(message));
  if (!delivered) return core::Failure(delivered.error());
  told.places = std::move(*delivered);
  if (options.kept) options.kept(told);
  return {};
}

std::unique_ptr<Service> MockServer::Impl::service_for(const scenario::Scenario& what) {
  auto made = std::make_unique<Service>(what);
  made->history.seed = options.seed;
  made->shared.emplace(Shared{.loop = loop,
                              .scenario = what,
                              .server = what.protocol->server(what.server),
                              .options = options,
                              .history = made->history,
                              .keep = [this](StoredMessage message) { return keep(std::move(message)); },
                              // Without accounts whoever comes reads what came for anybody.
                              .mailbox_of = [this](std::string_view user) -> mailbox::Mailbox& {
                                mailbox::Mailbox* const own = store().mailbox_of(user);
                                return own != nullptr ? *own : store().others();
                              },
                              .make_engine = [this] { return make_engine(); },
                              .gone = [this](ConnectionId id) { connections.erase(id); }});
  return made;
}

core::Result<void> MockServer::Impl::listen(Service& one, std::optional<std::uint16_t> port,
                                            std::optional<std::uint16_t> tls_port) {
  struct Wanted {
    std::optional<std::uint16_t> asked;
    Begins begins;
    std::unique_ptr<net::Listener>& listener;
    std::uint16_t& real;
  };
  for (const Wanted& wanted : {Wanted{port, Begins::kInClear, one.listener, one.port},
                               Wanted{tls_port, Begins::kInTls, one.tls_listener, one.tls_port}}) {
    if (!wanted.asked) continue;
    std::function<void(std::unique_ptr<net::Stream>)> on_client;
    if (one.scenario.listens) {
      on_client = [this, &one, begins = wanted.begins](std::unique_ptr<net::Stream> stream) {
        accept(one, std::move(stream), begins);
      };
    }
    auto opened = net::Listener::open(loop, options.bind, *wanted.asked, std::move(on_client));
    if (!opened) return core::Failure(std::move(opened.error()));
    wanted.listener = std::move(*opened);
    wanted.real = wanted.listener->port();
  }
  return {};
}

Service& MockServer::Impl::begin_beside(const Beside& what, const protocol::Protocol& spoken) {
  const auto [other, is_new] = others.try_emplace(what.name);
  if (is_new) {
    other->second.scenario = beside(scenario, what, spoken);
    other->second.service = service_for(other->second.scenario);
  }
  return *other->second.service;
}

core::Result<void> MockServer::Impl::listen_beside() {
  for (const Beside& one : kBesides) {
    const protocol::Protocol* const spoken = protocol::find(one.name);
    const bool is_wanted = options.*one.port || options.*one.tls_port;
    if (!is_wanted || spoken == nullptr || scenario.protocol == spoken) continue;
    auto opened = listen(begin_beside(one, *spoken), options.*one.port, options.*one.tls_port);
    if (!opened) return opened;
  }
  return {};
}

const Service* MockServer::Impl::find_beside(std::string_view protocol) const {
  const auto hit = others.find(protocol);
  return hit == others.end() ? nullptr : hit->second.service.get();
}

void MockServer::Impl::stop_listening() {
  const auto stop = [](Service& one) {
    one.listener.reset();
    one.tls_listener.reset();
  };
  stop(*service);
  for (auto& [name, other] : others) stop(*other.service);
}

void MockServer::Impl::accept(const Service& to, std::unique_ptr<net::Stream> stream, Begins begins) {
  if (options.once) stop_listening();  // before the greeting: whoever has read it finds nobody here any more
  const ConnectionId id = ++last_id;
  auto& connection = connections[id] = std::make_unique<Connection>(*to.shared, id, std::move(stream), begins);
  connection->start();
}

store::Store& MockServer::Impl::store() {
  if (options.common_store != nullptr) return *options.common_store;
  if (maildir != nullptr) return *maildir;
  return *memory;
}

core::Result<std::unique_ptr<tls::Engine>> MockServer::Impl::make_engine() {
  if (identity == nullptr) {
    std::vector<std::string> names = options.names;
    names.push_back(options.bind);
    auto issued = issue_certificate(scenario.server.name, names, scenario.tls.certificate);
    if (!issued) return core::Failure(std::move(issued.error()));
    identity = std::move(*issued);
  }
  return tls::Engine::server(identity, {scenario.tls.oldest, scenario.tls.newest, options.key_log});
}

MockServer::MockServer(net::Loop& loop, scenario::Scenario scenario, Options options)
    : impl_(std::make_unique<Impl>(loop, std::move(scenario), std::move(options))) {}

MockServer::~MockServer() = default;

core::Result<void> MockServer::prepare() {
  const bool is_common = impl_->options.common_store != nullptr;
  auto ready = is_common ? core::Result<void>() : impl_->store().prepare();
  if (!ready || (impl_->maildir == nullptr && !is_common)) return ready;
  return scenario::deliver_mails(impl_->scenario, impl_->store(), unix_time());
}

void MockServer::serve(std::unique_ptr<net::Stream> client, const protocol::Protocol& protocol, Begins begins) {
  const auto* const other =
      std::find_if(kBesides.begin(), kBesides.end(), [&](const Beside& one) { return one.name == protocol.name(); });
  const bool is_own = &protocol == impl_->scenario.protocol || other == kBesides.end();
  impl_->accept(is_own ? *impl_->service : impl_->begin_beside(*other, protocol), std::move(client), begins);
}

core::Result<void> MockServer::listen() {
  if (auto ready = prepare(); !ready) return ready;
  std::optional<std::uint16_t> tls_port = impl_->options.tls_port;
  if (!tls_port && impl_->scenario.security != scenario::Security::kNone) tls_port = 0;
  auto opened = impl_->listen(*impl_->service, impl_->options.port, tls_port);
  return opened ? impl_->listen_beside() : opened;
}

std::uint16_t MockServer::port() const { return impl_->service->port; }

std::uint16_t MockServer::tls_port() const { return impl_->service->tls_port; }

namespace {

std::uint16_t port_of(const Service* service, std::uint16_t Service::*port) {
  return service == nullptr ? std::uint16_t{0} : service->*port;
}

}  // namespace

std::uint16_t MockServer::pop3_port() const { return port_of(impl_->find_beside("pop3"), &Service::port); }

std::uint16_t MockServer::pop3s_port() const { return port_of(impl_->find_beside("pop3"), &Service::tls_port); }

std::uint16_t MockServer::imap_port() const { return port_of(impl_->find_beside("imap"), &Service::port); }

std::uint16_t MockServer::imaps_port() const { return port_of(impl_->find_beside("imap"), &Service::tls_port); }

core::Result<std::string> MockServer::authority_pem() {
  const auto authority = process_authority();
  if (!authority) return core::Failure(authority.error());
  return (*authority)->pem();
}

void MockServer::shut_down() {
  impl_->stop_listening();
  for (const auto& [id, connection] : impl_->connections) connection->shut_down();
}

mailbox::Provider& MockServer::mailboxes() { return impl_->store(); }

const std::vector<std::shared_ptr<const StoredMessage>>& MockServer::messages() const { return impl_->memory->messages(); }

std::size_t MockServer::connections() const { return impl_->connections.size(); }

Visit MockServer::visit(ConnectionId connection) const { return impl_->connections.at(connection)->visit(); }

const scenario::Scenario& MockServer::scenario() const { return impl_->scenario; }

}  // namespace mockserver
