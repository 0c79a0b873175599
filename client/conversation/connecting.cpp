// How a conversation begins: the mock, the connection, and TLS, from the start or later.
#include <algorithm>
#include <utility>

#include "client/conversation/conversation.h"
#include "client/conversation/own_name.h"

namespace client {

bool Conversation::speaks_tls_first() const {
  return scenario_ != nullptr ? scenario_->security == scenario::Security::kTls : server_.security == Security::kTls;
}

core::Result<void> Conversation::open() {
  if (scenario_ != nullptr && mock_ == nullptr) {
    if (auto listening = start_mock(); !listening) return listening;
  }
  return connect();
}

core::Result<void> Conversation::start_mock() {
  mockserver::Options options;
  options.patient = true;  // a person reads between two steps
  options.seed = manners_.seed;
  options.observer = [this](mockserver::ConnectionId connection, const dialogue::Event& event, const protocol::Knows& knows) {
    accounts_.observe(connection, event, knows);
  };
  mock_ = std::make_unique<mockserver::MockServer>(loop_, *scenario_, std::move(options));
  if (auto listening = mock_->listen(); !listening) return listening;
  server_.host = "127.0.0.1";
  server_.port = speaks_tls_first() ? mock_->tls_port() : mock_->port();
  return {};
}

// The mock's authority is made when TLS first begins: also a scenario in clear may answer STARTTLS with 220.
core::Result<std::shared_ptr<const tls::Trust>> Conversation::trust() const {
  if (server_.trust != nullptr) return server_.trust;
  if (manners_.trusts_anybody) return tls::Trust::of_anybody();
  return mockserver::MockServer::authority_pem().and_then([](const std::string& pem) { return tls::Trust::of_pem(pem); });
}

core::Result<void> Conversation::connect() {
  const std::chrono::milliseconds usual = net::Stream::kConnectPatience;
  connecting_ = net::Stream::connect(
      loop_, server_.host, server_.port,
      [this](core::Result<std::unique_ptr<net::Stream>> stream) { connected(std::move(stream)); },
      std::min(manners_.patience.value_or(usual), usual));
  return {};
}

void Conversation::connected(core::Result<std::unique_ptr<net::Stream>> stream) {
  if (!stream) {
    failed(stream.error());
    return;
  }
  stream_ = std::move(*stream);
  driver_ = std::make_unique<net::Driver>(
      loop_, *stream_, [] {}, [this] { begin_tls(); });
  accounts_.set_local(stream_->local());
  if (!is_mock()) client_name_ = manners_.client_name.empty() ? own_name(stream_->local()) : manners_.client_name;
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.note = address();
  append(std::move(event));
  net::StreamEvents events;
  events.on_bytes = [this](std::string_view bytes) { received(bytes); };
  events.on_end = [this] { ended(); };
  events.on_error = [this](const core::Error& error) { failed(error); };
  events.on_flushed = [this] {
    wait();
    changed_();
  };
  events.on_secured = [this] { secured(); };
  stream_->start(std::move(events));
  if (speaks_tls_first()) begin_tls();
  wait();
  changed_();
}

// The name that is asked for is the scenario's server, not the loopback address that it has for the lesson.
void Conversation::begin_tls() {
  const std::string& host = scenario_ != nullptr ? scenario_->server.name : server_.host;
  auto engine = trust().and_then([&](const std::shared_ptr<const tls::Trust>& whom) {
    return make_engine({host, whom, manners_.key_log});
  });
  if (!engine) {
    failed(engine.error());
    return;
  }
  securing_ = true;
  stream_->start_tls(std::move(*engine));
  wait();
}

void Conversation::secured() {
  if (closed_) return;
  securing_ = false;
  tls_details_ = stream_->tls()->details();
  dialogue::Event event;
  event.kind = dialogue::Kind::kSecured;
  event.note = describe(*tls_details_);
  event.change = session_->secured();
  user_.clear();
  append(std::move(event));
  wait();
  changed_();
  replay_next();
}

}  // namespace client
