#include "imap/client_session.h"

#include <algorithm>
#include <charconv>
#include <variant>

#include "core/base64.h"
#include "core/text.h"
#include "imap/answer.h"
#include "imap/facts.h"
#include "imap/response.h"
#include "imap/strangers.h"

namespace imap {
namespace {

constexpr std::size_t kAnyLength = std::size_t{1} << 30;

// A client may send what it likes.
StreamLimits no_limits() {
  StreamLimits limits;
  limits.command = limits.before_login = limits.message = limits.discarded = kAnyLength;
  return limits;
}

// What a "+" answers.
bool asks_to_go_on(Input input) {
  return input == Input::kLiteral || input == Input::kAuthenticate || input == Input::kIdle || input == Input::kAuthResponse;
}

// "23" of "23 EXISTS", when that is the word.
std::optional<std::uint32_t> count_in(std::string_view data, std::string_view word) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(data.data(), data.data() + data.size(), number);
  const std::string_view rest = data.substr(static_cast<std::size_t>(end - data.data()));
  return error == std::errc() && core::equals_ignoring_case(core::trim(rest), word) ? std::optional(number) : std::nullopt;
}

}  // namespace

ClientSession::ClientSession() : limits_(no_limits()), stream_(limits_), awaited_{Awaited{}} {}

// How what is sent behind these will be read is known only when they are answered.
bool ClientSession::is_held() const { return !awaited_.empty() && asks_to_go_on(awaited_.back().input); }

std::vector<protocol::Said> ClientSession::send(std::string bytes) {
  std::vector<protocol::Said> said;
  if (is_held()) said.push_back(early(bytes));
  stream_.receive(bytes);
  actions_.emplace_back(core::Send{std::move(bytes)});
  read_stream(said.empty() ? &said : nullptr);
  return said;
}

protocol::Said ClientSession::early(const std::string& bytes) const {
  protocol::Said said{.input = Input::kUnknown, .bytes = bytes, .octets = bytes.size(), .is_unread = true};
  said.line_end = LineEnd::kNone;
  if (is_after_login()) {
    said.secrets.push_back({0, bytes.size()});
  } else {
    said.secrets = SecretLines(secrets_).of_untold(bytes, stream_.begun());
  }
  return said;
}

void ClientSession::read_stream(std::vector<protocol::Said>* out) {
  while (!is_held()) {
    auto frame = stream_.next();
    if (!frame) return;
    protocol::Said said = take(*frame);
    if (out != nullptr) out->push_back(std::move(said));
  }
}

protocol::Said ClientSession::take(const Frame& frame) {
  protocol::Said said{.input = Input::kUnknown, .bytes = frame.bytes, .octets = frame.octets, .line_end = frame.line_end};
  if (frame.line_end == LineEnd::kLf) said.remarks.push_back({RemarkKind::kBareLf, {said.bytes.size() - 1, said.bytes.size()}});
  Awaited awaited;
  if (frame.kind == Frame::Kind::kLine) {
    const bool is_login = state_.state() == State::kSasl;
    awaited.input = is_login ? Input::kAuthResponse : Input::kDone;
    awaited.tag = is_login ? state_.memory().login_tag : state_.memory().idle_tag;
    awaited.response = said.line();
    said.is_command = true;
    said.secrets = secrets_.of_line(said.line(), is_login && next_is_secret() && said.line() != "*");
  } else {
    ParsedCommand parsed = parse_command(said.line());
    awaited.input = frame.kind == Frame::Kind::kLiteral ? Input::kLiteral : parsed.verb;
    awaited.verb = parsed.verb;
    awaited.tag = parsed.tag;
    said.secrets = secrets_.of_command(said.line(), parsed);
    said.is_command = parsed.command.has_value() || frame.kind == Frame::Kind::kLiteral;
    if (frame.kind != Frame::Kind::kLiteral) {
      said.fault = std::move(parsed.fault);
      awaited.command = std::move(parsed.command);
      ++commands_;
      tags_.insert(awaited.tag);
    }
  }
  said.input = awaited.input;
  said.tag = awaited.tag;
  awaited_.push_back(std::move(awaited));
  return said;
}

void ClientSession::receive(std::string_view bytes) { reader_.receive(bytes); }

core::Result<std::optional<protocol::Received>> ClientSession::next() {
  if (state_.state() == State::kHandshake && !reader_.pending().empty()) return refuse_injection();
  auto response = reader_.next();
  if (!response) return core::Failure(std::move(response.error()));
  if (!*response) return std::nullopt;
  protocol::Received received;
  received.answer = std::move((*response)->answer);
  received.bytes = std::move((*response)->bytes);
  received.goes_on = (*response)->goes_on;
  received.is_continuation = (*response)->is_continuation;
  if (received.is_continuation || received.answer.outcome == protocol::Outcome::kNews) {
    take_untagged(received);
  } else {
    take_answer(received);
  }
  return std::optional(std::move(received));
}

// Somebody in between may have put them there, to be taken for the server's own words inside TLS.
core::Failure ClientSession::refuse_injection() {
  reader_.reject_all();
  std::erase_if(actions_, [](const core::Action& action) { return std::holds_alternative<core::StartTls>(action); });
  return core::Failure(core::Error{core::Blame::kPeer,
                                   {"octets in clear came behind the OK to STARTTLS", "对 STARTTLS 的 OK 后面有明文字节"},
                                   "RFC 9051 §6.2.1",
                                   {"somebody may sit in between: do not go on", "中间可能有人插手：不要继续"},
                                   "starttls-injection"});
}

void ClientSession::take_untagged(protocol::Received& received) {
  received.unasked = awaited_.empty() && !kWaiting.has(state_.state());
  received.answers = awaited_.empty() ? Input::kUnknown : awaited_.front().input;
  if (received.is_continuation) return;
  const std::string data = received.answer.lines.front();
  learn_offers(data);
  learn_mailbox(data);
  const auto condition = answer_in({"* " + data});
  const bool greets = state_.state() == State::kConnected && !awaited_.empty() && awaited_.front().input == Input::kConnect;
  if (condition && condition->code == word_of(Condition::kBye) && !greets && !says_goodbye()) {
    received.answer = *condition;
    received.unasked = false;
    received.change = neutral(state_.close());
    awaited_.clear();
    return;
  }
  if (!condition || !greets) return;
  received.answer = *condition;
  received.answer.tag.clear();
  const Awaited greeting = std::move(awaited_.front());
  awaited_.pop_front();
  follow(greeting, received);
}

// RFC 9051 §7.1.5: BYE announces the end that LOGOUT has asked for, or it is all that the server still says.
bool ClientSession::says_goodbye() const {
  return std::any_of(awaited_.begin(), awaited_.end(), [](const Awaited& one) { return one.input == Input::kLogout; });
}

void ClientSession::take_answer(protocol::Received& received) {
  const protocol::Answer& answer = received.answer;
  const auto fits = [&](const Awaited& one) {
    return answer.is_more() ? asks_to_go_on(one.input) : one.tag == answer.tag && one.input != Input::kConnect;
  };
  const auto hit = std::find_if(awaited_.begin(), awaited_.end(), fits);
  if (hit == awaited_.end()) {
    received.answers = Input::kUnknown;
    received.unasked = awaited_.empty() && state_.state() != State::kLogout;
    received.is_out_of_place = !awaited_.empty();
    received.change = neutral(StateChange{state_.state(), state_.state(), {}});
    return;
  }
  const Awaited answered = std::move(*hit);
  awaited_.erase(hit);
  received.answers = answered.input;
  has_listed_ = has_listed_ || (answered.input == Input::kList && answer.is_positive());
  learn_offers(answer.lines.front());
  asked_for_.reset();
  if (answered.input == Input::kLiteral) {
    if (answer.is_more()) {
      asked_for_ = answered.verb;
      stream_.go_ahead();
    } else {
      stream_.refuse();
    }
    received.change = neutral(StateChange{state_.state(), state_.state(), row(answered.input).rule});
    read_stream(nullptr);
    return;
  }
  follow(answered, received);
}

void ClientSession::follow(const Awaited& answered, protocol::Received& received) {
  advance_exchange(answered, received.answer);
  const Command* const command = answered.command ? &*answered.command : nullptr;
  received.change = neutral(state_.apply(answered.input, command, received.answer, claimed_user_));
  const State state = state_.state();
  if (row(answered.input).begins_login && state != State::kSasl) exchange_.reset();
  if (row(answered.input).begins_login && received.answer.is_positive()) secrets_.logged_in();
  if (state == State::kHandshake) {
    stream_.forget();  // in clear behind STARTTLS: the server does not read it, or should not
    offers_.reset();
    if (reader_.pending().empty()) actions_.emplace_back(core::StartTls{});
    return;
  }
  stream_.expect(state == State::kSasl || kWaiting.has(state) ? ClientStream::Mode::kLines : ClientStream::Mode::kCommands);
  stream_.set_logged_in((kLoggedIn | kWaiting).has(state));
  read_stream(nullptr);
}

// Follows the exchange as the server does, to know who logs in and which line is the password.
void ClientSession::advance_exchange(const Awaited& answered, const protocol::Answer& answer) {
  std::optional<std::string> response;
  sasl::ResponsePlace place = sasl::ResponsePlace::kLater;
  if (answered.input == Input::kLogin && answered.command) {
    claimed_user_ = answered.command->words<LoginWords>().user;
  } else if (answered.input == Input::kAuthenticate) {
    claimed_user_.clear();
    exchange_.reset();
    if (answered.command) {
      const auto& words = answered.command->words<Authenticate>();
      exchange_ = sasl::Exchange::begin(words.mechanism);
      response = words.initial_response;
      place = sasl::ResponsePlace::kInitial;
    }
  } else if (answered.input == Input::kAuthResponse) {
    response = answered.response;
  }
  if (!exchange_ || answer.is_negative()) return;
  const auto decoded = response ? std::optional(sasl::decode_response(*response, place)) : std::nullopt;
  if (decoded && *decoded) {
    const auto step = exchange_->respond(**decoded);
    if (step && std::holds_alternative<sasl::Claim>(*step)) claimed_user_ = std::get<sasl::Claim>(*step).user;
  }
  if (!answer.is_more()) return;
  if (const auto challenge = core::base64_decode(answer.lines.front())) exchange_->challenged(*challenge);
}

// What data say of the mailbox that is open, or is being opened.
void ClientSession::learn_mailbox(std::string_view data) {
  const std::uint32_t known = state_.memory().messages.value_or(0);
  if (const auto exists = count_in(data, "EXISTS")) state_.learn_count(*exists);
  if (count_in(data, "EXPUNGE") && known > 0) state_.learn_count(known - 1);
  const std::size_t at = data.find('[');
  const bool is_told = core::starts_with_ignoring_case(data, "OK [");
  const std::string_view code = is_told ? data.substr(at + 1, data.find(']') - at - 1) : std::string_view();
  state_.learn_uids(response::number_of(code, "UIDVALIDITY"), response::number_of(code, "UIDNEXT"));
}

// In a CAPABILITY answer, and in the response code of that name.
void ClientSession::learn_offers(std::string_view text) {
  constexpr std::string_view kName = "CAPABILITY ";
  const std::size_t at = text.find("[CAPABILITY ");
  if (at != std::string_view::npos) {
    text.remove_prefix(at + 1);
    text = text.substr(0, text.find(']'));
  }
  if (!core::starts_with_ignoring_case(text, kName)) return;
  offers_ = Capabilities::from_lines({std::string(text.substr(kName.size()))});
}

protocol::StateChange ClientSession::secured() {
  const StateChange change = state_.secured();
  if (change.from != change.to) {
    exchange_.reset();
    claimed_user_.clear();
    offers_.reset();
    read_stream(nullptr);
  }
  return neutral(change);
}

std::vector<protocol::Remark> ClientSession::unfinished_remarks() const {
  const std::size_t size = stream_.pending().size();
  if (size == 0) return {};
  return {{RemarkKind::kMissingLineEnd, {size, size}}};
}

std::vector<core::Span> ClientSession::unfinished_secrets() const {
  if (is_after_login() && !unfinished().empty()) return {{0, unfinished().size()}};
  return SecretLines(secrets_).of_untold(unfinished(), stream_.begun());
}

protocol::Mode ClientSession::mode() const {
  if (state_.state() == State::kSasl) return protocol::Mode::kLogin;
  const bool goes_on = asked_for_ || kWaiting.has(state_.state());
  return goes_on ? protocol::Mode::kRest : protocol::Mode::kCommand;
}

std::string ClientSession::wanted() const {
  if (kWaiting.has(state_.state())) return "DONE";
  if (!asked_for_) return {};
  return (stream_.literal_left() > 0 ? "{" + std::to_string(stream_.literal_left()) + "} " : std::string()) + "… CRLF";
}

bool ClientSession::next_is_secret() const {
  return state_.state() == State::kSasl && (!exchange_ || exchange_->next_is_secret());
}

bool ClientSession::is_after_login() const {
  const bool is_asked = !awaited_.empty() && row(awaited_.back().input).begins_login;
  return is_asked || state_.state() == State::kSasl;
}

std::vector<std::string> ClientSession::mechanisms() const {
  return offers_ ? offers_->mechanisms() : std::vector<std::string>();
}

bool ClientSession::may_come(protocol::Input input) const { return imap::may_come(state_.state(), input_of(input)); }

std::vector<protocol::Input> ClientSession::legal_commands() const {
  std::vector<protocol::Input> commands;
  for (const InputRow& one : kInputs) {
    const bool is_told = !one.verb.empty() && one.input != Input::kUid && imap::may_come(state_.state(), one.input);
    const bool is_moot = one.input == Input::kStarttls && state_.memory().encrypted;
    if (is_told && !is_moot && (!offers_ || offers_->brings(one.input))) commands.emplace_back(one.input);
  }
  return commands;
}

std::string ClientSession::next_tag() const {
  std::size_t number = commands_ + 1;
  while (tags_.contains("a" + std::to_string(number))) ++number;
  return "a" + std::to_string(number);
}

// RFC 9051 §2.2.1: each command has another tag.
std::string ClientSession::renewed(std::string line) const {
  const std::size_t end = line.find(' ');
  const bool is_used = end != std::string::npos && tags_.contains(std::string_view(line).substr(0, end));
  return is_used ? next_tag() + line.substr(end) : line;
}

protocol::FactValue ClientSession::fact(std::string_view name) const {
  return imap::fact({state_.memory(), nullptr, {}, nullptr, {}}, name);
}

}  // namespace imap
