#include "pop3/client_session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base64.h"
#include "pop3/words.h"

namespace pop3 {
namespace {

// The client reads its own octets only to understand them: nothing it sends is too long for that. What is longer than the RFC
// allows is remarked.
constexpr std::size_t kAnyLength = std::numeric_limits<std::size_t>::max();
constexpr StreamLimits kClientLimits{kAnyLength, kAnyLength, kAnyLength};
constexpr std::size_t kCommandLine = StreamLimits().command_line;

// How what is sent behind it has to be read is known only after its answer.
bool changes_reading(Input input) { return input == Input::kAuth || input == Input::kAuthResponse || input == Input::kStls; }

}  // namespace

ClientSession::ClientSession() : stream_(kClientLimits) { awaited_.push_back({Input::kConnect}); }

bool ClientSession::is_held() const {
  return state_.state() == State::kHandshake ||
         std::any_of(awaited_.begin(), awaited_.end(), [](const Awaited& one) { return changes_reading(one.input); });
}

bool ClientSession::may_pipeline() const {
  if (awaited_.empty()) return true;
  const auto& capabilities = state_.memory().capabilities;
  return !is_full() && capabilities && capabilities->offers("PIPELINING") && !row(awaited_.back().input).ends_group &&
         awaited_.back().input != Input::kConnect;
}

bool ClientSession::next_is_secret() const { return stream_.in_sasl() && (!exchange_ || exchange_->next_is_secret()); }

bool ClientSession::is_after_login() const {
  if (stream_.in_sasl()) return !awaited_.empty();
  return stream_.is_after_login() || (!awaited_.empty() && awaited_.back().input == Input::kAuth);
}

// Behind a line of the exchange that is not answered yet nobody knows which one is the password.
std::vector<core::Span> ClientSession::unfinished_secrets() const {
  if (!stream_.in_sasl() || awaited_.empty() || unfinished().empty()) return stream_.secrets_in(unfinished());
  return {{0, unfinished().size()}};
}

std::vector<Remark> ClientSession::early_remarks(std::string_view lines) const {
  const bool is_only_end = !lines.empty() && lines.find_first_not_of("\r\n") == std::string_view::npos;
  const RemarkKind kind = is_after_login() && is_only_end ? RemarkKind::kBase64ExtraNewline : RemarkKind::kSendsBeforeAnswer;
  return {{kind, {0, lines.size()}}};
}

// Nobody can know yet what this is: a command, a line of the exchange. It is read when the answer is here.
Said ClientSession::early(const std::string& bytes) const {
  Said said;
  said.is_unread = true;
  said.bytes = bytes;
  said.octets = bytes.size();
  said.line_end = LineEnd::kNone;
  const bool in_login = stream_.in_sasl() || (!awaited_.empty() && awaited_.back().input == Input::kAuth);
  said.remarks = early_remarks(bytes);
  if (in_login) {
    said.secrets.push_back({0, bytes.size()});
  } else {
    said.secrets = secrets_in_lines(bytes, stream_.is_after_login());
  }
  return said;
}

std::vector<Said> ClientSession::send(std::string bytes) {
  std::vector<Said> said;
  if (is_held()) said.push_back(early(bytes));
  stream_.receive(bytes);
  actions_.emplace_back(core::Send{std::move(bytes)});
  read_stream(said.empty() ? &said : nullptr);
  return said;
}

// Reads what is complete; `out` is null when it was handed out unread before.
void ClientSession::read_stream(std::vector<Said>* out) {
  while (!is_held()) {
    std::optional<Said> said = stream_.next();
    if (!said) return;
    remark_order(*said);
    Awaited awaited{said->input, said->command};
    if (said->input == Input::kAuthResponse) awaited.response = said->line();
    awaited_.push_back(std::move(awaited));
    if (out != nullptr) out->push_back(std::move(*said));
  }
}

void ClientSession::remark_order(Said& said) const {
  if (said.bytes.size() > kCommandLine && said.input != Input::kAuthResponse)
    said.remarks.push_back({RemarkKind::kLineTooLong, {0, said.bytes.size()}});
  if (!may_pipeline()) {
    const bool greeted = awaited_.empty() || awaited_.front().input != Input::kConnect;
    said.remarks.push_back({greeted ? RemarkKind::kSendsBeforeAnswer : RemarkKind::kSpeaksBeforeGreeting, {}});
  }
  if (!awaited_.empty() || said.fault) return;  // which state it will meet is not known yet
  if (const NotNow* const not_now = state_.not_now(said.input)) {
    said.remarks.push_back({not_now->remark, {}});
    return;
  }
  const bool is_known = state_.memory().capabilities.has_value() || said.input == Input::kApop;
  if (is_known && !state_.is_offered(said.input, state_.memory().capabilities.value_or(Capabilities())))
    said.remarks.push_back({RemarkKind::kNotOffered, {}});
  if (const auto remark = said.command ? state_.number_remark(*said.command) : std::nullopt)
    said.remarks.push_back({*remark, {}});
}

void ClientSession::receive(std::string_view bytes) {
  if (injected_.empty()) answers_.receive(bytes);
}

core::Result<std::optional<ClientEvent>> ClientSession::next_event() {
  if (state_.state() == State::kHandshake && !answers_.pending().empty()) return refuse_injection();
  if (answers_.in_body()) return next_piece();
  auto line = answers_.next_line();
  if (!line) return core::Failure(line.error());
  if (!*line) return std::nullopt;
  return take_answer(std::move(**line));
}

AnswerEvent ClientSession::take_answer(ReceivedLine line) {
  AnswerEvent event;
  event.received = std::move(line);
  const Answer& answer = event.received.answer;
  if (awaited_.empty()) {
    event.unasked = true;
    event.change = state_.apply(Input::kUnknown, nullptr, answer);
    return event;
  }
  const Awaited answered = std::move(awaited_.front());
  awaited_.pop_front();
  event.answers = answered.input;
  event.has_body = answer.outcome == Outcome::kOk && answered.command && answered.command->has_many_lines();
  advance_exchange(answered, answer);
  event.change = state_.apply(answered.input, answered.command ? &*answered.command : nullptr, answer, claimed_user_);
  if (event.has_body) {
    body_of_ = answered.input;
    capabilities_.clear();
    answers_.begin_body();
  }
  follow_state(answered);
  return event;
}

std::optional<ClientEvent> ClientSession::next_piece() {
  std::optional<ReceivedPiece> piece = answers_.next_piece();
  if (!piece) return std::nullopt;
  if (body_of_ == Input::kCapa) {
    capabilities_.append(piece->octets, 0, kMaxCapabilities - std::min(kMaxCapabilities, capabilities_.size()));
    if (piece->is_last) state_.learn(Capabilities::from_lines(lines_in(std::exchange(capabilities_, {}))));
  }
  return BodyEvent{std::move(*piece), body_of_};
}

void ClientSession::follow_state(const Awaited& answered) {
  const State state = state_.state();
  if (state == State::kHandshake) {
    stream_.forget();  // in clear behind STLS: the server does not read it, or should not
    if (answers_.pending().empty()) actions_.emplace_back(core::StartTls{});
    return;
  }
  if (row(answered.input).begins_login && state != State::kSasl) exchange_.reset();
  stream_.set_sasl(state == State::kSasl);
  if (state == State::kSasl) stream_.expect_response(next_is_secret(), exchange_ && exchange_->mechanism() == "PLAIN");
  if (state == State::kTransaction && row(answered.input).begins_login) stream_.end_login();
  read_stream(nullptr);
}

// Somebody in between may have put them there, to be taken for the server's own words inside TLS.
core::Failure ClientSession::refuse_injection() {
  injected_ = answers_.take_pending().substr(0, AnswerReader::kMaxRejected);
  std::erase_if(actions_, [](const core::Action& action) { return std::holds_alternative<core::StartTls>(action); });
  return core::Failure(core::Error{core::Blame::kPeer,
                                   {"octets in clear came behind the +OK to STLS", "对 STLS 的 +OK 后面有明文字节"},
                                   "RFC 2595 §4",
                                   {"somebody may sit in between: do not go on", "中间可能有人插手：不要继续"},
                                   "starttls-injection"});
}

StateChange ClientSession::secured() {
  const StateChange change = state_.secured();
  if (change.from == change.to) return change;
  exchange_.reset();
  claimed_user_.clear();
  read_stream(nullptr);
  return change;
}

// Follows the exchange as the server does, to know who logs in and which line is the password.
void ClientSession::advance_exchange(const Awaited& answered, const Answer& answer) {
  std::optional<std::string_view> response;
  sasl::ResponsePlace place = sasl::ResponsePlace::kLater;
  if (answered.input == Input::kAuth) {
    exchange_ = answered.command ? sasl::Exchange::begin(answered.command->mechanism) : std::nullopt;
    claimed_user_.clear();
    if (answered.command && answered.command->initial_response) response = *answered.command->initial_response;
    place = sasl::ResponsePlace::kInitial;
  } else if (answered.input == Input::kAuthResponse) {
    response = answered.response;
  }
  if (!exchange_ || answer.outcome == Outcome::kRefused) return;
  if (response) take_response(*response, place);
  if (answer.outcome != Outcome::kMore) return;
  if (const auto challenge = core::base64_decode(answer.text)) exchange_->challenged(*challenge);
}

void ClientSession::take_response(std::string_view base64, sasl::ResponsePlace place) {
  const auto decoded = sasl::decode_response(base64, place);
  if (!decoded) return;
  const auto step = exchange_->respond(*decoded);
  if (step && std::holds_alternative<sasl::Claim>(*step)) claimed_user_ = std::get<sasl::Claim>(*step).user;
}

core::Actions ClientSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace pop3
