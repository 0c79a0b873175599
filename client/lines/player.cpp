#include "client/lines/player.h"

#include <chrono>
#include <iostream>
#include <utility>

#include "client/conversation/complain.h"
#include "client/stepper/clear_password.h"

namespace lines {
namespace {

// After octets that are no reply: one may still follow them, but mostly they were meant as it.
constexpr std::chrono::seconds kPatienceOutOfStep{2};

}  // namespace

Player::Player(net::Loop& loop, const client::Setup& setup, const client::StepOptions& options,
               std::optional<std::deque<std::string>> script)
    : loop_(loop),
      setup_(setup),
      language_(options.language),
      may_show_password_(options.insecure || options.clear_is_wished),
      course_(setup, options, std::move(script)),
      narrator_(std::cout, setup, options.language, options.show_secrets),
      talk_(client::make_conversation(loop, setup, [this] { advance(); })),
      out_of_step_(loop, [this] { give_up(); }),
      turn_(loop, [this] { send_next(); }) {
  if (options.by_line) keyboard_.emplace(loop, [this](const std::optional<std::string>& line) { typed(line); });
}

int Player::play() {
  narrator_.begin();
  if (auto opened = talk_->open(); !opened) {
    client::complain(opened.error(), language_, std::cerr);
    return client::kNetwork;
  }
  loop_.run();
  tell();
  return status_;
}

void Player::tell() {
  narrator_.follow(*talk_, [this](const dialogue::Event& event) {
    course_.follow(event, *talk_);
    const bool is_answer = event.kind == dialogue::Kind::kServer && event.reply;
    if (is_answer && event.reply->outcome != protocol::Outcome::kNews) judge(*event.reply);
  });
}

// A guided step is done when the class of its answer is the expected one.
void Player::judge(const protocol::Answer& reply) {
  if (!course_.has_script() && expected_ && expected_->outcome != reply.outcome) {
    narrator_.unexpected(*expected_);
    status_ = client::kFailed;
    over_ = true;
  }
  expected_.reset();
}

void Player::advance() {
  tell();
  if (talk_->is_closed() && !next_connection()) return finish();
  if (offered_ && !offered_->connects && talk_->is_closed()) offered_.reset();
  if (talk_->is_open() && !talk_->is_settled()) {
    if (talk_->is_out_of_step()) out_of_step_.start(kPatienceOutOfStep);
    return;
  }
  if (!talk_->is_open() && !talk_->is_closed()) return;
  out_of_step_.stop();
  // After a goodbye it is the server that closes (RFC 5321 §4.1.1.10); what is left could only be lost.
  if (talk_->is_open() && talk_->session().is_over()) return;
  if (!turn_.is_running()) turn_.start(pause());  // not from inside the callback of the connection
}

// Whether the path goes on with another connection.
std::optional<Next> Player::next_connection() const {
  if (over_ || all_sent_ || status_ != client::kDone) return std::nullopt;
  if (talk_->failure() && !is_the_lesson()) return std::nullopt;
  return course_.next_connection(*talk_);
}

// The time that has to pass before what comes next. It is told, and for what.
std::chrono::milliseconds Player::pause() {
  const Course::Pause pause = over_ ? Course::Pause() : course_.pause(*talk_);
  if (pause.time.count() == 0) return {};
  if (!course_.has_script()) narrator_.tell(pause.why);
  narrator_.waits(pause.time);
  return pause.time;
}

void Player::send_next() {
  if (talk_->is_closed()) {
    if (const auto connection = next_connection()) offer(*connection);
    return;
  }
  if (!talk_->is_settled()) return;
  const std::optional<Next> next = course_.next(*talk_, over_);
  if (!next) {
    all_sent_ = true;
    talk_->close();
    return;
  }
  if (setup_.server && !may_show_password_ &&
      stepper::gives_password_away(talk_->protocol(), talk_->session(), talk_->log(), next->bytes))
    return refuse_password();
  offer(*next);
}

// Somebody at the keyboard decides when it goes out, or what goes out in its place.
void Player::offer(const Next& next) {
  if (!keyboard_) return take(next);
  if (offered_) return;
  narrator_.offers(next);
  offered_ = next;
}

void Player::typed(const std::optional<std::string>& line) {
  if (!line || *line == "q") {
    has_left_ = true;
    if (talk_->is_open()) talk_->close();
    return finish();
  }
  if (!offered_) return;  // the server has not answered yet
  Next next = *std::exchange(offered_, std::nullopt);
  narrator_.was_read();
  if (!line->empty()) next = Next{*line + "\r\n", {}, {}, {}};
  if (next.connects || talk_->is_open()) take(next);  // else the connection went away meanwhile
  advance();
}

void Player::take(const Next& next) {
  if (!course_.has_script()) narrator_.tell(next.why);
  narrator_.took(next.then);
  expected_ = next.expect;
  course_.take(next, *talk_);
  if (next.connects) return talk_->connect_again({}, next.server);
  talk_->send(next.bytes, {}, next.is_proposed);
}

// Nobody is here who could be asked.
void Player::refuse_password() {
  talk_->note({"the password was not sent: the connection is not encrypted", "密码没有发出：连接没有加密"},
              "password-in-clear");
  status_ = client::kFailed;
  talk_->close();
}

// Octets that are no reply were meant as one; why was noted when they came.
void Player::give_up() {
  if (!is_the_lesson()) status_ = client::kFailed;
  if (!talk_->is_open()) return finish();
  talk_->close();
}

// The connection is gone: was that the end, or was something left over?
void Player::finish() {
  if (std::exchange(finished_, true)) return;
  out_of_step_.stop();
  turn_.stop();
  narrator_.left_over(*talk_, course_.script());
  if (has_left_ || is_the_lesson()) {
    status_ = client::kDone;
  } else if (talk_->failure()) {
    status_ = client::kNetwork;
  } else if (status_ == client::kDone && !course_.is_complete(*talk_, all_sent_)) {
    status_ = client::kFailed;
  }
  loop_.stop();
}

// A lesson about something that breaks has shown it.
bool Player::is_the_lesson() const {
  return !course_.has_script() && !setup_.server && !over_ && client::has_failed_on_purpose(*setup_.scenario, talk_->log());
}

}  // namespace lines
