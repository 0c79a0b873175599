#include "client/fetch/imap_way.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <variant>

#include "client/base/words.h"
#include "core/ascii.h"
#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "imap/string_form.h"

namespace fetch {
namespace {

namespace response = imap::response;
using response::Condition;

constexpr std::size_t kBatch = 50;         // messages of one FETCH
constexpr std::size_t kMostOdd = 100'000;  // news that nobody asked for: whoever sends more is no server, or means harm
constexpr std::string_view kIdentity = R"(ID ("name" "smtplab" "version" "1" "vendor" "smtplab"))";

protocol::Answer answer_of(const response::Status& status) {
  constexpr auto kWords = std::to_array<std::string_view>({"OK", "NO", "BAD", "PREAUTH", "BYE"});
  return {
      protocol::Outcome::kRefused, std::string(kWords[static_cast<std::size_t>(status.condition)]), {status.words}, status.tag};
}

// "7,5:3" of UIDs, the newest first; runs are put together.
std::string set_of(const std::vector<std::uint32_t>& descending) {
  std::string out;
  for (std::size_t i = 0; i < descending.size();) {
    std::size_t last = i;
    while (last + 1 < descending.size() && descending[last + 1] + 1 == descending[last]) ++last;
    if (!out.empty()) out += ',';
    out += std::to_string(descending[last]);
    if (last > i) out += ":" + std::to_string(descending[i]);
    i = last + 1;
  }
  return out;
}

}  // namespace

void ImapWay::send(std::string line) { actions_.emplace_back(core::Send{std::move(line) + "\r\n"}); }

void ImapWay::ask(Asked what, const std::string& command, core::Text why, std::vector<core::Span> secrets, bool is_warning) {
  asked_ = what;
  tag_ = "a" + std::to_string(++commands_);
  const std::size_t shift = tag_.size() + 1;
  for (core::Span& one : secrets) one = {one.begin + shift, one.end + shift};
  const std::string line = tag_ + " " + command;
  if (what != Asked::kFetch) tell_ours(line, std::move(why), std::move(secrets), is_warning);
  send(line);
}

void ImapWay::secured() {
  is_encrypted_ = true;
  shakes_hands_ = false;
  stage_ = Stage::kGreeting;
  if (asked_ == Asked::kGreeting) return;
  offered_.clear();  // RFC 9051 §6.2.1: what was said in clear counts for nothing
  knows_offers_ = false;
  ask_capability(Say::kCapabilityAgain);
}

void ImapWay::receive(std::string_view octets) {
  if (is_over()) return;
  if (shakes_hands_) {
    std::erase_if(actions_, [](const core::Action& action) { return std::holds_alternative<core::StartTls>(action); });
    return give_up(peer_error({"octets in clear came behind the OK to STARTTLS", "对 STARTTLS 的 OK 后面有明文字节"},
                              "starttls-injection"));
  }
  stream_.receive(octets);
  while (!is_over()) {
    auto next = stream_.next();
    if (!next) return give_up(std::move(next.error()));
    if (!*next) return;
    if (shakes_hands_) return receive(" ");
    std::visit(
        [this](auto& one) {
          using One = std::decay_t<decltype(one)>;
          if constexpr (std::is_same_v<One, response::Count> || std::is_same_v<One, response::Other> ||
                        std::is_same_v<One, response::Listed>) {
            ++odd_;
          } else {
            take(one);
          }
        },
        **next);
    if (odd_ > kMostOdd)
      return give_up(
          peer_error({"the server goes on sending what nobody asked for", "服务器不停地发送没有人要的内容"}, "unasked-flood"));
    if (shakes_hands_ && stream_.has_more()) return receive(" ");
  }
}

void ImapWay::give_up(core::Error error) {
  fail(stage_, std::move(error));
  is_over_ = true;
}

void ImapWay::take(const response::Status& status) {
  if (!status.code.empty()) {
    if (const auto names = response::capabilities_in(status.code); !names.empty()) offer(names);
    if (const auto number = response::number_of(status.code, "UIDVALIDITY")) validity_ = *number;
  }
  if (asked_ == Asked::kGreeting) return greeted(status);
  if (status.tag.empty()) {
    if (status.condition == Condition::kBye || !status.code.starts_with("CAPABILITY")) tell_theirs(stream_.last());
    if (status.condition == Condition::kBye && asked_ != Asked::kLogout) {
      refuse(stage_, answer_of(status));
      is_over_ = true;
    }
    if (++odd_ > kMostOdd) return;
    return;
  }
  if (status.tag != tag_) {
    ++odd_;
    return;
  }
  tag_.clear();  // said again it is nobody's
  if (asked_ != Asked::kFetch || status.condition != Condition::kOk) tell_theirs(stream_.last());
  if (status.condition == Condition::kOk) return done(status);
  refused(status);
}

void ImapWay::greeted(const response::Status& status) {
  if (!status.tag.empty()) return give_up(peer_error({"this is no greeting", "这不是问候语"}, "not-a-reply"));
  greeting_ = stream_.last();
  tell_theirs(greeting_);
  if (status.condition == Condition::kPreauth) {
    is_logged_in_ = true;
  } else if (status.condition != Condition::kOk) {
    refuse(Stage::kGreeting, answer_of(status));
    is_over_ = true;
    return;
  }
  stage_ = Stage::kCapability;
  if (!knows_offers_) return ask_capability(Say::kCapability);
  know();
}

void ImapWay::offer(const std::vector<std::string>& names) {
  offered_.clear();
  for (const std::string& name : names) offered_.push_back(core::to_upper(name));
  knows_offers_ = true;
}

bool ImapWay::offers(std::string_view name) const {
  return std::find(offered_.begin(), offered_.end(), name) != offered_.end();
}

std::vector<std::string> ImapWay::mechanisms() const {
  std::vector<std::string> names;
  for (const std::string& one : offered_) {
    if (one.starts_with("AUTH=")) names.push_back(one.substr(5));
  }
  return names;
}

void ImapWay::ask_capability(Say why) {
  stage_ = Stage::kCapability;
  ask(Asked::kCapability, "CAPABILITY", text(why));
}

// A command was carried out.
void ImapWay::done(const response::Status& status) {
  switch (asked_) {
    case Asked::kGreeting: return;
    case Asked::kCapability: return is_logged_in_ ? examine() : know();
    case Asked::kStarttls:
      stage_ = Stage::kTls;
      shakes_hands_ = true;
      actions_.emplace_back(core::StartTls{});
      return;
    case Asked::kLogin:
    case Asked::kAuthenticate: return logged_in(status);
    case Asked::kId: return examine();
    case Asked::kExamine: stage_ = Stage::kList; return ask(Asked::kSearch, "UID SEARCH ALL", text(Say::kSearch));
    case Asked::kSearch: return listed();
    case Asked::kFetch: return ask_for_more();
    case Asked::kLogout: is_over_ = true; return;
  }
}

void ImapWay::refused(const response::Status& status) {
  protocol::Answer answer = answer_of(status);
  switch (asked_) {
    case Asked::kLogout: is_over_ = true; return;
    case Asked::kCapability: return know();
    case Asked::kId: return examine();  // it is said for those who want it
    case Asked::kStarttls:
      outcome_.refusal = std::move(answer);
      fail(Stage::kStarttls, peer_error({"the server refuses STARTTLS", "服务器拒绝了 STARTTLS"}, "starttls-refused"));
      return come_to_an_end(Say::kQuitRefused);
    case Asked::kFetch:
      outcome_.refused += asked_for_.size();
      if (!outcome_.refusal) outcome_.refusal = std::move(answer);
      asked_for_.clear();
      return ask_for_more();
    case Asked::kExamine:
      if (!has_said_id_ && status.words.find("Unsafe Login") != std::string::npos) return say_id();
      refuse(Stage::kSelect, std::move(answer));
      break;
    case Asked::kSearch: refuse(Stage::kList, std::move(answer)); break;
    case Asked::kGreeting:
    case Asked::kLogin:
    case Asked::kAuthenticate: refuse(Stage::kLogin, std::move(answer)); break;
  }
  come_to_an_end(Say::kQuitRefused);
}

void ImapWay::know() {
  if (is_logged_in_) return examine();
  if (!wish_.starttls || is_encrypted_) return log_in();
  stage_ = Stage::kStarttls;
  if (knows_offers_ && !offers("STARTTLS")) {
    fail(Stage::kStarttls,
         peer_error({"the server does not offer STARTTLS", "服务器没有提供 STARTTLS"}, "starttls-not-offered"));
    return come_to_an_end(Say::kQuitRefused);
  }
  ask(Asked::kStarttls, "STARTTLS", client::text_of(client::Word::kStarttlsTold));
}

void ImapWay::log_in() {
  stage_ = Stage::kLogin;
  const auto mechanism = sasl::choose(mechanisms(), wish_.credentials);
  if (mechanism && !shows_password(*mechanism)) return begin(*mechanism, false);
  const bool is_exposed = !is_encrypted_;
  if (is_exposed && !wish_.password_in_clear) {
    fail(Stage::kLogin, peer_error({"the password would be sent in clear", "密码会用明文发送"}, "password-in-clear"));
    return come_to_an_end(Say::kQuitRefused);
  }
  if (!offers("LOGINDISABLED")) return log_in_by_words(is_exposed);
  if (mechanism) return begin(*mechanism, is_exposed);
  fail(Stage::kLogin, peer_error({"the server offers no login that fits", "服务器没有提供合适的登录方式"}, "auth-not-offered"));
  come_to_an_end(Say::kQuitRefused);
}

// In quotes what is ASCII; else as a literal, which may hold anything (RFC 9051 §4.3).
void ImapWay::log_in_by_words(bool is_exposed) {
  const std::string& user = wish_.credentials.user;
  const std::string& password = wish_.credentials.password.reveal();
  const Say why = is_exposed ? Say::kPasswordInClear : Say::kLogin;
  const std::string announced = " {" + std::to_string(password.size()) + "}";
  std::string line = "LOGIN ";
  if (!core::is_ascii(user)) {
    to_say_ = {user + announced, password};
    return ask(Asked::kLogin, line + "{" + std::to_string(user.size()) + "}", text(why), {}, is_exposed);
  }
  imap::append_quoted(line, user);
  if (!core::is_ascii(password)) {
    to_say_ = {password};
    return ask(Asked::kLogin, line + announced, text(why), {}, is_exposed);
  }
  const std::size_t begin = line.size() + 1;
  imap::append_quoted(line += ' ', password);
  ask(Asked::kLogin, line, text(why), {{begin, line.size()}}, is_exposed);
}

void ImapWay::begin(const std::string& mechanism, bool is_exposed) {
  login_ = sasl::Client::begin(mechanism, wish_.credentials, wish_.nonce);
  std::string line = "AUTHENTICATE " + mechanism;
  std::vector<core::Span> secrets;
  if (login_->speaks_first() && offers("SASL-IR")) {
    const auto response = login_->respond({});
    if (!response) {
      fail(Stage::kLogin, response.error());
      return come_to_an_end(Say::kQuitRefused);
    }
    const std::size_t before = line.size() + 1;
    line += " " + (response->empty() ? "=" : core::base64_encode(*response));
    secrets.push_back({before, line.size()});
  }
  ask(Asked::kAuthenticate, line, text(is_exposed ? Say::kPasswordInClear : Say::kAuth), std::move(secrets), is_exposed);
}

void ImapWay::take(const response::Continuation& continuation) {
  tell_theirs(stream_.last());
  if (asked_ == Asked::kAuthenticate) return respond(continuation.text);
  if (asked_ == Asked::kLogin && !to_say_.empty()) {
    std::string line = std::move(to_say_.front());
    to_say_.pop_front();
    std::vector<core::Span> secrets;
    if (to_say_.empty()) secrets.push_back({0, line.size()});  // the password is the last
    tell_ours(line, text(Say::kLiteral), std::move(secrets));
    return send(std::move(line));
  }
  ++odd_;
}

void ImapWay::respond(const std::string& challenge) {
  core::Result<std::string> answer =
      core::fail(core::Blame::kPeer, {"the server asks for more than the mechanism has", "服务器要求的步骤比这种机制多"});
  if (!is_stopped() && login_ && ++rounds_ <= kMostRounds) {
    const auto decoded = core::base64_decode(challenge);
    answer = decoded ? login_->respond(*decoded) : core::Result<std::string>(core::Failure(decoded.error()));
  }
  if (answer) {
    std::string line = core::base64_encode(*answer);
    tell_ours(line, text(Say::kResponse), {{0, line.size()}});
    return send(std::move(line));
  }
  if (is_stopped()) {  // "*" was said, and it still asks
    is_over_ = true;
    return;
  }
  fail(Stage::kLogin, answer.error());
  tell_ours("*", client::text_of(client::Word::kCancelTold));
  send("*");
}

// RFC 2971: servers that offer it want it, those of NetEase on every connection, between login and mailbox.
void ImapWay::logged_in(const response::Status& /*status*/) {
  if (is_stopped()) return come_to_an_end(Say::kQuitRefused);  // the login was given up, and it says OK
  is_logged_in_ = true;
  stage_ = Stage::kSelect;
  if (offers("ID")) return say_id();
  examine();
}

void ImapWay::say_id() {
  has_said_id_ = true;
  ask(Asked::kId, std::string(kIdentity), text(Say::kId));
}

void ImapWay::examine() {
  stage_ = Stage::kSelect;
  ask(Asked::kExamine, "EXAMINE INBOX", text(Say::kExamine));
}

void ImapWay::take(const response::Found& found) {
  if (asked_ != Asked::kSearch) {
    ++odd_;
    return;
  }
  if (uids_.size() + found.numbers.size() > kMostMessages)
    return give_up(peer_error({"a list of messages has no end", "邮件列表没有结尾"}, "unasked-flood"));
  uids_.insert(uids_.end(), found.numbers.begin(), found.numbers.end());
}

void ImapWay::listed() {
  std::sort(uids_.begin(), uids_.end());
  uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
  if (!uids_.empty() && uids_.front() == 0) uids_.erase(uids_.begin());  // which is none
  for (const std::uint32_t uid : uids_) ids_.push_back(std::to_string(validity_) + "." + std::to_string(uid));
  is_listed_ = true;
}

void ImapWay::want(std::vector<std::size_t> places) {
  stage_ = Stage::kMessage;
  wanted_.assign(places.begin(), places.end());
  const bool is_something = !wanted_.empty();
  ask_for_more();
  if (is_something && !asked_for_.empty()) {
    tell_ours(tag_ + " UID FETCH … (UID BODY.PEEK[])", text(Say::kFetchUid));
  }
}

void ImapWay::ask_for_more() {
  outcome_.refused += asked_for_.size();  // OK, and they did not come: they are gone
  asked_for_.clear();
  std::vector<std::uint32_t> uids;
  while (!wanted_.empty() && uids.size() < kBatch) {
    const std::size_t place = wanted_.front();
    wanted_.pop_front();
    uids.push_back(uids_[place]);
    asked_for_.emplace(uids_[place], place);
  }
  if (uids.empty()) return come_to_an_end(Say::kQuit);
  ask(Asked::kFetch, "UID FETCH " + set_of(uids) + " (UID BODY.PEEK[])", text(Say::kFetchUid));
}

void ImapWay::take(response::Fetched& fetched) {
  const auto asked = fetched.uid ? asked_for_.find(*fetched.uid) : asked_for_.end();
  if (asked_ != Asked::kFetch || asked == asked_for_.end() || !fetched.message) {
    ++odd_;  // news of flags, or nobody's
    return;
  }
  Collected message;
  message.size = fetched.message->size;
  message.octets = std::move(fetched.message->kept);
  deliver(ids_[asked->second], std::move(message));
  asked_for_.erase(asked);
}

void ImapWay::come_to_an_end(Say why) {
  if (std::exchange(has_quit_, true)) return;
  if (!is_stopped()) stage_ = Stage::kQuit;
  ask(Asked::kLogout, "LOGOUT", text(why));
}

}  // namespace fetch
