#include "client/conversation/conversation.h"

#include <algorithm>
#include <utility>

#include "core/show.h"

namespace client {
namespace {

constexpr std::size_t kMostUnasked = 1000;  // a server that says so much unasked is none, or means harm

// Where the octets of each said thing begin: the last ones end where what was sent ends, since only the first can have
// started in an earlier call.
std::vector<std::size_t> lengths_in(std::size_t sent, const std::vector<smtp::Said>& said) {
  std::vector<std::size_t> lengths(said.size(), 0);
  std::size_t left = sent;
  for (std::size_t i = said.size(); i-- > 0;) {
    const bool whole = said[i].input == smtp::Input::kMessage;  // its octets are not in Said::bytes
    lengths[i] = whole || i == 0 ? left : std::min(left, said[i].bytes.size());
    left -= lengths[i];
  }
  return lengths;
}

// Spans of the whole line, moved to the part of it that was sent now.
void shift_left(dialogue::Event& event, std::size_t by) {
  const auto shift = [&](core::Span& span) {
    span = {span.begin - std::min(span.begin, by), span.end - std::min(span.end, by)};
  };
  for (core::Span& span : event.secrets) shift(span);
  for (smtp::Remark& remark : event.remarks) shift(remark.where);
}

}  // namespace

Conversation::Conversation(net::Loop& loop, const scenario::Scenario& scenario, std::function<void()> changed)
    : loop_(loop), scenario_(&scenario), changed_(std::move(changed)) {
  reset();
}

Conversation::Conversation(net::Loop& loop, Endpoint server, std::function<void()> changed)
    : loop_(loop), server_(std::move(server)), changed_(std::move(changed)) {
  reset();
}

Conversation::~Conversation() = default;

void Conversation::reset() {
  driver_.reset();
  stream_.reset();
  connecting_.reset();
  session_ = std::make_unique<smtp::ClientSession>(scenario_ != nullptr && scenario_->server.auth_after_helo);
  log_ = std::make_unique<dialogue::Log>();
  sent_.clear();
  to_replay_.clear();
  chunks_.clear();
  if (const auto own = own_account(); own != accounts_.end()) accounts_.erase(own);
  local_.clear();
  mock_memory_.reset();
  user_.clear();
  unasked_ = 0;
  out_of_step_ = false;
  failure_.reset();
  closed_ = false;
  began_ = net::Loop::precise_now();
}

core::Result<void> Conversation::open() {
  if (scenario_ != nullptr && mock_ == nullptr) {
    mockserver::Options options;
    options.patient = true;  // a person reads between two steps
    options.observer = [this](mockserver::ConnectionId connection, const dialogue::Event& event, const smtp::Memory& memory) {
      observe(connection, event, memory);
    };
    mock_ = std::make_unique<mockserver::MockServer>(loop_, *scenario_, std::move(options));
    if (auto listening = mock_->listen(); !listening) return listening;
    server_ = {"127.0.0.1", mock_->smtp_port()};
  }
  return connect();
}

core::Result<void> Conversation::connect() {
  connecting_ =
      net::Stream::connect(loop_, server_.host, server_.port,
                           [this](core::Result<std::unique_ptr<net::Stream>> stream) { connected(std::move(stream)); });
  return {};
}

void Conversation::connected(core::Result<std::unique_ptr<net::Stream>> stream) {
  if (!stream) {
    failed(stream.error());
    return;
  }
  stream_ = std::move(*stream);
  driver_ = std::make_unique<net::Driver>(loop_, *stream_, [] {});
  local_ = stream_->local();
  if (const auto own = own_account(); own != accounts_.end()) mock_memory_ = own->second.memory;
  dialogue::Event event;
  event.kind = dialogue::Kind::kConnected;
  event.note = address();
  append(std::move(event));
  net::StreamEvents events;
  events.on_bytes = [this](std::string_view bytes) { received(bytes); };
  events.on_end = [this] { ended(); };
  events.on_error = [this](const core::Error& error) { failed(error); };
  stream_->start(std::move(events));
  changed_();
}

void Conversation::received(std::string_view bytes) {
  if (closed_) return;
  chunks_.push_back(bytes.size());
  session_->receive(bytes);
  read_replies();
  replay_next();
  changed_();
}

void Conversation::read_replies() {
  while (unasked_ < kMostUnasked) {
    auto reply = session_->next_reply();
    if (!reply) {
      ++unasked_;
      reject(reply.error());
      continue;
    }
    if (!*reply) return;
    const smtp::ReplyEvent& received = **reply;
    if (received.unasked) ++unasked_;
    dialogue::Event event =
        dialogue::from_reply(received.received.reply, received.received.bytes, received.answers, received.change);
    event.chunks = take_chunks(event.bytes.size());
    const std::string& user = session_->state().memory().user;
    if (user != user_) event.user = user_ = user;
    explain(event);
    append(std::move(event));
  }
  note("the server goes on sending what nobody asked for");
  close();
}

// The mock's own account of a reply says why it was given. Replies that broke on the way match no account.
void Conversation::explain(dialogue::Event& event) {
  const auto own = own_account();
  if (own == accounts_.end()) return;
  auto& replies = own->second.replies;
  const auto said =
      std::find_if(replies.begin(), replies.end(), [&](const dialogue::Event& one) { return one.bytes == event.bytes; });
  if (said == replies.end()) return;
  event.explanation = said->explanation;
  replies.erase(replies.begin(), said + 1);
}

// Forgets the chunks of octets that were no reply and stand in no event.
void Conversation::reject(const core::Error& error) {
  out_of_step_ = true;
  dialogue::Event event;
  event.kind = dialogue::Kind::kServer;
  event.bytes = session_->rejected_reply();
  std::size_t arrived = 0;
  for (const std::size_t chunk : chunks_) arrived += chunk;
  event.chunks = take_chunks(arrived - std::min(arrived, session_->partial_reply().size()));
  append(std::move(event));
  note("no reply: " + core::describe(error));
}

std::vector<std::size_t> Conversation::take_chunks(std::size_t octets) {
  std::vector<std::size_t> taken;
  while (octets > 0 && !chunks_.empty()) {
    const std::size_t part = std::min(octets, chunks_.front());
    taken.push_back(part);
    octets -= part;
    chunks_.front() -= part;
    if (chunks_.front() == 0) chunks_.pop_front();
  }
  return taken;
}

void Conversation::ended() {
  if (closed_) return;
  closed_ = true;
  const std::string_view rest = session_->partial_reply();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kServer;
  if (!rest.empty()) event.note = "in the middle of a reply, " + core::show_bytes(rest.substr(0, 200));
  append(std::move(event));
  to_replay_.clear();
  if (stream_) stream_->finish();
  changed_();
}

void Conversation::failed(const core::Error& error) {
  if (closed_) return;  // both ends are done; that the last octets broke on their way changes nothing
  failure_ = error;
  closed_ = true;
  to_replay_.clear();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kFailure;
  event.note = core::describe(error);
  append(std::move(event));
  changed_();
}

void Conversation::send(const std::string& bytes) {
  sent_.push_back(bytes);
  const bool was_secret = session_->next_is_secret();
  std::vector<smtp::Said> said = session_->send(bytes);
  if (said.empty() && was_secret) {
    // Part of a line that carries a password: hide it although nobody can read it yet.
    smtp::Said part;
    part.input = smtp::Input::kAuthResponse;
    part.bytes = bytes;
    part.line_end = smtp::LineEnd::kNone;
    part.secrets.push_back({0, bytes.size()});
    part.remarks = session_->unfinished_remarks();
    said.push_back(std::move(part));
  }
  log_sent(bytes, said);
  driver_->perform(session_->take_actions());
  changed_();
}

void Conversation::log_sent(const std::string& bytes, const std::vector<smtp::Said>& said) {
  if (said.empty() && session_->mode() == smtp::Mode::kData) return log_data(bytes);
  const bool is_read = !said.empty() && said.back().line_end == smtp::LineEnd::kNone;  // or handed out unread as a whole
  const std::size_t unread = is_read ? 0 : std::min(bytes.size(), session_->unfinished().size());
  const std::vector<std::size_t> lengths = lengths_in(bytes.size() - unread, said);
  bool is_secret = false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    dialogue::Event event = dialogue::from_said(said[i]);
    const std::size_t whole = event.bytes.size();
    event.kind = dialogue::Kind::kClient;
    event.bytes = bytes.substr(at, lengths[i]);
    if (whole > event.bytes.size()) shift_left(event, whole - event.bytes.size());
    event.chunks = {event.bytes.size()};
    at += lengths[i];
    is_secret = is_secret || said[i].input == smtp::Input::kAuth || said[i].input == smtp::Input::kAuthResponse;
    append(std::move(event));
  }
  if (unread > 0) log_unread(bytes.substr(bytes.size() - unread), is_secret);
}

// A part of the message. Who waits for a reply behind a dot that ends nothing waits for ever, which is said at once.
void Conversation::log_data(const std::string& bytes) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.input = smtp::Input::kMessage;
  event.bytes = bytes;
  event.chunks = {bytes.size()};
  for (const smtp::Remark& remark : session_->unfinished_remarks()) {
    if (remark.kind == smtp::RemarkKind::kTerminatorNotCrlf) event.remarks.push_back(remark);
  }
  append(std::move(event));
}

// Octets that cannot be read yet: a line without its end, or what was sent before the reply that decides how to read it.
void Conversation::log_unread(std::string bytes, bool is_secret) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.input = smtp::Input::kUnknown;
  if (bytes.ends_with('\n')) {
    event.remarks.push_back({smtp::RemarkKind::kSendsBeforeReply, {0, bytes.size()}});
  } else {
    event.remarks = session_->unfinished_remarks();
    for (smtp::Remark& remark : event.remarks) remark.where = {bytes.size(), bytes.size()};
  }
  if (is_secret) event.secrets.push_back({0, bytes.size()});
  event.chunks = {bytes.size()};
  event.bytes = std::move(bytes);
  append(std::move(event));
}

void Conversation::append(dialogue::Event event) {
  event.at = net::Loop::precise_now() - began_;
  log_->append(std::move(event));
}

void Conversation::note(std::string text) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.note = std::move(text);
  append(std::move(event));
}

std::map<mockserver::ConnectionId, Conversation::Account>::iterator Conversation::own_account() {
  if (local_.empty()) return accounts_.end();
  return std::find_if(accounts_.begin(), accounts_.end(), [this](const auto& one) { return one.second.from == local_; });
}

// Which of its clients we are is known when the connection is up on this side too, which may be later.
void Conversation::observe(mockserver::ConnectionId connection, const dialogue::Event& event, const smtp::Memory& memory) {
  Account& account = accounts_[connection];
  if (event.kind == dialogue::Kind::kConnected) account.from = event.note;
  account.memory = memory;
  const auto own = own_account();
  const bool is_own = own != accounts_.end() && own->first == connection;
  if (is_own) mock_memory_ = memory;
  if (event.kind == dialogue::Kind::kServer && (is_own || local_.empty())) account.replies.push_back(event);
  if (event.kind == dialogue::Kind::kClosed && !is_own) accounts_.erase(connection);
}

std::deque<std::string> Conversation::sends() const {
  std::deque<std::string> all = sent_;
  all.insert(all.end(), to_replay_.begin(), to_replay_.end());
  return all;
}

const smtp::Memory& Conversation::server_memory() const { return mock_memory_ ? *mock_memory_ : session_->state().memory(); }

std::string Conversation::address() const {
  const bool bare_ipv6 = server_.host.find(':') != std::string::npos;
  return (bare_ipv6 ? "[" + server_.host + "]" : server_.host) + ":" + std::to_string(server_.port);
}

void Conversation::close() {
  if (!is_open()) return;
  closed_ = true;
  to_replay_.clear();
  dialogue::Event event;
  event.kind = dialogue::Kind::kClosed;
  event.closed_by = dialogue::ClosedBy::kClient;
  append(std::move(event));
  driver_->perform({core::Close{}});
  changed_();
}

bool Conversation::is_settled() const { return stream_ != nullptr && (closed_ || session_->awaited() == 0); }

void Conversation::replay(std::deque<std::string> sends) {
  reset();
  to_replay_ = std::move(sends);
  if (auto opened = connect(); !opened) failed(opened.error());
}

void Conversation::replay_next() {
  while (!to_replay_.empty() && is_open() && is_settled()) {
    const std::string bytes = std::move(to_replay_.front());
    to_replay_.pop_front();
    send(bytes);
  }
}

}  // namespace client
