#include "smtp/client_session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base64.h"
#include "smtp/credentials.h"
#include "smtp/parameters.h"

namespace smtp {
namespace {

// The client reads its own octets only to understand them: nothing it sends is too long for that, and it keeps no message.
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
// Whoever sends a message has it already: what a person typed is kept to be looked at, an attachment is not.
constexpr std::size_t kKeptData = std::size_t{1} << 20;
constexpr StreamLimits kUnlimited{kNone, kNone, kNone, kNone, kKeptData};

// How what is sent behind it has to be read is known only after its reply. Of a BDAT (kBdat without its chunk, see
// read_stream) only the reply shows whether the server takes the octets behind it.
bool changes_mode(Input input) {
  return input == Input::kData || input == Input::kAuth || input == Input::kAuthResponse || input == Input::kStarttls;
}

// A server that knows BDAT takes its chunk whatever it says to it (RFC 3030 §2).
bool is_unknown_command(const Reply& reply) {
  const int code = reply.code.value();
  return code == 500 || code == 502;
}

}  // namespace

// What is strict about line ends is the server's to refuse; here they are read as leniently as most servers do.
ClientSession::ClientSession(StateLeniency leniency, LineEnds line_ends)
    : state_(leniency), stream_(line_ends, {true, true, true, true}, kUnlimited) {
  awaited_.push_back({Input::kConnect});
}

bool ClientSession::is_held() const {
  return state_.state() == State::kHandshake || std::any_of(awaited_.begin(), awaited_.end(), [](const Awaited& one) {
           return one.is_undecided_chunk || changes_mode(one.input);
         });
}

bool ClientSession::next_is_secret() const {
  return stream_.mode() == Mode::kAuth && (!exchange_ || exchange_->next_is_secret());
}

bool ClientSession::is_after_login() const {
  if (stream_.mode() == Mode::kAuth) return !awaited_.empty();
  return stream_.is_after_login() || (!awaited_.empty() && awaited_.back().input == Input::kAuth);
}

// Behind a line of the exchange that is not answered yet nobody knows which one is the password.
std::vector<core::Span> ClientSession::unfinished_secrets() const {
  if (stream_.mode() != Mode::kAuth || awaited_.empty() || unfinished().empty()) return stream_.pending_secrets();
  return {{0, unfinished().size()}};
}

std::vector<Remark> ClientSession::early_remarks(std::string_view lines) const {
  const bool is_only_end = !lines.empty() && lines.find_first_not_of("\r\n") == std::string_view::npos;
  const RemarkKind kind = is_after_login() && is_only_end ? RemarkKind::kBase64ExtraNewline : RemarkKind::kSendsBeforeReply;
  return {{kind, {0, lines.size()}}};
}

// Nobody can know yet what this is: a command, a line of the exchange, mail data. It is read when the reply is here.
Said ClientSession::early(const std::string& bytes) const {
  Said said;
  said.input = Input::kUnknown;
  said.is_unread = true;
  said.bytes = bytes;
  said.octets = bytes.size();
  said.line_end = LineEnd::kNone;
  said.remarks = early_remarks(bytes);
  if (stream_.mode() == Mode::kAuth || (!awaited_.empty() && awaited_.back().input == Input::kAuth)) {
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
    if (stream_.mode() == Mode::kData || stream_.mode() == Mode::kChunk) state_.set_message_octets(stream_.message_octets());
    if (!said) return;
    remark_order(*said);
    Awaited awaited{said->input, said->command};
    if (said->input == Input::kAuthResponse) awaited.response = said->line();
    awaited.message_size = said->message_size;
    awaited.is_undecided_chunk = said->input == Input::kBdat && said->command && !said->has_chunk;
    awaited_.push_back(std::move(awaited));
    if (out != nullptr) out->push_back(std::move(*said));
  }
}

void ClientSession::remark_order(Said& said) const {
  if (!awaited_.empty()) {
    const bool pipelined = state_.memory().extensions.offers("PIPELINING") && !row(awaited_.back().input).ends_group;
    if (!pipelined) said.remarks.push_back({RemarkKind::kSendsBeforeReply, {}});
    return;  // which state it will meet is not known yet
  }
  if (said.fault) return;
  if (const auto remark = state_.order_remark(said.input)) {
    said.remarks.push_back({*remark, {}});
  } else if (state_.memory().extended && !state_.is_offered(said.input)) {
    said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
  }
  if (said.command && lacks_smtputf8(*said.command, state_.memory()))
    said.remarks.push_back({RemarkKind::kNonAsciiAddress, {}});
}

void ClientSession::receive(std::string_view bytes) {
  if (injected_.empty()) replies_.receive(bytes);
}

core::Result<std::optional<ReplyEvent>> ClientSession::next_reply() {
  if (state_.state() == State::kHandshake && !replies_.pending().empty()) return refuse_injection();
  auto received = replies_.next();
  if (!received) return core::Failure(received.error());
  if (!*received) return std::nullopt;
  ReplyEvent event;
  event.received = std::move(**received);
  const Reply& reply = event.received.reply;
  if (awaited_.empty()) {
    event.unasked = true;
    event.change = state_.apply(Input::kUnknown, nullptr, reply);
    return event;
  }
  const Awaited answered = take_awaited(reply);
  event.answers = answered.input;
  advance_exchange(answered, reply);
  event.change = state_.apply(answered.input, answered.command ? &*answered.command : nullptr, reply, claimed_user_);
  if (answered.input == Input::kBdat && reply.code.is_positive()) state_.set_message_octets(answered.message_size);
  follow_state(answered);
  return event;
}

ClientSession::Awaited ClientSession::take_awaited(const Reply& reply) {
  Awaited answered = std::move(awaited_.front());
  awaited_.pop_front();
  if (!answered.is_undecided_chunk || is_unknown_command(reply)) return answered;
  stream_.drop(answered.command->chunk_size);
  if (answered.command->is_last) answered.input = Input::kMessage;
  return answered;
}

void ClientSession::follow_state(const Awaited& answered) {
  const State state = state_.state();
  if (state == State::kHandshake) {
    stream_.forget();  // in clear behind STARTTLS: the server does not read it, or should not
    if (replies_.pending().empty()) actions_.emplace_back(core::StartTls{});
    return;
  }
  if (state == State::kAuth) {
    stream_.set_mode(Mode::kAuth);
    stream_.expect_response(next_is_secret(), exchange_ && exchange_->mechanism() == "PLAIN");
  } else {
    if (answered.input == Input::kAuth || answered.input == Input::kAuthResponse) exchange_.reset();
    stream_.set_mode(state == State::kData ? Mode::kData : Mode::kCommand);
  }
  if (answered.input == Input::kEhlo || answered.input == Input::kHelo)
    stream_.set_chunking(state_.memory().extensions.offers("CHUNKING"));
  if (awaited_.empty() && state != State::kBdat && stream_.mode() != Mode::kChunk) stream_.forget_chunks();
  read_stream(nullptr);
}

// Somebody in between may have put them there, to be taken for the server's own words inside TLS.
core::Failure ClientSession::refuse_injection() {
  injected_ = replies_.take_pending().substr(0, ReplyReader::kMaxRejected);
  actions_.erase(std::remove_if(actions_.begin(), actions_.end(),
                                [](const core::Action& action) { return std::holds_alternative<core::StartTls>(action); }),
                 actions_.end());
  return core::Failure(core::Error{core::Blame::kPeer,
                                   {"octets in clear came behind the 220 to STARTTLS", "对 STARTTLS 的 220 后面有明文字节"},
                                   "RFC 3207 §4",
                                   {"somebody may sit in between: do not go on", "中间可能有人插手：不要继续"},
                                   "starttls-injection"});
}

StateChange ClientSession::secured() {
  const StateChange change = state_.secured();
  if (change.from == change.to) return change;
  stream_.set_chunking(false);
  exchange_.reset();
  claimed_user_.clear();
  read_stream(nullptr);
  return change;
}

// Follows the exchange as the server does, to know who logs in and which line is the password.
void ClientSession::advance_exchange(const Awaited& answered, const Reply& reply) {
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
  if (!exchange_ || reply.code.is_negative()) return;
  if (response) take_response(*response, place);
  if (!reply.code.is_intermediate() || reply.lines.empty()) return;
  if (const auto challenge = core::base64_decode(reply.lines.front())) exchange_->challenged(*challenge);
}

void ClientSession::take_response(std::string_view base64, sasl::ResponsePlace place) {
  const auto decoded = sasl::decode_response(base64, place);
  if (!decoded) return;
  const auto step = exchange_->respond(*decoded);
  if (step && std::holds_alternative<sasl::Claim>(*step)) claimed_user_ = std::get<sasl::Claim>(*step).user;
}

core::Actions ClientSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace smtp
