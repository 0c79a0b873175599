#include "client/send/path.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/base/words.h"
#include "client/send/words.h"
#include "core/base64.h"
#include "core/show.h"
#include "smtp/transitions.h"

namespace send {
namespace {

using smtp::Input;
using smtp::State;

struct StageRow {
  std::string_view name;
  std::string_view zh;
};

// In the order of Stage.
constexpr std::array kStages{
    StageRow{"connect", "连接"},     StageRow{"tls", "TLS 握手"},      StageRow{"greeting", "问候"},
    StageRow{"ehlo", "报名字"},      StageRow{"starttls", "换成 TLS"}, StageRow{"auth", "登录"},
    StageRow{"mail", "发件人"},      StageRow{"rcpt", "收件人"},       StageRow{"data", "请求发送邮件内容"},
    StageRow{"message", "邮件内容"}, StageRow{"quit", "告别"},
};
static_assert(kStages.size() == static_cast<std::size_t>(Stage::kQuit) + 1);

constexpr std::string_view kClosing = "421";  // RFC 5321 §3.8
constexpr std::size_t kMostRounds = 8;        // of a login: SCRAM, the longest, has three

// Whoever reads along then has what is needed to log in. CRAM-MD5 and SCRAM never send it.
bool shows_password(std::string_view mechanism) {
  return mechanism == "PLAIN" || mechanism == "LOGIN" || mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
}

bool needs_smtputf8(const Mail& mail) {
  return !core::is_ascii(mail.from) ||
         std::any_of(mail.to.begin(), mail.to.end(), [](const std::string& to) { return !core::is_ascii(to); });
}

// The words of a 334, which are base64.
std::string challenge_of(const protocol::Answer& reply) { return reply.lines.empty() ? std::string() : reply.lines.back(); }

}  // namespace

std::string_view name(Stage stage) { return kStages[static_cast<std::size_t>(stage)].name; }

std::string name(Stage stage, core::Language language) {
  const StageRow& row = kStages[static_cast<std::size_t>(stage)];
  if (language == core::Language::kEnglish) return std::string(row.name);
  return std::string(row.name) + "（" + std::string(row.zh) + "）";
}

Path::Path(Wish wish, std::optional<Mail> mail) : wish_(std::move(wish)), mail_(std::move(mail)) {}

std::optional<Step> Path::next(const protocol::ClientSession& session) {
  const State state = smtp::state_of(session.state());
  if (over_ || quitting_ || session.awaited() > 0) return std::nullopt;
  if (state == State::kAuth) return respond(challenge_);
  if (state == State::kRefused) return quit();
  if (state == State::kData) return next_of_message();
  const bool in_transaction = state == State::kMail || state == State::kRcpt;
  if (state != State::kGreeted && state != State::kReady && !in_transaction) return std::nullopt;
  if (stopped_) return quit();
  if (in_transaction) return next_of_envelope(state == State::kRcpt);
  if (state == State::kReady) return next_when_ready(session);
  if (helo_) return step(Stage::kEhlo, "HELO " + wish_.client_name + "\r\n", text(Say::kHelo));
  const Say why = session.is_encrypted() && wish_.starttls ? Say::kEhloAgain : Say::kEhlo;
  return step(Stage::kEhlo, "EHLO " + wish_.client_name + "\r\n", text(why));
}

std::optional<Step> Path::next_when_ready(const protocol::ClientSession& session) {
  if (wish_.starttls && !session.is_encrypted()) {
    if (session.offers("STARTTLS")) return step(Stage::kStarttls, "STARTTLS\r\n", client::text_of(client::Word::kStarttlsTold));
    stop(Stage::kStarttls, {core::Blame::kPeer,
                            {"the server does not offer STARTTLS", "服务器没有提供 STARTTLS"},
                            {},
                            {},
                            "starttls-not-offered"});
    return quit();
  }
  if (wish_.credentials && !logged_in_) return log_in(session);
  if (mail_ && !mailed_) return mail(session);
  return quit();
}

std::optional<Step> Path::log_in(const protocol::ClientSession& session) {
  const auto mechanism = sasl::choose(session.mechanisms(), *wish_.credentials);
  login_ = mechanism ? sasl::Client::begin(*mechanism, *wish_.credentials, wish_.nonce) : std::nullopt;
  if (!login_) {
    stop(Stage::kAuth, {core::Blame::kPeer,
                        {"the server offers no login that fits", "服务器没有提供合适的登录方式"},
                        {},
                        {},
                        "auth-not-offered"});
    return quit();
  }
  const bool is_exposed = shows_password(*mechanism) && !session.is_encrypted();
  if (is_exposed && !wish_.password_in_clear) {
    stop(Stage::kAuth, {core::Blame::kPeer,
                        core::phrase("{0} would send the password in clear", "{0} 会用明文发送密码", {*mechanism}),
                        {},
                        {},
                        "password-in-clear"});
    return quit();
  }
  std::string line = "AUTH " + *mechanism;
  if (login_->speaks_first()) {
    const auto response = login_->respond({});
    if (!response) {
      stop(Stage::kAuth, response.error());
      return quit();
    }
    line += response->empty() ? " =" : " " + core::base64_encode(*response);  // RFC 4954 §4: "=" is the empty one
  }
  Step out = step(Stage::kAuth, line + "\r\n", text(is_exposed ? Say::kPasswordInClear : Say::kAuth));
  out.is_warning = is_exposed;
  return out;
}

std::optional<Step> Path::respond(std::string_view challenge) {
  if (cancelled_) {  // and it still asks: there is no way out but to hang up
    over_ = true;
    return std::nullopt;
  }
  core::Result<std::string> response =
      core::fail(core::Blame::kPeer, {"the server asks for more than the mechanism has", "服务器要求的步骤比这种机制多"});
  if (!stopped_ && login_ && ++rounds_ <= kMostRounds) {
    const auto decoded = core::base64_decode(challenge);
    response = decoded ? login_->respond(*decoded) : core::Result<std::string>(core::Failure(decoded.error()));
  }
  if (response) {
    const Say why = response->empty() ? Say::kEmptyResponse : Say::kResponse;
    return step(Stage::kAuth, core::base64_encode(*response) + "\r\n", text(why));
  }
  if (!stopped_) stop(Stage::kAuth, response.error());
  cancelled_ = true;
  return step(Stage::kAuth, "*\r\n", client::text_of(client::Word::kCancelTold));
}

std::optional<Step> Path::mail(const protocol::ClientSession& session) {
  const bool offers_utf8 = session.offers("SMTPUTF8");
  if (needs_smtputf8(*mail_) && !offers_utf8) {
    stop(Stage::kMail, {core::Blame::kPeer,
                        {"the server takes ASCII addresses only", "服务器只接受 ASCII 地址"},
                        {},
                        {},
                        "smtputf8-not-offered"});
    return quit();
  }
  mailed_ = true;
  std::string line = "MAIL FROM:<" + mail_->from + ">";
  if (session.offers("SIZE")) line += " SIZE=" + std::to_string(mail_->message.size());
  if (session.offers("8BITMIME") && !mail_->message.is_ascii()) line += " BODY=8BITMIME";
  if (offers_utf8 && (needs_smtputf8(*mail_) || mail_->message.has_utf8_header())) line += " SMTPUTF8";
  return step(Stage::kMail, line + "\r\n", text(Say::kMail));
}

std::optional<Step> Path::next_of_envelope(bool somebody_accepted) {
  if (mail_ && asked_ < mail_->to.size()) {
    const std::string& to = mail_->to[asked_++];
    return step(Stage::kRcpt, "RCPT TO:<" + to + ">\r\n", text(Say::kRcpt));
  }
  if (somebody_accepted) return step(Stage::kData, "DATA\r\n", text(Say::kData));
  stopped_ = true;
  return quit();
}

std::optional<Step> Path::next_of_message() {
  if (!mail_ || mail_->message.is_at_end()) return std::nullopt;
  auto octets = mail_->message.next();
  if (!octets) {  // there is no way to take back what is out but to hang up: what has no final dot is not delivered
    stop(Stage::kMessage, octets.error());
    over_ = true;
    return std::nullopt;
  }
  const bool goes_on = stage_ == Stage::kMessage;
  Step part = step(Stage::kMessage, std::move(*octets), text(Say::kMessage));
  part.goes_on = goes_on;
  return part;
}

std::optional<Step> Path::quit() {
  quitting_ = true;
  const bool nobody = outcome_.stopped_at == Stage::kRcpt && taken_.empty();
  const Say why = nobody ? Say::kQuitNobody : stopped_ ? Say::kQuitRefused : Say::kQuit;
  return Step{Stage::kQuit, "QUIT\r\n", text(why)};  // stage_ stays where the delivery stands
}

Step Path::step(Stage stage, std::string line, core::Text why) {
  stage_ = stage;
  return {stage, std::move(line), std::move(why)};
}

void Path::refuse(Stage stage, const protocol::Answer& reply, std::string recipient) {
  if (stopped_) return;
  outcome_.refusals.push_back({stage, std::move(recipient), reply});
  outcome_.stopped_at = stage;
  if (stage == Stage::kStarttls) {
    outcome_.error =
        core::Error{core::Blame::kPeer, {"the server refuses STARTTLS", "服务器拒绝了 STARTTLS"}, {}, {}, "starttls-refused"};
  }
  // The other recipients may be welcome all the same, and some servers that know no EHLO know HELO.
  stopped_ = stage != Stage::kRcpt;
}

void Path::stop(Stage stage, core::Error error) {
  stage_ = stage;
  outcome_.stopped_at = stage;
  outcome_.error = std::move(error);
  stopped_ = true;
}

void Path::connected(const std::string& own_name, bool in_tls) {
  stage_ = in_tls ? Stage::kTls : Stage::kGreeting;
  if (wish_.client_name.empty()) wish_.client_name = own_name;
}

void Path::secured() {
  if (stage_ == Stage::kTls) stage_ = was_greeted_ ? Stage::kEhlo : Stage::kGreeting;
}

void Path::answered(protocol::Input input, const protocol::Answer& reply) {
  if (over_) return;
  judge(input, reply);
  // Behind it the server closes, whatever it answers.
  if (reply.code == kClosing || input == Input::kQuit) over_ = true;
}

void Path::judge(protocol::Input input, const protocol::Answer& reply) {
  const bool is_positive = reply.is_positive();
  switch (smtp::input_of(input)) {
    case Input::kConnect: was_greeted_ = true; return is_positive ? void() : refuse(Stage::kGreeting, reply);
    case Input::kEhlo:
      // RFC 5321 §3.2: an old server answers EHLO with 5xx; with 4xx it does not want to talk at all.
      helo_ = reply.outcome == protocol::Outcome::kRefused;
      return is_positive || helo_ ? void() : refuse(Stage::kEhlo, reply);
    case Input::kHelo: return is_positive ? void() : refuse(Stage::kEhlo, reply);
    case Input::kStarttls:
      if (!is_positive) return refuse(Stage::kStarttls, reply);
      stage_ = Stage::kTls;
      return;
    case Input::kAuth:
    case Input::kAuthResponse:
      challenge_ = challenge_of(reply);
      logged_in_ = is_positive;
      return reply.is_negative() ? refuse(Stage::kAuth, reply) : void();
    case Input::kMail: return is_positive ? void() : refuse(Stage::kMail, reply);
    case Input::kRcpt: return judge_recipient(reply);
    case Input::kData: return reply.is_more() ? void() : refuse(Stage::kData, reply);
    case Input::kMessage:
      if (!is_positive) return refuse(Stage::kMessage, reply);
      outcome_.delivered = taken_;
      return;
    case Input::kUnknown:  // nobody asked; a server that is about to close says 421 when it likes
      return reply.code == kClosing ? refuse(stage_, reply) : void();
    default: return;  // of these no answer stops a mail
  }
}

void Path::judge_recipient(const protocol::Answer& reply) {
  if (!mail_ || asked_ == 0) return;
  const std::string& to = mail_->to[asked_ - 1];
  if (reply.is_positive()) {
    taken_.push_back(to);
  } else {
    refuse(Stage::kRcpt, reply, to);
  }
}

void Path::lost(std::optional<core::Error> error, std::size_t unsent) {
  if (over_) return;
  over_ = true;
  if (quitting_ || stopped_ || !outcome_.delivered.empty()) return;
  const bool is_all_out = stage_ == Stage::kMessage && mail_ && mail_->message.is_at_end() && unsent == 0;
  outcome_.in_doubt = is_all_out;
  outcome_.lost = true;
  outcome_.stopped_at = stage_;
  outcome_.error = std::move(error);
}

}  // namespace send
