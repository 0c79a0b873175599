#include "client/conversation/conversation.h"

#include <utility>

#include "client/conversation/other_protocol.h"
#include "client/conversation/own_name.h"
#include "client/conversation/sent_events.h"
#include "core/show.h"

namespace client {
namespace {

constexpr std::size_t kMostUnasked = 1000;  // a server that says so much unasked is none, or means harm
constexpr std::string_view kInjection = "starttls-injection";
constexpr std::size_t kMostShown = 512;                        // octets of a protocol that is not ours
constexpr std::chrono::milliseconds kMeaningfulSilence{2100};  // a little longer than a judge waits for the end of a line
constexpr std::size_t kMostUnread = std::size_t{64} * 1024;    // octets of what is no whole reply

core::Text described(const core::Error& error) {
  return {core::describe(error, core::Language::kEnglish), core::describe(error, core::Language::kChinese)};
}

core::Error peer_error(core::Text text, std::string id) { return {core::Blame::kPeer, std::move(text), {}, {}, std::move(id)}; }

}  // namespace

Conversation::Conversation(net::Loop& loop, const scenario::Scenario& scenario, std::function<void()> changed, Manners manners)
    : loop_(loop),
      scenario_(&scenario),
      changed_(std::move(changed)),
      manners_(std::move(manners)),
      accounts_(*scenario.protocol),
      silence_(loop, [this] { is_quiet(); }),
      redoes_(loop, [this] { redo(); }),
      watch_(loop, wishes()) {
  server_.protocol = scenario.protocol;
  reset();
}

Conversation::Conversation(net::Loop& loop, Endpoint server, std::function<void()> changed, Manners manners)
    : loop_(loop),
      server_(std::move(server)),
      changed_(std::move(changed)),
      manners_(std::move(manners)),
      accounts_(*server_.protocol),
      silence_(loop, [this] { is_quiet(); }),
      redoes_(loop, [this] { redo(); }),
      watch_(loop, wishes()) {
  reset();
}

Conversation::~Conversation() = default;

void Conversation::reset() {
  log_ = std::make_unique<dialogue::Log>(protocol());
  for (const core::Secret& secret : manners_.secrets) log_->learn(secret.reveal());
  verdicts_ = std::make_unique<findings::Verdicts>(manners_.findings == nullptr ? "" : protocol().name(), known_server());
  done_.clear();
  to_replay_.clear();
  renew_ = {};
  forget_connection();
  began_ = net::Loop::precise_now();
}

// What a client can be right or wrong about.
findings::Server Conversation::known_server() const {
  findings::Server server;
  server.is_stepped = true;
  if (scenario_ == nullptr) return server;
  for (const scenario::Account& account : scenario_->accounts)
    server.accounts.push_back({account.user, account.password, account.web_password});
  return server;
}

void Conversation::forget_connection() {
  redoes_.stop();
  silence_.stop();
  driver_.reset();
  stream_.reset();
  connecting_.reset();
  session_ = protocol().client(scenario_ != nullptr ? &scenario_->server : nullptr);
  accounts_.forget_own();
  heard_ = {};
  tls_details_.reset();
  user_.clear();
  securing_ = false;
  has_heard_ = false;
  out_of_step_ = false;
  misplaced_ = false;
  unasked_ = 0;
  failure_.reset();
  closed_ = false;
  client_name_ = kMockName;
  last_.reset();
  wait();
}

Watch::Wishes Conversation::wishes() {
  return {manners_.patience, manners_.gives_up,
          [this](const core::Error& error) {
            note(error.text, error.id);
            changed_();
          },
          [this](const core::Error& error) { failed(error); }};
}

void Conversation::received(std::string_view bytes) {
  if (closed_ || bytes.empty()) return;
  heard_.add(bytes, now());
  if (!std::exchange(has_heard_, true) && stream_->tls() == nullptr && begins_tls_record(bytes.front())) {
    failed(peer_error({"a TLS record came where a greeting was expected", "该来问候的时候来了一条 TLS 记录"},
                      "tls-port-in-clear"));
    return;
  }
  const std::string_view begun = session_->partial_answer();
  const std::string opening = std::string(begun) + std::string(bytes.substr(0, begun.empty() ? kMostShown : 1));
  if (is_other_protocol(other_protocol(protocol(), opening, !session_->is_greeted()))) return;
  session_->receive(bytes);
  const std::size_t before = log_->events().size();
  read_replies();
  if (driver_ && !closed_) driver_->perform(session_->take_actions());
  if (log_->events().size() > before)
    wait();  // a part of a reply is none yet: who sends octets for ever is waited for no longer
  changed_();
  replay_next();
}

void Conversation::read_replies() {
  while (unasked_ < kMostUnasked) {
    auto reply = session_->next();
    if (!reply) {
      ++unasked_;
      reject(reply.error());
      if (closed_) return;
      continue;
    }
    if (!*reply) return;
    if ((*reply)->unasked) ++unasked_;
    read_reply(**reply);
    if (closed_) return;
  }
  note({"the server goes on sending what nobody asked for", "服务器不停地发送没有人要的内容"}, "unasked-flood");
  close();
}

void Conversation::read_reply(const protocol::Received& received) {
  const protocol::Input answers = received.answers.value_or(protocol().input(protocol::Role::kUnknown));
  core::Octets wire = heard_.take(received.bytes.size());
  dialogue::Event event = dialogue::from_answer(received.answer, std::move(wire.bytes), answers, received.change);
  if (received.is_continuation) event.reply.reset();
  event.pieces = std::move(wire.pieces);
  event.is_out_of_place = received.is_out_of_place;
  const std::string user = session_->text("logged-in");
  if (user != user_) event.user = user_ = user;
  event.explanation = accounts_.take_explanation(event.bytes);
  if (!is_mock() && manners_.recognise) manners_.recognise(event);
  append(std::move(event));
  if (is_other_protocol(other_protocol(received.answer, answers))) return;
  // Data may come at any time (RFC 9051 §7).
  const bool is_news = received.answer.outcome == protocol::Outcome::kNews;
  if (!is_news && (received.unasked || received.is_out_of_place)) out_of_place(received);
}

// What the standard never answers so. The mock gives such replies on purpose, and has words for them.
void Conversation::out_of_place(const protocol::Received& received) {
  if (is_mock() || out_of_step_ || std::exchange(misplaced_, true)) return;
  const std::string& code = received.answer.code;
  note(received.unasked || !received.answers
           ? core::phrase("{0} answers nothing that was sent", "{0} 没有回答任何发出的内容", {code})
           : core::phrase("{0} is no answer to {1}", "{0} 不是对 {1} 的回复", {code, received.answers->name()}),
       "reply-out-of-place");
}

// Ends it, once and with what to do. The mock speaks what it should, even when it lies.
bool Conversation::is_other_protocol(std::string_view id) {
  if (id.empty() || is_mock() || out_of_step_) return false;
  failed(peer_error(core::phrase("this port speaks another protocol than {0}", "这个端口说的不是 {0}", {protocol().title()}),
                    std::string(id)));
  return true;
}

// What octets that are no reply may mean is said once.
void Conversation::reject(const core::Error& error) {
  const bool is_first = !std::exchange(out_of_step_, true);
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  core::Octets wire = heard_.take_all_but(session_->partial_answer().size());
  event.bytes = std::move(wire.bytes);
  event.pieces = std::move(wire.pieces);
  event.explanation = accounts_.take_explanation(event.bytes);
  append(std::move(event));
  if (error.id == kInjection) {
    failed(error);
  } else if (is_first) {
    note(core::phrase("no reply: {0}", "不是回复：{0}", {described(error)}), error.id.empty() ? "not-a-reply" : error.id);
  }
}

void Conversation::ended() {
  if (closed_) return;
  if (securing_) {
    failed(peer_error(
        {"the server closed the connection in the middle of the TLS handshake", "TLS 握手还没完，服务器就关闭了连接"},
        "tls-closed"));
    return;
  }
  closed_ = true;
  wait();
  const bool is_cut = heard_.size() > 0;
  append_unread();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kServer;
  if (is_cut) {
    event.note = core::Text{"in the middle of a reply", "一个回复还没说完"};
    event.failure = "reply-cut";
  } else if (session_->awaited() > 0) {
    event.failure = "closed-unanswered";
  }
  event.explanation = accounts_.take_unheard();
  append(std::move(event));
  drop_connection();
  if (stream_) stream_->finish();
  changed_();
  replay_next();
}

void Conversation::failed(const core::Error& error) {
  if (closed_) return;  // both ends are done; that the last octets broke on their way changes nothing
  failure_ = error;
  closed_ = true;
  wait();
  drop_connection();
  if (stream_ && stream_->tls() != nullptr) tls_details_ = stream_->tls()->details();
  if (stream_ && !securing_) heard_.add(stream_->take_arrived(), now());
  append_unread();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kFailure;
  event.failure = error.id;
  event.note = described(error);
  event.explanation = accounts_.take_unheard();
  append(std::move(event));
  if (stream_) stream_->finish();
  changed_();
  replay_next();
}

void Conversation::send(const std::string& bytes, std::chrono::milliseconds wait_before, bool is_proposed) {
  if (is_mock()) done_.push_back({bytes, false, wait_before, is_proposed});
  const Before before(*session_);
  const std::vector<protocol::Said> said = session_->send(bytes);
  if (!said.empty()) last_ = said.back().input;
  core::Tape sent;
  sent.add(bytes, now());
  for (dialogue::Event& event : sent_events(sent, said, *session_, before, protocol())) append(std::move(event), is_proposed);
  driver_->perform(session_->take_actions());
  wait();
  changed_();
}

void Conversation::append(dialogue::Event event, bool is_proposed) {
  event.at = event.pieces.empty() ? now() : event.pieces.back().at;
  verdicts_->take(log_->append(std::move(event)), is_proposed);
  write_transcript();
  if (manners_.findings != nullptr && is_open()) silence_.start(kMeaningfulSilence);
}

void Conversation::write_transcript() {
  if (manners_.transcript == nullptr) return;
  if (manners_.findings == nullptr) return manners_.transcript->follow(*log_);
  manners_.transcript->follow(*log_, Transcript::Findings{*verdicts_, *manners_.findings, manners_.language});
}

// Some mistakes show only in it.
void Conversation::is_quiet() {
  if (!is_open() || !verdicts_->quiet(now())) return;
  write_transcript();
  changed_();
}

// What came of the server and is no whole reply. A flood is only counted.
void Conversation::append_unread() {
  if (heard_.size() == 0) return;
  core::Octets wire = heard_.take_all();
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  if (wire.bytes.size() > kMostUnread) {
    event.dropped = wire.bytes.size();
  } else {
    event.bytes = std::move(wire.bytes);
    event.pieces = std::move(wire.pieces);
  }
  append(std::move(event));
}

void Conversation::note(core::Text text, std::string failure) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.note = std::move(text);
  event.failure = std::move(failure);
  append(std::move(event));
}

std::deque<Deed> Conversation::deeds() const {
  std::deque<Deed> all = done_;
  all.insert(all.end(), to_replay_.begin(), to_replay_.end());
  return all;
}

const protocol::Knows& Conversation::server_memory() const {
  if (const protocol::Memory* const truth = accounts_.memory(); truth != nullptr) return *truth;
  return *session_;
}

const mockserver::StoredMessage* Conversation::last_kept() const {
  return mock_ == nullptr || mock_->messages().size() <= kept_before_ ? nullptr : mock_->messages().back().get();
}

std::string Conversation::address() const {
  const bool bare_ipv6 = server_.host.find(':') != std::string::npos;
  return (bare_ipv6 ? "[" + server_.host + "]" : server_.host) + ":" + std::to_string(server_.port);
}

void Conversation::close() {
  if (!is_open()) return;
  closed_by_client();
  driver_->perform({core::Close{}});
  changed_();
}

void Conversation::closed_by_client(bool is_proposed) {
  closed_ = true;
  wait();
  drop_connection();
  append_unread();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kClient;
  append(std::move(event), is_proposed);
}

bool Conversation::is_settled() const { return stream_ != nullptr && (closed_ || (!securing_ && session_->awaited() == 0)); }

// What is waited for now. Behind the last octets of a message it is the network, as long as it has not taken them all.
Waiting Conversation::awaited() const {
  if (!is_open()) return {};
  if (securing_) return {Wait::kHandshake};
  const bool sends_data = session_->mode() == protocol::Mode::kContent || (last_ && last_->is(protocol::Role::kContent));
  if (sends_data && stream_->unsent() > 0) return {Wait::kBlock};
  if (session_->awaited() == 0) return {};
  const protocol::Input greeting = protocol().input(protocol::Role::kConnect);
  return {Wait::kAnswer, session_->is_greeted() ? last_.value_or(greeting) : greeting};
}

}  // namespace client
