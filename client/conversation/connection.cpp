#include "client/conversation/connection.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "client/conversation/own_name.h"
#include "client/conversation/sent_events.h"

namespace client {

Connection::Connection(Around& around, Door door, MockAccounts* mock)
    : around_(around),
      door_(std::move(door)),
      mock_(mock),
      session_(door_.protocol->client(door_.settings)),
      hearing_(*door_.protocol, *session_, around.record, mock, around.manners.recognise),
      client_name_(kMockName) {}

Connection::~Connection() {
  if (mock_ != nullptr) mock_->forget_own();
}

void Connection::open() {
  const std::chrono::milliseconds usual = net::Stream::kConnectPatience;
  connecting_ = net::Stream::connect(
      around_.loop, door_.host, door_.port,
      [this](core::Result<std::unique_ptr<net::Stream>> stream) { connected(std::move(stream)); },
      std::min(around_.manners.patience.value_or(usual), usual));
}

void Connection::connected(core::Result<std::unique_ptr<net::Stream>> stream) {
  if (!stream) {
    fail(stream.error());
    return around_.moved(true);
  }
  stream_ = std::move(*stream);
  driver_ = std::make_unique<net::Driver>(
      around_.loop, *stream_, [] {}, [this] { begin_tls(); });
  if (mock_ != nullptr) {
    mock_->set_local(stream_->local());
  } else {
    const std::string& wished = around_.manners.client_name;
    client_name_ = wished.empty() ? own_name(stream_->local()) : wished;
  }
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.note = address() + (door_.is_one_of_several ? " · " + door_.name : "");
  if (&around_.record.log().spoken() != door_.protocol) event.protocol = door_.protocol;
  around_.record.append(std::move(event));
  listen();
  if (door_.begins_with_tls) begin_tls();
  around_.moved(true);
}

void Connection::listen() {
  net::StreamEvents events;
  events.on_bytes = [this](std::string_view bytes) { received(bytes); };
  events.on_end = [this] { ended(); };
  events.on_error = [this](const core::Error& error) {
    if (closed_) return;  // both ends are done; that the last octets broke on their way changes nothing
    fail(error);
    around_.moved(true);
  };
  events.on_flushed = [this] { around_.moved(true); };
  events.on_secured = [this] { secured(); };
  stream_->start(std::move(events));
}

// The name that is asked for is the scenario's server, not the loopback address that it has for the lesson.
void Connection::begin_tls() {
  auto engine = around_.trust().and_then([&](const std::shared_ptr<const tls::Trust>& whom) {
    return make_engine({door_.name, whom, around_.manners.key_log});
  });
  if (!engine) return fail(engine.error());
  securing_ = true;
  stream_->start_tls(std::move(*engine));
}

void Connection::secured() {
  if (closed_) return;
  securing_ = false;
  tls_details_ = stream_->tls()->details();
  dialogue::Event event;
  event.kind = dialogue::Kind::kSecured;
  event.note = describe(*tls_details_);
  event.change = session_->secured();
  hearing_.secured();
  around_.record.append(std::move(event));
  around_.moved(true);
}

void Connection::received(std::string_view bytes) {
  if (closed_ || bytes.empty()) return;
  const std::size_t before = around_.record.log().events().size();
  const core::Result<void> goes_on = hearing_.take(bytes, stream_->tls() != nullptr);
  if (!goes_on) {
    fail(goes_on.error());
  } else if (hearing_.is_flooded()) {
    close();
  } else {
    driver_->perform(session_->take_actions());
  }
  // Who sends octets for ever is waited for no longer.
  around_.moved(around_.record.log().events().size() > before);
}

void Connection::send(const std::string& bytes, bool is_proposed) {
  const Before before(*session_);
  const std::vector<protocol::Said> said = session_->send(bytes);
  if (!said.empty()) last_ = said.back().input;
  core::Tape sent;
  sent.add(bytes, around_.record.now());
  for (dialogue::Event& event : sent_events(sent, said, *session_, before, protocol()))
    around_.record.append(std::move(event), is_proposed);
  driver_->perform(session_->take_actions());
}

void Connection::ended() {
  if (closed_) return;
  if (securing_) {
    fail(peer_error(
        {"the server closed the connection in the middle of the TLS handshake", "TLS 握手还没完，服务器就关闭了连接"},
        "tls-closed"));
    return around_.moved(true);
  }
  closed_ = true;
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kServer;
  if (hearing_.end()) {
    event.note = core::Text{"in the middle of a reply", "一个回复还没说完"};
    event.failure = "reply-cut";
  } else if (session_->awaited() > 0) {
    event.failure = "closed-unanswered";
  }
  if (mock_ != nullptr) event.explanation = mock_->take_unheard();
  gone(std::move(event));
  if (stream_) stream_->finish();
  around_.moved(true);
}

void Connection::fail(const core::Error& error) {
  if (closed_) return;
  failure_ = error;
  closed_ = true;
  if (stream_ && stream_->tls() != nullptr) tls_details_ = stream_->tls()->details();
  if (stream_ && !securing_) hearing_.take_late(stream_->take_arrived());
  (void)hearing_.end();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kFailure;
  event.failure = error.id;
  event.note = described(error);
  if (mock_ != nullptr) event.explanation = mock_->take_unheard();
  gone(std::move(event));
  if (stream_) stream_->finish();
}

void Connection::close(bool is_proposed) {
  closed_ = true;
  (void)hearing_.end();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kClient;
  gone(std::move(event), is_proposed);
  driver_->perform({core::Close{}});
}

void Connection::gone(dialogue::Event closed, bool is_proposed) {
  around_.record.append(std::move(closed), is_proposed);
  around_.gone();
}

bool Connection::is_settled() const { return stream_ != nullptr && (closed_ || (!securing_ && session_->awaited() == 0)); }

// Behind the last octets of a message it is the network, as long as it has not taken them all.
Waiting Connection::awaited() const {
  if (!is_open()) return {};
  if (securing_) return {Wait::kHandshake};
  const bool sends_data = session_->mode() == protocol::Mode::kContent || (last_ && last_->is(protocol::Role::kContent));
  if (sends_data && stream_->unsent() > 0) return {Wait::kBlock};
  if (session_->awaited() == 0) return {};
  const protocol::Input greeting = protocol().input(protocol::Role::kConnect);
  return {Wait::kAnswer, session_->is_greeted() ? last_.value_or(greeting) : greeting};
}

std::string Connection::address() const {
  const bool bare_ipv6 = door_.host.find(':') != std::string::npos;
  return (bare_ipv6 ? "[" + door_.host + "]" : door_.host) + ":" + std::to_string(door_.port);
}

}  // namespace client
