#include "client/conversation/conversation.h"

#include <utility>

namespace client {
namespace {

constexpr std::chrono::milliseconds kMeaningfulSilence{2100};  // a little longer than a judge waits for the end of a line

}  // namespace

Conversation::Conversation(net::Loop& loop, const scenario::Scenario& scenario, std::function<void()> changed, Manners manners)
    : loop_(loop),
      changed_(std::move(changed)),
      manners_(std::move(manners)),
      mock_(std::in_place, loop, scenario, manners_.seed),
      record_(manners_, [this] { listen_for_silence(); }),
      silence_(loop, [this] { is_quiet(); }),
      redoes_(loop, [this] { redo(); }),
      watch_(loop, wishes()),
      around_(around()) {
  begin();
}

Conversation::Conversation(net::Loop& loop, Endpoint server, std::function<void()> changed, Manners manners)
    : loop_(loop),
      changed_(std::move(changed)),
      manners_(std::move(manners)),
      server_(std::move(server)),
      record_(manners_, [this] { listen_for_silence(); }),
      silence_(loop, [this] { is_quiet(); }),
      redoes_(loop, [this] { redo(); }),
      watch_(loop, wishes()),
      around_(around()) {
  begin();
}

Conversation::~Conversation() = default;

Around Conversation::around() {
  return {
      loop_,
      record_,
      manners_,
      [this]() -> core::Result<std::shared_ptr<const tls::Trust>> {
        if (server_.trust != nullptr) return server_.trust;
        if (manners_.trusts_anybody) return tls::Trust::of_anybody();
        return mockserver::MockServer::authority_pem().and_then([](const std::string& pem) { return tls::Trust::of_pem(pem); });
      },
      [this] {
        redoes_.stop();
        deeds_.drop_connection();
      },
      [this](bool goes_on) { moved(goes_on); }};
}

Watch::Wishes Conversation::wishes() {
  return {manners_.patience, manners_.gives_up,
          [this](const core::Error& error) {
            note(error.text, error.id);
            changed_();
          },
          [this](const core::Error& error) {
            connection_->fail(error);
            moved(true);
          }};
}

Door Conversation::door(std::size_t server) const {
  if (mock_) return mock_->door(server);
  return {server_.host, server_.port, server_.host, server_.protocol, nullptr, server_.security == Security::kTls};
}

findings::Server Conversation::known(std::size_t server) const {
  findings::Server known = mock_ ? mock_->known(server) : findings::Server();
  known.is_stepped = true;
  return known;
}

// A dialogue of which nothing has happened.
void Conversation::begin() {
  connection_.reset();
  record_.begin(*door(0).protocol, known(0));
  approach(0);
}

// As a connection to that server stands before it is opened.
void Conversation::approach(std::size_t server) {
  redoes_.stop();
  silence_.stop();
  connection_.reset();  // whom the mock has to forget, before the next one comes
  at_ = server;
  connection_ = std::make_unique<Connection>(around_, door(server), mock_ ? &mock_->accounts(server) : nullptr);
  record_.speaks(connection_->protocol(), known(server));
  watch_.wait_for(connection_->awaited());
}

core::Result<void> Conversation::open() {
  if (mock_) {
    if (auto listening = mock_->start(); !listening) return listening;
    approach(at_);  // whose port is known now
  }
  connection_->open();
  return {};
}

void Conversation::moved(bool goes_on) {
  if (goes_on) watch_.wait_for(connection_->awaited());
  changed_();
  redo_next();
}

// Some mistakes show only in it.
void Conversation::listen_for_silence() {
  if (manners_.findings != nullptr && is_open()) silence_.start(kMeaningfulSilence);
}

void Conversation::is_quiet() {
  if (is_open() && record_.quiet()) changed_();
}

void Conversation::send(const std::string& bytes, std::chrono::milliseconds wait_before, bool is_proposed) {
  if (is_mock()) deeds_.did({bytes, false, wait_before, is_proposed, 0});
  connection_->send(bytes, is_proposed);
  watch_.wait_for(connection_->awaited());
  changed_();
}

void Conversation::close() {
  if (!is_open()) return;
  connection_->close();
  watch_.wait_for(connection_->awaited());
  changed_();
}

void Conversation::note(core::Text text, std::string failure) { record_.note(std::move(text), std::move(failure)); }

const protocol::Knows& Conversation::server_memory() const {
  const protocol::Memory* const truth = mock_ ? mock_->accounts(at_).memory() : nullptr;
  if (truth != nullptr) return *truth;
  return session();
}

// In clear text only as far as the command that begins TLS; that a password does not go out before it, the guard of every line
// sees to.
void Conversation::take_the_other_way() {
  if (is_mock() || !failure()) return;
  if (failure()->id == "tls-not-tls" && server_.security == Security::kTls) server_.security = Security::kStarttls;
  if (failure()->id == "tls-port-in-clear") server_.security = Security::kTls;
}

void Conversation::connect_again(std::chrono::milliseconds wait_before, std::size_t server) {
  if (is_mock()) deeds_.did({{}, true, wait_before, false, server});
  take_the_other_way();
  std::deque<Deed> left = deeds_.take_left();
  if (is_open()) connection_->close(true);
  deeds_.put_back(std::move(left));
  approach(server);
  connection_->open();
  changed_();
}

void Conversation::send_in_turn(const std::vector<std::string>& lines) {
  deeds_.do_in_turn(lines);
  redo_next();
}

void Conversation::replay(std::deque<Deed> deeds, Renew renew) {
  begin();
  deeds_.do_again(std::move(deeds), std::move(renew));
  core::Result<void> ready;
  if (mock_) ready = mock_->start_anew();
  approach(0);
  if (!ready) {
    connection_->fail(ready.error());
    return moved(true);
  }
  connection_->open();
}

void Conversation::redo_next() {
  while (deeds_.are_left() && (is_closed() || is_settled()) && !redoes_.is_running()) {
    // Behind a goodbye it is the server that closes (RFC 5321 §4.1.1.10); what goes on behind that is another connection.
    if (!is_closed() && session().is_over()) return;
    if (deeds_.wait().count() > 0) {
      redoes_.start(deeds_.wait());
      return;
    }
    redo();
  }
}

void Conversation::redo() {
  if (!deeds_.are_left()) return;
  const Deed deed = deeds_.take_next();
  if (deed.connects) return connect_again(deed.wait, deed.server);
  if (is_open()) send(deed.bytes, deed.wait, deed.is_proposed);
}

}  // namespace client
