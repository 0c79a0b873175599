#include "client/fetch/pop3_way.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "client/base/words.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "pop3/neutral.h"
#include "sasl/hashes.h"

namespace fetch {
namespace {

using pop3::Input;
using pop3::State;

constexpr std::size_t kMostAsked = 32;     // messages that are asked for at once, where the server takes that
constexpr std::size_t kLongestLine = 512;  // of UIDL (RFC 1939 §3)
constexpr std::size_t kLongestId = 128;    // RFC 1939 §7 says 70

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId && core::is_printable_ascii(id) && id.find(' ') == std::string_view::npos;
}

}  // namespace

void Pop3Way::say(const std::string& line, Say why, std::vector<core::Span> secrets, bool is_warning) {
  say_as(line, text(why), std::move(secrets), is_warning);
}

void Pop3Way::say_as(const std::string& line, core::Text why, std::vector<core::Span> secrets, bool is_warning) {
  tell_ours(line, std::move(why), std::move(secrets), is_warning);
  session_.send(line + "\r\n");
}

void Pop3Way::secured() {
  const bool was_greeted = session_.state().state() != State::kConnected;
  session_.secured();
  if (was_greeted) {
    stage_ = Stage::kCapability;
    say("CAPA", Say::kCapaAgain);
  } else {
    stage_ = Stage::kGreeting;
  }
}

void Pop3Way::receive(std::string_view octets) {
  if (is_over()) return;
  session_.receive(octets);
  while (!is_over()) {
    auto event = session_.next_event();
    if (!event) {
      fail(stage_, std::move(event.error()));
      is_over_ = true;
      return;
    }
    if (!*event) return;
    if (const auto* const answer = std::get_if<pop3::AnswerEvent>(&**event)) {
      answered(*answer);
    } else {
      went_on(std::get<pop3::BodyEvent>(**event));
    }
  }
}

void Pop3Way::answered(const pop3::AnswerEvent& event) {
  const pop3::Answer& answer = event.received.answer;
  const bool is_one_of_many = event.answers == Input::kRetr && (answer.outcome == pop3::Outcome::kOk || outcome_.refused > 0);
  if (!is_one_of_many) tell_theirs(core::without_line_end(event.received.bytes));
  if (event.answers == Input::kConnect) greeting_ = event.received.bytes;
  if (event.answers == Input::kQuit) {
    is_over_ = true;
    return;
  }
  if (answer.outcome == pop3::Outcome::kRefused) return refused(event);
  if (event.has_body) return;
  switch (event.answers) {
    case Input::kConnect: stage_ = Stage::kCapability; return say("CAPA", Say::kCapa);
    case Input::kStls: stage_ = Stage::kTls; return;
    case Input::kUser: {
      const std::string line = "PASS " + wish_.credentials.password.reveal();
      return say(line, Say::kPass, {{5, line.size()}});
    }
    case Input::kAuth:
    case Input::kAuthResponse:
      if (answer.outcome == pop3::Outcome::kMore) return respond(answer.text);
      [[fallthrough]];
    case Input::kPass:
    case Input::kApop: stage_ = Stage::kList; return say("UIDL", Say::kUidl);
    case Input::kStat: return listed_by_count();
    default: return;
  }
}

void Pop3Way::refused(const pop3::AnswerEvent& event) {
  protocol::Answer answer = pop3::neutral(event.received.answer);
  switch (event.answers) {
    case Input::kConnect: refuse(Stage::kGreeting, std::move(answer)); return come_to_an_end(Say::kQuitRefused);
    case Input::kCapa: return know();  // RFC 1939 alone: there are USER and PASS
    case Input::kStls:
      outcome_.refusal = std::move(answer);
      fail(Stage::kStarttls, peer_error({"the server refuses STLS", "服务器拒绝了 STLS"}, "starttls-refused"));
      return come_to_an_end(Say::kQuitRefused);
    case Input::kUidl: return say("STAT", Say::kStat);
    case Input::kStat: refuse(Stage::kList, std::move(answer)); return come_to_an_end(Say::kQuitRefused);
    case Input::kRetr:
      if (outcome_.refused++ == 0 && !outcome_.refusal) outcome_.refusal = std::move(answer);
      if (!asked_.empty()) asked_.pop_front();
      return ask_for_more();
    default: refuse(Stage::kLogin, std::move(answer)); return come_to_an_end(Say::kQuitRefused);
  }
}

void Pop3Way::went_on(const pop3::BodyEvent& event) {
  const pop3::ReceivedPiece& piece = event.received;
  if (event.answers == Input::kUidl) return list_part(piece.octets, piece.is_last);
  if (event.answers == Input::kCapa && piece.is_last) return know();
  if (event.answers != Input::kRetr) return;
  message_.add(piece.octets);
  if (message_.size > kEndless) return flooded({"a message has no end", "一封邮件没有结尾"});
  if (!piece.is_last) return;
  if (!asked_.empty()) {
    deliver(ids_[asked_.front()], std::exchange(message_, {}));
    asked_.pop_front();
  }
  ask_for_more();
}

void Pop3Way::flooded(core::Text what) {
  fail(stage_, peer_error(std::move(what), "unasked-flood"));
  is_over_ = true;
}

// What the server can do is known, or it does not say.
void Pop3Way::know() {
  const pop3::Memory& memory = session_.state().memory();
  if (!wish_.starttls || memory.encrypted) return log_in();
  stage_ = Stage::kStarttls;
  if (memory.capabilities && !memory.capabilities->offers("STLS")) {
    fail(Stage::kStarttls, peer_error({"the server does not offer STLS", "服务器没有提供 STLS"}, "starttls-not-offered"));
    return come_to_an_end(Say::kQuitRefused);
  }
  say("STLS", Say::kStls);
}

void Pop3Way::log_in() {
  stage_ = Stage::kLogin;
  const pop3::Memory& memory = session_.state().memory();
  const std::vector<std::string> mechanisms =
      memory.capabilities ? memory.capabilities->mechanisms() : std::vector<std::string>();
  if (log_in_by_proof(mechanisms)) return;
  const bool is_exposed = !memory.encrypted;
  if (is_exposed && !wish_.password_in_clear) {
    fail(Stage::kLogin, peer_error({"the password would be sent in clear", "密码会用明文发送"}, "password-in-clear"));
    return come_to_an_end(Say::kQuitRefused);
  }
  if (!memory.capabilities || memory.capabilities->offers("USER") || mechanisms.empty())
    return say("USER " + wish_.credentials.user, is_exposed ? Say::kPasswordInClear : Say::kUser, {}, is_exposed);
  if (const auto mechanism = sasl::choose(mechanisms, wish_.credentials)) return begin(*mechanism, is_exposed);
  fail(Stage::kLogin, peer_error({"the server offers no login that fits", "服务器没有提供合适的登录方式"}, "auth-not-offered"));
  come_to_an_end(Say::kQuitRefused);
}

// Without sending the password: SCRAM, CRAM-MD5, and in clear APOP, which is as weak as the latter.
bool Pop3Way::log_in_by_proof(const std::vector<std::string>& mechanisms) {
  const auto mechanism = sasl::choose(mechanisms, wish_.credentials);
  if (mechanism && !shows_password(*mechanism)) {
    begin(*mechanism, false);
    return true;
  }
  const pop3::Memory& memory = session_.state().memory();
  if (memory.encrypted || wish_.password_in_clear || memory.time_stamp.empty()) return false;
  const std::string digest = sasl::digest(sasl::Hash::kMd5, memory.time_stamp + wish_.credentials.password.reveal());
  say("APOP " + wish_.credentials.user + " " + sasl::hexadecimal(digest), Say::kApop);
  return true;
}

void Pop3Way::begin(const std::string& mechanism, bool is_exposed) {
  login_ = sasl::Client::begin(mechanism, wish_.credentials, wish_.nonce);
  std::string line = "AUTH " + mechanism;
  const std::size_t before = line.size() + 1;
  if (login_->speaks_first()) {
    const auto response = login_->respond({});
    if (!response) {
      fail(Stage::kLogin, response.error());
      return come_to_an_end(Say::kQuitRefused);
    }
    line += " " + (response->empty() ? "=" : core::base64_encode(*response));
  }
  std::vector<core::Span> secrets;
  if (line.size() > before) secrets.push_back({before, line.size()});
  say(line, is_exposed ? Say::kPasswordInClear : Say::kAuth, std::move(secrets), is_exposed);
}

void Pop3Way::respond(const std::string& challenge) {
  core::Result<std::string> response =
      core::fail(core::Blame::kPeer, {"the server asks for more than the mechanism has", "服务器要求的步骤比这种机制多"});
  if (!is_stopped() && login_ && ++rounds_ <= kMostRounds) {
    const auto decoded = core::base64_decode(challenge);
    response = decoded ? login_->respond(*decoded) : core::Result<std::string>(core::Failure(decoded.error()));
  }
  if (response) {
    const std::string line = core::base64_encode(*response);
    return say(line, Say::kResponse, {{0, line.size()}});
  }
  if (is_stopped()) {  // "*" was said, and it still asks
    is_over_ = true;
    return;
  }
  fail(Stage::kLogin, response.error());
  say_as("*", client::text_of(client::Word::kCancelTold));
}

// scan listing: msg SP unique-id (RFC 1939 §7)
void Pop3Way::list_line(std::string_view line) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  const std::string_view id = core::trim(line.substr(static_cast<std::size_t>(end - line.data())));
  if (error != std::errc() || number == 0) return;
  if (ids_.size() >= kMostMessages) return flooded({"a list of messages has no end", "邮件列表没有结尾"});
  numbers_.push_back(number);
  ids_.emplace_back(is_id(id) ? id : std::string_view());
}

void Pop3Way::list_part(std::string_view octets, bool is_last) {
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t lf = octets.find('\n', at);
    const std::string_view part = octets.substr(at, lf == std::string_view::npos ? lf : lf - at);
    line_ += part.substr(0, kLongestLine - std::min(kLongestLine, line_.size()));
    if (lf == std::string_view::npos) break;
    list_line(core::without_line_end(line_));
    line_.clear();
    at = lf + 1;
    if (is_over()) return;
  }
  if (!is_last || is_over()) return;
  make_ids_unique();
  is_listed_ = true;
}

void Pop3Way::listed_by_count() {
  const std::size_t count = std::min<std::size_t>(session_.state().memory().messages.value_or(0), kMostMessages);
  ids_.resize(count);
  for (std::size_t i = 0; i < count; ++i) numbers_.push_back(static_cast<std::uint32_t>(i + 1));
  is_listed_ = true;
}

void Pop3Way::want(std::vector<std::size_t> places) {
  stage_ = Stage::kMessage;
  wanted_.assign(places.begin(), places.end());
  if (!wanted_.empty()) tell_ours("RETR " + std::to_string(numbers_[wanted_.front()]), text(Say::kFetchRetr));
  ask_for_more();
}

void Pop3Way::ask_for_more() {
  while (!wanted_.empty() && asked_.size() < kMostAsked && session_.may_pipeline()) {
    const std::size_t place = wanted_.front();
    wanted_.pop_front();
    asked_.push_back(place);
    session_.send("RETR " + std::to_string(numbers_[place]) + "\r\n");
  }
  if (asked_.empty() && session_.awaited() == 0) come_to_an_end(Say::kQuit);
}

// RFC 1939 §6: without a DELE before it, QUIT removes nothing.
void Pop3Way::come_to_an_end(Say why) {
  if (std::exchange(has_quit_, true)) return;
  if (session_.state().state() == State::kClosed) {
    is_over_ = true;
    return;
  }
  if (!is_stopped()) stage_ = Stage::kQuit;
  say("QUIT", why);
}

}  // namespace fetch
