#include "client/stepper/stepper.h"

#include <algorithm>
#include <utility>

#include "client/stepper/clear_password.h"
#include "client/stepper/lines_of.h"
#include "client/stepper/mistakes.h"
#include "client/stepper/moved.h"
#include "client/stepper/obstacles.h"

namespace stepper {
namespace {

using client::Word;
using screen::Key;
using screen::KeyName;

// A line that no LF ends yet. What was sent before its turn waits too, but for the reply.
bool waits_for_line_end(const protocol::ClientSession& session) {
  return session.mode() != protocol::Mode::kContent && !session.unfinished().empty() && !session.unfinished().ends_with('\n');
}

}  // namespace

Stepper::Stepper(const protocol::Protocol& spoken, const knowledge::Knowledge& knowledge, const scenario::Scenario* scenario,
                 core::Language language, bool show_secrets, Identity identity)
    : knowledge_(knowledge),
      scenario_(scenario),
      language_(language),
      show_secrets_(show_secrets),
      guide_(spoken, scenario, std::move(identity)),
      typed_(spoken) {}

Stepper::Stepper(const knowledge::Knowledge& knowledge, const scenario::Scenario& scenario, core::Language language,
                 bool show_secrets)
    : Stepper(*scenario.protocol, knowledge, &scenario, language, show_secrets, identity_of(scenario)) {}

void Stepper::follow(const View& view) {
  const auto& events = view.log.events();
  for (; followed_ < events.size(); ++followed_) {
    const dialogue::Event& event = events[followed_];
    if (event.kind == dialogue::Kind::kConnected) {
      guide_.connected();
      typed_.speaks(view.protocol);
      if (!view.client_name.empty()) guide_.call(view.client_name);
    }
    if (event.kind == dialogue::Kind::kClosed && event.closed_by == dialogue::ClosedBy::kFailure)
      guide_.failed(event.failure, view.session.is_greeted());
    if (event.kind == dialogue::Kind::kClient) guide_.sent(event.bytes, view.session);
    if (const auto step = guide_.taken()) steps_[followed_] = *step;  // also what follows its answer, up to the next step
    if (event.kind == dialogue::Kind::kServer && event.reply) guide_.answered(*event.reply);
    selected_ = followed_;
    alternative_ = 0;
  }
  if (!waits_for_line_end(view.session)) return;
  // Where the path itself goes on with the line end, the lesson has its own words for it.
  const Moment now = moment(view);
  if (now.next == nullptr || !now.next->guided) notice_ = word(Word::kUnfinishedLine);
}

void Stepper::restarted() {
  guide_.restart();
  followed_ = 0;
  selected_ = 0;
  alternative_ = 0;
  steps_.clear();
  mode_.reset();
  notice_.clear();
}

void Stepper::set_show_secrets(bool show) {
  show_secrets_ = show;
  notice_ = word(show ? Word::kSecretsShown : Word::kSecretsHidden);
}

Moment Stepper::moment(const View& view) const {
  return {view, guide_.proposals(view.session, !view.is_closed), alternative_, selected_event(view)};
}

const dialogue::Event* Stepper::selected_event(const View& view) const {
  const auto& events = view.log.events();
  return events.empty() ? nullptr : &events[std::min(selected_, events.size() - 1)];
}

Requests Stepper::press(const Key& key, const View& view, bool all_panes_shown) {
  if (key.name == KeyName::kResize) return {};
  if (key.is_control("c")) return {Quit{}};
  notice_.clear();
  if (key.name == KeyName::kText) {
    if (const auto line = typed_.goes_on(key.text)) return take_back(*line, moment(view));
  } else {
    typed_.stop();
  }
  if (mode_ != nullptr) return press_mode(key, view, display(all_panes_shown));
  return press_stepping(key, moment(view), all_panes_shown);
}

Requests Stepper::press_mode(const Key& key, const View& view, const Display& display) {
  Pressed pressed = mode_->press(key, display, view);
  if (pressed.is_over) mode_ = std::move(pressed.next);
  if (pressed.meant) meant_ = std::move(*pressed.meant);
  if (pressed.sends) return send(std::move(*pressed.sends), moment(view));
  return std::move(pressed.requests);
}

Requests Stepper::press_stepping(const Key& key, const Moment& now, bool all_panes_shown) {
  const std::optional<Act> chosen = act_of(key, all_panes_shown);
  if (chosen != asked_) asked_.reset();
  if (chosen) {
    const KeyRow& row = key_row(*chosen);
    const auto reason = row.obstacle == nullptr ? std::nullopt : row.obstacle(now);
    if (key.name == KeyName::kText) typed_.began(key.text, *chosen, !reason);
    if (!reason) return row.action(*this, now);
    if (*reason != Word::kNotYet) notice_ = word(*reason);  // that is said beside the step, and counted down
    return {};
  }
  if (move_selection(key, now.view)) return {};
  if (key.name == KeyName::kText) begin_line(key.text, now);
  if (key.name == KeyName::kPaste) {
    if (LineMode* const line = begin_line("", now)) line->paste(key.text);
  }
  return {};
}

// With the usual line end behind the cursor.
LineMode* Stepper::begin_line(std::string_view text, const Moment& now) {
  if (const auto reason = obstacle_to_sending(Act::kOwnLine, now)) {
    notice_ = word(*reason);
    return nullptr;
  }
  auto line = std::make_unique<LineMode>("\r\n", now.view.session.next_is_secret());
  LineMode* const typed = line.get();
  typed->type(text);
  mode_ = std::move(line);
  return typed;
}

// The letters were a command; what the first of them did as a key was not meant.
Requests Stepper::take_back(const TypedVerb::Line& line, const Moment& now) {
  mode_.reset();
  asked_.reset();
  Requests requests;
  if (line.done && line.act == Act::kAnotherStep) --alternative_;
  if (line.done && line.act == Act::kSecrets) requests.emplace_back(ChangeSecrets{});
  begin_line(line.letters, now);
  return requests;
}

Requests Stepper::read(ReadingMode::Page page) {
  mode_ = std::make_unique<ReadingMode>(std::move(page));
  return {};
}

Requests Stepper::send_proposal(const Moment& now) {
  if (now.next == nullptr) return {};
  if (now.next->connects()) return {ConnectAgain{now.next->wait, now.next->server}};
  if (now.next->is_text()) meant_ = now.next->text;
  return send({now.next->octets(now.view.protocol), Way::kProposed}, now);
}

// REQUIRES: there are mistakes to make.
Requests Stepper::choose_mistake(const Moment& now) {
  mode_ =
      std::make_unique<MistakeMode>(mistakes_for(*now.next, now.view.protocol, now.view.session.mode()), now.next_is_secret());
  return {};
}

Requests Stepper::leave(Act act, const Moment& now, Request request) {
  if (asks_before_leaving(act, now)) return {};
  return {std::move(request)};
}

// Something was said, and the lesson goes on.
bool Stepper::is_unfinished(const View& view) const {
  const auto& events = view.log.events();
  return !is_finished() && std::any_of(events.begin(), events.end(),
                                       [](const dialogue::Event& event) { return event.kind == dialogue::Kind::kClient; });
}

// What would be lost is not lost by one key. Where a line can be typed, `q` may be the first letter of QUIT.
bool Stepper::asks_before_leaving(Act act, const Moment& now) {
  const View& view = now.view;
  const bool asks = is_unfinished(view) || (act == Act::kQuit && view.is_open);
  if (!asks || asked_ == act) return false;
  asked_ = act;
  const bool half_sent = view.session.mode() == protocol::Mode::kContent && view.is_open;
  notice_ = word(act == Act::kOtherScenario ? Word::kLeaveAsked : half_sent ? Word::kHalfSent : Word::kQuitAsked);
  return true;
}

Requests Stepper::begin_edit(const Moment& now) {
  if (now.next != nullptr && now.next->is_text()) {
    mode_ = std::make_unique<MessageMode>(now.next->text, now.next->form);
    return {};
  }
  const bool is_line = now.next != nullptr && now.next->is_line();
  const bool is_secret = now.next_is_secret();
  mode_ = std::make_unique<LineMode>(is_line ? now.next->octets(now.view.protocol) : "\r\n", is_secret);
  if (is_secret && !show_secrets_) notice_ = word(Word::kSecretsHidden);
  return {};
}

bool Stepper::move_selection(const Key& key, const View& view) {
  const std::size_t count = view.log.events().size();
  if (count == 0) return false;
  const std::size_t last = count - 1;
  const auto to = moved(key, std::min(selected_, last), last);
  if (to) selected_ = *to;
  return to.has_value();
}

Requests Stepper::send(Sending sending, const Moment& now) {
  const View& view = now.view;
  if (!view.is_open) {
    notice_ = word(Word::kWhyClosed);
    return {};
  }
  if (view.is_replaying || view.is_securing) {
    notice_ = word(view.is_securing ? Word::kWhySecuring : Word::kWhyWaiting);
    return {};
  }
  if (sending.bytes.empty()) return {};
  clear_agreed_ = clear_agreed_ || sending.is_agreed;
  const bool is_allowed = view.is_mock || view.may_give_password_away || clear_agreed_;
  if (!is_allowed && gives_password_away(view.protocol, view.session, view.log, sending.bytes)) {
    mode_ = std::make_unique<AskingMode>(std::move(sending));
    return {};
  }
  if (sending.way == Way::kInTurn) return {SendInTurn{lines_of(sending.bytes)}};
  return {SendBytes{std::move(sending.bytes), now.waited(), sending.way == Way::kProposed}};
}

}  // namespace stepper
