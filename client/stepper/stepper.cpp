#include "client/stepper/stepper.h"

#include <algorithm>
#include <utility>

#include "client/stepper/clear_password.h"
#include "client/stepper/lines_of.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;
using screen::Key;
using screen::KeyName;

// A line that no LF ends yet. What was sent before its turn waits too, but for the reply.
bool waits_for_line_end(const protocol::ClientSession& session) {
  return session.mode() != protocol::Mode::kContent && !session.unfinished().empty() && !session.unfinished().ends_with('\n');
}

bool is_secret(const Proposal& proposal, const View& view) {
  return proposal.is_secret || (view.session.next_is_secret() && proposal.text != "*") ||
         (proposal.is_line() && !view.protocol.read_line(proposal.text).secrets.empty());
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
  // Where the path itself goes on with the line end, the lesson has its own words for it.
  const std::optional<Proposal> next = proposal(view);
  if (waits_for_line_end(view.session) && !(next && next->guided)) notice_ = word(Word::kUnfinishedLine);
}

void Stepper::restarted() {
  guide_.restart();
  followed_ = 0;
  selected_ = 0;
  alternative_ = 0;
  steps_.clear();
  mode_ = std::monostate{};
  notice_.clear();
}

void Stepper::set_show_secrets(bool show) {
  show_secrets_ = show;
  notice_ = word(show ? Word::kSecretsShown : Word::kSecretsHidden);
}

void Stepper::edited(std::string text) {
  const auto* const editing = std::get_if<MessageEditing>(&mode_);
  mode_ = MessageEditing{TextField(std::move(text)), editing != nullptr ? editing->form : Form::kMessage};
}

std::optional<Proposal> Stepper::proposal(const View& view) const {
  std::vector<Proposal> proposals = guide_.proposals(view.session, !view.is_closed);
  if (proposals.empty()) return std::nullopt;
  return std::move(proposals[alternative_ % proposals.size()]);
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
    if (const auto line = typed_.goes_on(key.text)) return take_back(*line, view);
  } else {
    typed_.stop();
  }
  if (std::holds_alternative<Editing>(mode_)) return press_editing(key, view);
  if (std::holds_alternative<MessageEditing>(mode_)) return press_message(key, view);
  if (std::holds_alternative<Asking>(mode_)) return press_asking(key);
  if (std::holds_alternative<Choosing>(mode_)) return press_choosing(key);
  if (std::holds_alternative<Bench>(mode_)) return press_bench(key);
  if (std::holds_alternative<Reading>(mode_)) return press_reading(key, view, all_panes_shown);
  return press_stepping(key, view, all_panes_shown);
}

Requests Stepper::press_stepping(const Key& key, const View& view, bool all_panes_shown) {
  const std::optional<Act> chosen = act_of(key, all_panes_shown);
  if (chosen != asked_) asked_.reset();
  if (chosen) {
    const KeyRow& row = key_row(*chosen);
    const auto reason = obstacle(row, view);
    if (key.name == KeyName::kText) typed_.began(key.text, *chosen, !reason);
    if (!reason) return row.action(*this, view);
    if (*reason != Word::kNotYet) notice_ = word(*reason);  // that is said beside the step, and counted down
    return {};
  }
  if (move_selection(key, view)) return {};
  if (key.name == KeyName::kText) begin_line(key.text, view);
  if (key.name == KeyName::kPaste) {
    begin_line("", view);
    paste(key.text);
  }
  return {};
}

// A line of one's own, with the usual line end behind the cursor.
void Stepper::begin_line(std::string_view text, const View& view) {
  if (const auto reason = obstacle_to_sending(Act::kOwnLine, view)) {
    notice_ = word(*reason);
    return;
  }
  Editing editing{TextField("\r\n"), view.session.next_is_secret()};
  editing.field.insert(text);
  mode_ = std::move(editing);
}

// Into the line that is being typed, if there is one.
void Stepper::paste(std::string_view text) {
  auto* const editing = std::get_if<Editing>(&mode_);
  if (editing == nullptr) return;
  editing->field.insert(core::replace_all(text, "\n", "\r\n"));
  editing->in_turn = editing->in_turn || text.find('\n') != std::string_view::npos;
}

// The letters were a command; what the first of them did as a key was not meant.
Requests Stepper::take_back(const TypedVerb::Line& line, const View& view) {
  mode_ = std::monostate{};
  asked_.reset();
  Requests requests;
  if (line.done && line.act == Act::kAnotherStep) --alternative_;
  if (line.done && line.act == Act::kSecrets) requests.emplace_back(ChangeSecrets{});
  begin_line(line.letters, view);
  return requests;
}

std::optional<Word> Stepper::obstacle_to_sending(Act act, const View& view) const {
  if (view.is_closed && view.is_replaying) return Word::kWhyWaiting;
  if (view.is_closed && act != Act::kSend) return Word::kWhyClosed;
  if (!view.is_open && !view.is_closed) return Word::kConnecting;
  if (view.is_securing) return Word::kWhySecuring;
  if (view.is_replaying || (act == Act::kSend && !view.is_settled && !view.is_closed)) return Word::kWhyWaiting;
  if (act == Act::kSend && pause(view).count() > 0) return Word::kNotYet;
  const std::vector<Proposal> proposals = guide_.proposals(view.session, view.is_open);
  if (act == Act::kSend && view.is_open && view.session.mode() == protocol::Mode::kChunk) return Word::kWhyInChunk;
  if (act == Act::kSend && proposals.empty()) return Word::kWhyClosed;  // said goodbye: nothing is legal any more
  if (act == Act::kAnotherStep && proposals.size() < 2) return Word::kWhyOnlyStep;
  if (act != Act::kMistake) return std::nullopt;
  const std::optional<Proposal> next = proposal(view);
  return next && !mistakes_for(*next, view.protocol, view.session.mode()).empty() ? std::nullopt
                                                                                  : std::optional(Word::kWhyNoMistake);
}

std::optional<Word> Stepper::obstacle_to_going_back(const View& view) const {
  if (!view.is_mock) return Word::kWhyRealServer;
  const auto& events = view.log.events();
  const auto connections = std::count_if(events.begin(), events.end(),
                                         [](const dialogue::Event& event) { return event.kind == dialogue::Kind::kConnected; });
  const bool acted = connections > 1 || std::any_of(events.begin(), events.end(), [](const dialogue::Event& event) {
                       return event.kind == dialogue::Kind::kClient;
                     });
  return acted || view.is_replaying ? std::nullopt : std::optional(Word::kWhyFirst);
}

Requests Stepper::send_proposal(const View& view) {
  const auto next = proposal(view);
  if (!next) return {};
  if (next->connects()) return {ConnectAgain{next->wait}};
  if (next->is_text()) meant_ = next->text;
  return send(next->octets(view.protocol), view, Way::kProposed);
}

Requests Stepper::choose_mistake(const View& view) {
  if (const auto next = proposal(view))
    mode_ = Choosing{mistakes_for(*next, view.protocol, view.session.mode()), is_secret(*next, view), 0};
  return {};
}

Requests Stepper::leave(Act act, const View& view, Request request) {
  if (asks_before_leaving(act, view)) return {};
  return {std::move(request)};
}

// Something was said, and the lesson goes on.
bool Stepper::is_unfinished(const View& view) const {
  const auto& events = view.log.events();
  return !is_finished() && std::any_of(events.begin(), events.end(),
                                       [](const dialogue::Event& event) { return event.kind == dialogue::Kind::kClient; });
}

// What would be lost is not lost by one key. Where a line can be typed, `q` may be the first letter of QUIT.
bool Stepper::asks_before_leaving(Act act, const View& view) {
  const bool asks = is_unfinished(view) || (act == Act::kQuit && view.is_open);
  if (!asks || asked_ == act) return false;
  asked_ = act;
  const bool half_sent = view.session.mode() == protocol::Mode::kContent && view.is_open;
  notice_ = word(act == Act::kOtherScenario ? Word::kLeaveAsked : half_sent ? Word::kHalfSent : Word::kQuitAsked);
  return true;
}

void Stepper::begin_edit(const View& view) {
  const std::optional<Proposal> next = proposal(view);
  if (next && next->is_text()) {
    mode_ = MessageEditing{TextField(next->text), next->form};
  } else {
    const bool secret = next ? is_secret(*next, view) : view.session.next_is_secret();
    mode_ = Editing{TextField(next && next->is_line() ? next->octets(view.protocol) : "\r\n"), secret};
    if (hides(secret)) notice_ = word(Word::kSecretsHidden);
  }
}

bool Stepper::move_selection(const Key& key, const View& view) {
  const std::size_t count = view.log.events().size();
  if (count == 0) return false;
  const std::size_t last = count - 1;
  const std::size_t at = std::min(selected_, last);
  switch (key.name) {
    case KeyName::kUp:
    case KeyName::kWheelUp: selected_ = at - std::min<std::size_t>(at, 1); return true;
    case KeyName::kDown:
    case KeyName::kWheelDown: selected_ = std::min(at + 1, last); return true;
    case KeyName::kPageUp: selected_ = at - std::min(at, kPage); return true;
    case KeyName::kPageDown: selected_ = std::min(at + kPage, last); return true;
    case KeyName::kHome: selected_ = 0; return true;
    case KeyName::kEnd: selected_ = last; return true;
    case KeyName::kText:
    case KeyName::kPaste:
    case KeyName::kEnter:
    case KeyName::kTab:
    case KeyName::kBackTab:
    case KeyName::kEscape:
    case KeyName::kBackspace:
    case KeyName::kDelete:
    case KeyName::kLeft:
    case KeyName::kRight:
    case KeyName::kControl:
    case KeyName::kResize: return false;
  }
  return false;
}

Requests Stepper::send(std::string bytes, const View& view, Way way) {
  mode_ = std::monostate{};
  if (!view.is_open) {
    notice_ = word(Word::kWhyClosed);
    return {};
  }
  if (view.is_replaying || view.is_securing) {
    notice_ = word(view.is_securing ? Word::kWhySecuring : Word::kWhyWaiting);
    return {};
  }
  if (bytes.empty()) return {};
  const bool is_allowed = view.is_mock || view.may_give_password_away || clear_agreed_;
  if (!is_allowed && gives_password_away(view.protocol, view.session, view.log, bytes)) {
    mode_ = Asking{std::move(bytes), way};
    return {};
  }
  if (way == Way::kInTurn) return {SendInTurn{lines_of(bytes)}};
  return {SendBytes{std::move(bytes), waited(view), way == Way::kProposed}};
}

// Counted from what was last said, by either side.
std::chrono::milliseconds Stepper::pause(const View& view) const {
  const std::optional<Proposal> next = proposal(view);
  if (!next || next->wait.count() == 0) return {};
  return next->wait - waited(view);
}

// How much of the time that the proposed step wants has passed.
std::chrono::milliseconds Stepper::waited(const View& view) const {
  const std::optional<Proposal> next = proposal(view);
  if (!next) return {};
  const auto& events = view.log.events();
  const auto last = std::find_if(events.rbegin(), events.rend(), [](const dialogue::Event& event) {
    return event.kind == dialogue::Kind::kClient || event.kind == dialogue::Kind::kServer;
  });
  const std::chrono::microseconds since = last == events.rend() ? std::chrono::microseconds(0) : last->at;
  return std::min(next->wait, std::chrono::duration_cast<std::chrono::milliseconds>(view.now - since));
}

}  // namespace stepper
