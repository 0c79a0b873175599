#include "mockserver/pop3_server/connection.h"

#include <utility>

#include "core/base64.h"
#include "mailbox/folder_name.h"

namespace pop3_server {

using pop3::Answer;
using pop3::Outcome;

Connection::Connection(net::Loop& loop, const Surroundings& around, std::unique_ptr<net::Stream> stream, Begins begins,
                       std::string nonce, std::function<void()> gone)
    : around_(around),
      stream_(std::move(stream)),
      session_(around.config, std::move(nonce)),
      driver_(
          loop, *stream_, [] {}, [this] { begin_tls(); }),
      clock_(loop, [this] { on_clock(); }),
      gone_(std::move(gone)),
      begins_(begins) {}

void Connection::start() {
  stream_->start({.on_bytes = [this](std::string_view bytes) { on_bytes(bytes); },
                  .on_end = [this] { on_end(); },
                  .on_error = [this](const core::Error&) { gone_(); },
                  .on_flushed = [this] { on_flushed(); },
                  .on_secured = [this] { on_secured(); }});
  clock_.start(around_.config.limits.auto_logout);
  if (begins_ == Begins::kInTls) {
    begin_tls();
  } else {
    pump();
  }
}

void Connection::begin_tls() {
  auto engine = around_.make_engine();
  if (engine) return stream_->start_tls(std::move(*engine));
  stream_->finish();  // a version that this library has given up
  closing_ = true;
  clock_.start(kLinger);
}

void Connection::on_secured() {
  if (closing_) return;
  session_.secured();
  pump();
}

void Connection::on_bytes(std::string_view bytes) {
  if (closing_) return;  // read only so that closing does not become a reset, and to see the client leave
  session_.receive(bytes);
  pump();
}

// What came before it is still answered: a shell that pipes its lines into nc ends so.
void Connection::on_end() {
  if (closing_) return gone_();
  ended_ = true;
  pump();
}

void Connection::on_flushed() {
  if (closing_ && ended_) return gone_();
  pump();
}

void Connection::on_clock() {
  if (closing_) return gone_();
  end(std::nullopt);
}

void Connection::shut_down() { end(Answer{Outcome::kRefused, "SYS/TEMP", "the server shuts down"}); }

void Connection::end(const std::optional<Answer>& farewell) {
  session_.end_without_quit(farewell);
  perform();
}

// Answers what has come, as far as the client takes the answers.
void Connection::pump() {
  while (!closing_ && stream_->unsent() <= kMaxUnsent) {
    if (session_.is_sending()) {
      if (!send_body()) break;
      continue;
    }
    auto turn = session_.next_turn();
    if (!turn) break;
    clock_.start(around_.config.limits.auto_logout);
    decide(*turn);
    session_.answer(std::move(turn->proposed));
    perform();
  }
  // Whoever hangs up without QUIT has removed nothing, and the next session finds the mailbox free before it hears of this end.
  if (ended_ && !closing_ && stream_->unsent() <= kMaxUnsent) end(std::nullopt);
  steer_reading();
}

// One piece of it; false when it cannot be read on. Whoever takes a long answer slowly is not silent.
bool Connection::send_body() {
  auto piece = session_.next_piece();
  clock_.start(around_.config.limits.auto_logout);
  if (piece) stream_->write(std::move(*piece));
  perform();
  return piece.has_value();
}

void Connection::decide(pop3::Turn& turn) {
  if (turn.updates) session_.update(turn);
  if (!turn.claim) return;
  const Verdict verdict = around_.judge(*turn.claim);
  const auto last_word = turn.claim->is_final ? std::nullopt : turn.claim->last_word(verdict.is_welcome, verdict.judged_by);
  if (last_word) {
    turn.proposed = Answer{Outcome::kMore, {}, core::base64_encode(*last_word)};
  } else if (verdict.is_welcome) {
    auto inbox = around_.mailbox_of(turn.claim->user).open(mailbox::FolderName::inbox());
    if (inbox) return session_.open_maildrop(turn, std::move(*inbox));
    turn.proposed = Answer{Outcome::kRefused, std::string(pop3::kCodeTemporary), "the maildrop cannot be opened now"};
  }
}

void Connection::perform() {
  driver_.perform(session_.take_actions());
  if (!driver_.is_closing() || closing_) return;
  closing_ = true;
  // Not gone from here: whoever called is still at work on this connection.
  clock_.start(ended_ && stream_->unsent() == 0 ? std::chrono::milliseconds(0) : kLinger);
}

void Connection::steer_reading() {
  const bool wanted = closing_ || stream_->unsent() <= kMaxUnsent;
  if (wanted == reading_) return;
  reading_ = wanted;
  if (wanted) {
    stream_->resume_reading();
  } else {
    stream_->pause_reading();
  }
}

}  // namespace pop3_server
