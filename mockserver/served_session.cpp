#include "mockserver/served_session.h"

#include <utility>

#include "core/result.h"
#include "mockserver/intake.h"
#include "mockserver/pieces.h"
#include "mockserver/scenario/message_remarks.h"
#include "mockserver/session_id.h"
#include "mockserver/unix_time.h"

namespace mockserver {

using protocol::Occasion;

ServedSession::ServedSession(const Shared& shared, ConnectionId id, net::Stream& stream, std::function<void()> on_pause_over,
                             std::function<void()> on_start_tls)
    : shared_(shared),
      stream_(stream),
      session_(shared.server->session(session_id(shared.options.seed, id))),
      behaviour_(shared.scenario, shared.history, id,
                 scenario::LazyValues([this, id] { return values_of(shared_.options.seed, id, peer(), stream_.local()); }),
                 shared.mailbox_of),
      recorder_(shared.options.observer, id, *session_, shared.scenario),
      outgoing_(shared.loop, stream, *session_,
                {std::move(on_pause_over), std::move(on_start_tls), [this] { recorder_.left(stream_.sent()); }}) {}

const std::string& ServedSession::peer() {
  if (peer_.empty()) peer_ = stream_.peer();
  return peer_;
}

void ServedSession::secured() {
  const protocol::StateChange change = session_->secured();
  mechanism_.clear();
  recorder_.secured(*stream_.tls(), change);
}

scenario::Decision ServedSession::decide(protocol::Turn& turn, Time last_turn) {
  if (turn.brings_message && recorder_.is_on()) {  // rules look for themselves
    for (const protocol::Remark& remark : scenario::message_remarks(turn.said.message)) turn.said.remarks.push_back(remark);
  }
  scenario::Decision decision = behaviour_.decide(turn, *session_, {unix_time(), last_turn});
  if (!turn.input.is(protocol::Role::kConnect)) recorder_.said(turn.said);
  if (turn.brings_message && decision.keeps()) keep(std::move(turn.said.message), decision);
  return decision;
}

void ServedSession::keep(std::string content, scenario::Decision& decision) {
  StoredMessage message = message_of(*session_, {mechanism_, peer()}, std::move(content));
  if (const auto because = sort_into_folder(shared_.scenario, decision, message)) recorder_.note(*because);
  const core::Result<void> kept = shared_.keep(std::move(message));
  if (kept) return;
  recorder_.note(core::describe(kept.error(), core::Language::kEnglish));
  const Occasion occasion = kept.error().id == "disk-full" ? Occasion::kDiskFull : Occasion::kNotStored;
  decision = own_words(occasion, kept.error().text.en).value_or(scenario::Decision{});
}

std::optional<scenario::Decision> ServedSession::own_words(Occasion occasion, const std::string& more) const {
  std::optional<protocol::Answer> words = session_->own_words(occasion, more);
  if (!words) return std::nullopt;
  scenario::Decision decision;
  decision.bytes = shared_.scenario.protocol->octets_of(*words);
  decision.reply = std::move(*words);
  return decision;
}

void ServedSession::answer(protocol::Turn& turn, scenario::Decision& decision) {
  const bool logs_in = turn.input.is_of_login() && decision.reply.is_positive();
  std::string mechanism = logs_in ? session_->text("mechanism") : std::string();
  if (decision.effects.split && decision.is_proposed && turn.is_pulled) outgoing_.cut(*decision.effects.split);
  const protocol::StateChange change = answer_with(*session_, turn, decision);
  if (logs_in && decision.reply.is_positive()) mechanism_ = std::move(mechanism);
  said_goodbye_ = said_goodbye_ || (turn.input.is(protocol::Role::kQuit) && decision.reply.is_positive());
  recorder_.answered(decision, turn.input, change, session_->is_sending());
  outgoing_.count(decision.bytes.size());
}

bool ServedSession::pull() {
  outgoing_.take_actions();  // what comes before it; the last piece may close behind it
  auto piece = session_->next_piece();
  if (piece) {
    recorder_.pulled(*piece, session_->is_sending());
    outgoing_.add_piece(std::move(*piece), !session_->is_sending());
  } else {
    recorder_.note(core::describe(piece.error(), core::Language::kEnglish));
  }
  return piece.has_value();
}

bool ServedSession::announce() {
  const auto news = session_->announce();
  if (!news) return false;
  recorder_.announced(*news);
  outgoing_.count(news->bytes.size());
  return true;
}

void ServedSession::end_with(const scenario::Decision& decision, Occasion occasion) {
  recorder_.last_word(decision, session_->ending(occasion));
  if (decision.effects.delay.count() > 0) outgoing_.perform({core::Pause{decision.effects.delay}});
  outgoing_.perform(speech_of(decision));
  if (decision.effects.then.value_or(scenario::Then::kClose) == scenario::Then::kClose) outgoing_.perform({core::Close{}});
}

std::optional<scenario::Decision> ServedSession::decide_timeout(Time now) {
  return behaviour_.decide_timeout(*session_, {unix_time(), now});
}

std::optional<scenario::Decision> ServedSession::decide_midway(Time now) {
  return behaviour_.decide_midway(*session_, {unix_time(), now});
}

void ServedSession::time_out() {
  if (auto words = own_words(Occasion::kTooLate)) {
    recorder_.last_word(*words, session_->ending(Occasion::kTooLate));
    outgoing_.perform({core::Send{std::move(words->bytes)}});
  }
  session_->end();
}

// Past the driver: a delay that runs does not hold the shutdown up.
void ServedSession::shut_down() {
  const auto words = own_words(Occasion::kShutDown);
  if (!words) return;
  recorder_.silenced();
  recorder_.last_word(*words, session_->ending(Occasion::kShutDown));
  stream_.write(words->bytes);
  recorder_.left(stream_.sent());
}

void ServedSession::part(const std::vector<protocol::MistakeId>& remarked) {
  recorder_.unfinished(remarked);
  if (!recorder_.is_on()) return;
  std::vector<protocol::Remark> remarks = session_->parting_remarks();
  if (!remarks.empty()) recorder_.note("the client left without a goodbye", std::move(remarks));
}

}  // namespace mockserver
