#include "smtp/client_session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "smtp/auth_line.h"

namespace smtp {
namespace {

// The client reads its own octets only to understand them: nothing it sends is too long for that.
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
constexpr StreamLimits kUnlimited{kNone, kNone, kNone, kNone};

// RFC 2920 §3.1: these may only be the last of a group, since what follows depends on their reply.
bool ends_pipeline(Input input) {
  return input == Input::kHelo || input == Input::kEhlo || input == Input::kData || input == Input::kVrfy ||
         input == Input::kExpn || input == Input::kQuit || input == Input::kNoop || input == Input::kAuth ||
         input == Input::kAuthResponse || input == Input::kStarttls || input == Input::kMessage || input == Input::kConnect;
}

// How what is sent behind it has to be read is known only after its reply.
bool changes_mode(Input input) {
  return input == Input::kData || input == Input::kAuth || input == Input::kAuthResponse || input == Input::kStarttls;
}

}  // namespace

ClientSession::ClientSession(bool server_takes_auth_after_helo)
    : state_(server_takes_auth_after_helo), stream_(LineEnds::kNormalize, {true, true, true, true}, kUnlimited) {
  awaited_.push_back({Input::kConnect, std::nullopt, {}});
}

bool ClientSession::is_held() const {
  return std::any_of(awaited_.begin(), awaited_.end(), [](const Awaited& one) { return changes_mode(one.input); });
}

bool ClientSession::next_is_secret() const {
  return stream_.mode() == Mode::kAuth && (!exchange_ || exchange_->next_is_secret());
}

std::vector<Said> ClientSession::send(std::string bytes) {
  std::vector<Said> said;
  if (is_held()) {
    // Nobody can know yet what this is: a command, a line of the exchange, mail data. It is read when the reply is here.
    Said early;
    early.input = Input::kUnknown;
    early.bytes = bytes;
    early.line_end = LineEnd::kNone;
    early.remarks.push_back({RemarkKind::kSendsBeforeReply, {0, bytes.size()}});
    if (stream_.mode() == Mode::kAuth || awaited_.back().input == Input::kAuth) early.secrets.push_back({0, bytes.size()});
    said.push_back(std::move(early));
  }
  stream_.receive(bytes);
  actions_.emplace_back(core::Send{std::move(bytes)});
  read_stream(said.empty() ? &said : nullptr);
  return said;
}

// Reads what is complete; `out` is null when it was handed out unread before.
void ClientSession::read_stream(std::vector<Said>* out) {
  while (!is_held()) {
    std::optional<Said> said = stream_.next();
    if (stream_.mode() == Mode::kData) state_.set_message_octets(stream_.message_octets());
    if (!said) return;
    remark_order(*said);
    Awaited awaited{said->input, said->command, {}};
    if (said->input == Input::kAuthResponse) awaited.response = said->line();
    awaited_.push_back(std::move(awaited));
    if (out != nullptr) out->push_back(std::move(*said));
  }
}

void ClientSession::remark_order(Said& said) const {
  if (!awaited_.empty()) {
    const bool pipelined = state_.memory().extensions.offers("PIPELINING") && !ends_pipeline(awaited_.back().input);
    if (!pipelined) said.remarks.push_back({RemarkKind::kSendsBeforeReply, {}});
    return;  // which state it will meet is not known yet
  }
  if (said.fault) return;
  if (const auto remark = state_.order_remark(said.input)) said.remarks.push_back({*remark, {}});
}

void ClientSession::receive(std::string_view bytes) { replies_.receive(bytes); }

core::Result<std::optional<ReplyEvent>> ClientSession::next_reply() {
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
  const Awaited answered = std::move(awaited_.front());
  awaited_.pop_front();
  event.answers = answered.input;
  advance_exchange(answered, reply);
  event.change = state_.apply(answered.input, answered.command ? &*answered.command : nullptr, reply, claimed_user_);
  if (state_.state() == State::kAuth) {
    stream_.set_mode(Mode::kAuth);
    stream_.expect_response(next_is_secret(), exchange_ && exchange_->mechanism() == "PLAIN");
  } else {
    if (answered.input == Input::kAuth || answered.input == Input::kAuthResponse) exchange_.reset();
    stream_.set_mode(state_.state() == State::kData ? Mode::kData : Mode::kCommand);
  }
  read_stream(nullptr);
  return event;
}

// Follows the exchange as the server does, to know who logs in and which line is the password.
void ClientSession::advance_exchange(const Awaited& answered, const Reply& reply) {
  std::string_view response = answered.response;
  if (answered.input == Input::kAuth) {
    exchange_ = answered.command ? sasl::Exchange::begin(answered.command->mechanism) : std::nullopt;
    if (!answered.command || !answered.command->initial_response) return;
    response = *answered.command->initial_response;
  } else if (answered.input != Input::kAuthResponse) {
    return;
  }
  const auto decoded = decode_response(response);
  if (!exchange_ || !decoded || reply.code.is_negative()) return;
  const auto step = exchange_->respond(*decoded);
  if (step && std::holds_alternative<sasl::Claim>(*step)) claimed_user_ = std::get<sasl::Claim>(*step).user;
}

core::Actions ClientSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace smtp
