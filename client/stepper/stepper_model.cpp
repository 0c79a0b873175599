// The model of the step screen: what Stepper keeps and the log, put into words and panes.
#include <algorithm>
#include <iterator>
#include <string>

#include "client/base/spoken.h"
#include "client/stepper/bench.h"
#include "client/stepper/cause.h"
#include "client/stepper/delivered.h"
#include "client/stepper/findings_told.h"
#include "client/stepper/letter_view.h"
#include "client/stepper/meaning.h"
#include "client/stepper/panes.h"
#include "client/stepper/purpose.h"
#include "client/stepper/stepper.h"
#include "client/stepper/tls_view.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

constexpr std::size_t kShownOfMistake = 60;  // octets of a line in the list of mistakes

std::string shown_end(protocol::LineEnd end) {
  switch (end) {
    case protocol::LineEnd::kCrlf: return "␍␊";
    case protocol::LineEnd::kLf: return "␊";
    case protocol::LineEnd::kNone: break;
  }
  return {};
}

bool is_encrypted(const View& view) { return view.tls != nullptr && view.session.is_encrypted(); }

// Whether the octets of the event were inside TLS on the wire.
bool came_through_tls(const dialogue::Log& log, const dialogue::Event& event) {
  bool secured = false;
  for (const dialogue::Event& one : log.events()) {
    if (one.number >= event.number) break;
    if (one.kind == dialogue::Kind::kConnected) secured = false;
    if (one.kind == dialogue::Kind::kSecured) secured = true;
  }
  return secured;
}

// A line with its mistake, at least its end when it is a password.
std::string shown_mistake(std::string_view bytes, bool hidden) {
  if (!hidden) return core::show_bytes(bytes.substr(0, kShownOfMistake));
  return std::string(core::kMask) + core::show_bytes(bytes.substr(bytes.find_last_not_of("\r\n") + 1));
}

// A text with line breaks as lines of an overlay, and the line and column of the cursor in it.
screen::Overlay text_overlay(const TextField& field) {
  screen::Overlay overlay;
  std::string_view rest = field.text();
  std::size_t begin = 0;
  while (true) {
    const std::size_t lf = rest.find('\n');
    const std::string_view line = rest.substr(0, lf);
    if (field.cursor() >= begin && field.cursor() <= begin + line.size()) {
      overlay.selected = overlay.lines.size();
      overlay.cursor = core::code_points(core::show_bytes(line.substr(0, field.cursor() - begin)));
    }
    overlay.lines.push_back({{Role::kPlain, core::show_bytes(line)}});
    if (lf == std::string_view::npos) return overlay;
    begin += lf + 1;
    rest.remove_prefix(lf + 1);
  }
}

}  // namespace

screen::StepScreen Stepper::model(const View& view, bool all_panes_shown) const {
  screen::StepScreen out;
  out.title = scenario_ != nullptr ? scenario_->title.in(language_) : view.address;
  out.status = status(view);
  out.dialogue_title = word(Word::kDialogue);
  out.dialogue =
      dialogue_items(view.log, language_, show_secrets_,
                     view.verdicts == nullptr ? std::vector<std::uint64_t>() : marked_events(*view.verdicts, knowledge_));
  out.selected = out.dialogue.empty() ? 0 : std::min(selected_, out.dialogue.size() - 1);
  out.meaning = meaning(view);
  out.where = where_pane(view, language_);
  out.memory = memory_pane(view, language_);
  out.small_pane = pane_;
  out.more_key = "r";
  out.next = next_line(view);
  out.notice = notice_;
  if (notice_.empty() && is_finished()) out.notice = word(view.is_closed ? Word::kGuideEndClosed : Word::kGuideEnd);
  out.keys = key_bar(view, all_panes_shown);
  out.overlay = overlay(view, all_panes_shown);
  return out;
}

std::string Stepper::status(const View& view) const {
  std::string text = view.is_mock ? word(Word::kMock) + " " : "";
  text += view.address + " · ";
  text += view.is_closed ? word(Word::kClosedNow) : is_encrypted(view) ? tls_version(*view.tls) : word(Word::kPlainText);
  if (view.is_closed && guide_.is_finished()) return text;
  if (!view.is_open && !view.is_closed) return text + " · " + word(Word::kConnecting);
  if (guide_.has_steps()) {
    text += " · " + word(Word::kStep) + " " + std::to_string(std::min(guide_.position() + 1, guide_.length())) + "/" +
            std::to_string(guide_.length());
  }
  return text;
}

screen::NextLine Stepper::next_line(const View& view) const {
  screen::NextLine next;
  next.prompt = "C▸";
  if (const auto* editing = std::get_if<Editing>(&mode_)) {
    next.editing = true;
    next.text = editing->field.shown(hides(editing->is_secret));
    next.cursor = editing->field.shown_cursor(hides(editing->is_secret));
    return next;
  }
  if (!view.is_open && !view.is_closed) return next;
  const std::optional<Proposal> proposal = this->proposal(view);
  if (!proposal) return next;
  next.text = shown(*proposal, view);
  const auto pause = std::chrono::ceil<std::chrono::seconds>(this->pause(view)).count();
  if (pause > 0) next.why = word(Word::kNotYet) + " " + std::to_string(pause) + ". ";
  next.why += why(*proposal, view);
  return next;
}

std::string Stepper::why(const Proposal& proposal, const View& view) const {
  if (!proposal.why.empty()) return proposal.why.in(language_);
  return purpose_of(proposal, view.protocol, view.session, view.log, knowledge_, language_);
}

std::string Stepper::shown(const Proposal& proposal, const View& view) const {
  if (proposal.connects()) return word(Word::kConnectAgain);
  if (proposal.form == Form::kMessage) return core::show_bytes(proposal.text);
  if (proposal.form == Form::kChunk) return core::show_bytes(proposal.octets(view.protocol));
  const std::string end = shown_end(proposal.line_end);
  if (hides(proposal.is_secret || (view.session.next_is_secret() && proposal.text != "*")))
    return std::string(core::kMask) + end;
  if (show_secrets_) return core::show_bytes(proposal.text) + end;
  return core::show_masked(proposal.text, view.protocol.read_line(proposal.text).secrets) + end;
}

std::vector<screen::KeyHint> Stepper::key_bar(const View& view, bool all_panes_shown) const {
  const auto hint = [&](std::string_view key, Word label) { return screen::KeyHint{std::string(key), word(label), true}; };
  if (std::holds_alternative<Editing>(mode_)) {
    return {hint("Enter", Word::kEditorEnter), hint("Esc", Word::kEditorLeave), hint("^R", Word::kEditorCr),
            hint("^L", Word::kEditorLf)};
  }
  if (std::holds_alternative<MessageEditing>(mode_)) {
    return {hint("^D", Word::kEditorDone), hint("Esc", Word::kEditorLeave), hint("^E", Word::kEditorOutside)};
  }
  if (std::holds_alternative<Asking>(mode_)) return {hint("y", Word::kSend), hint("Esc", Word::kEditorLeave)};
  if (std::holds_alternative<Choosing>(mode_)) return {hint("↑↓ Enter", Word::kChoose), hint("Esc", Word::kClose)};
  if (!std::holds_alternative<std::monostate>(mode_)) return {hint("Esc", Word::kClose)};
  std::vector<screen::KeyHint> hints;
  const std::optional<Proposal> next = proposal(view);
  const bool connects = next && next->connects();
  for (const KeyRow& row : keys()) {
    if (const auto key = shown_key(row, all_panes_shown))
      hints.push_back(
          {std::string(*key), word(connects && row.act == Act::kSend ? Word::kConnect : row.label), !obstacle(row, view)});
  }
  return hints;
}

std::optional<screen::Overlay> Stepper::overlay(const View& view, bool all_panes_shown) const {
  if (const auto* message = std::get_if<MessageEditing>(&mode_)) return message_overlay(message->field);
  if (std::holds_alternative<Asking>(mode_)) return asking_overlay(view);
  if (const auto* choosing = std::get_if<Choosing>(&mode_)) return mistakes_overlay(*choosing);
  if (const auto* bench = std::get_if<Bench>(&mode_)) return bench_overlay(bench->field);
  if (const auto* reading = std::get_if<Reading>(&mode_)) return reading_overlay(view, *reading, all_panes_shown);
  return std::nullopt;
}

screen::Overlay Stepper::asking_overlay(const View& view) const {
  screen::Overlay overlay;
  overlay.title = word(Word::kAskClear);
  overlay.lines = {{{Role::kWarning, word(Word::kAskClearWhy)}},
                   {{Role::kPlain, client::word(Word::kAskClearInstead, view.protocol, language_)}}};
  overlay.footer = word(Word::kAskClearKeys);
  return overlay;
}

screen::Overlay Stepper::message_overlay(const TextField& field) const {
  screen::Overlay overlay = text_overlay(field);
  overlay.title = word(Word::kMessageTitle);
  overlay.footer =
      "^D " + word(Word::kEditorDone) + " · Esc " + word(Word::kEditorLeave) + " · ^E " + word(Word::kEditorOutside);
  return overlay;
}

screen::Overlay Stepper::mistakes_overlay(const Choosing& choosing) const {
  screen::Overlay overlay;
  overlay.title = word(Word::kMistakesTitle);
  for (const Mistake& mistake : choosing.mistakes) {
    overlay.lines.push_back(
        {{Role::kPlain, word(mistake.label) + "  "}, {Role::kDim, shown_mistake(mistake.bytes, hides(choosing.is_secret))}});
  }
  overlay.selected = choosing.selected;
  overlay.footer = "Enter " + word(Word::kChoose) + " · Esc " + word(Word::kClose);
  return overlay;
}

screen::Overlay Stepper::bench_overlay(const TextField& field) const {
  screen::Overlay overlay;
  overlay.title = word(Word::kBenchTitle);
  overlay.lines = bench_lines(field.text(), language_);
  overlay.lines.insert(overlay.lines.begin(), {{{Role::kPlain, field.shown()}}, {{Role::kDim, word(Word::kBenchType)}}});
  overlay.selected = 0;
  overlay.cursor = field.shown_cursor();
  overlay.footer = "Esc " + word(Word::kClose);
  return overlay;
}

screen::Overlay Stepper::reading_overlay(const View& view, const Reading& reading, bool all_panes_shown) const {
  screen::Pane content = reading.content(*this, view, all_panes_shown);
  screen::Overlay overlay;
  overlay.title = std::move(content.title);
  overlay.lines = std::move(content.lines);
  overlay.scroll = reading.scroll;
  overlay.footer = "↑↓ Esc " + word(Word::kClose);
  return overlay;
}

// What the lesson says of this step stays with it: before it was taken at the line, what came of it at the answer.
Meaning Stepper::lesson_meaning(const View& view) const {
  const auto step = steps_.find(selected_);
  if (step == steps_.end()) return {};
  const dialogue::Kind kind = view.log.events()[selected_].kind;
  const bool is_line = kind == dialogue::Kind::kClient || kind == dialogue::Kind::kConnected;
  const Proposal& proposal = guide_.step(step->second);
  const core::Text& text = is_line ? proposal.why : proposal.then;
  if (text.empty()) return {};
  return {{word(Word::kLesson), text.in(language_), Role::kPlain}};
}

// A message that arrived otherwise than it was meant, at the 250 that does not tell.
Meaning Stepper::delivery_meaning(const View& view) const {
  const auto& events = view.log.events();
  const auto took_message = std::find_if(events.rbegin(), events.rend(), [](const dialogue::Event& event) {
    return event.reply && event.reply->is_positive() && event.input && event.input->is(protocol::Role::kContent);
  });
  const bool is_selected = took_message != events.rend() && &*took_message == selected_event(view);
  if (!is_selected || !view.delivered || meant_.empty()) return {};
  const auto difference = first_difference(view.delivered->content, meant_);
  if (!difference) return {};
  return {{"!", word(Word::kArrivedOther), Role::kWarning},
          {word(Word::kMeant), difference->meant, Role::kPlain},
          {word(Word::kArrived), difference->arrived, Role::kPlain}};
}

// Behind the last thing that happened in a lesson: what it was about, and what comes next.
Meaning Stepper::end_meaning(const View& view) const {
  if (!is_finished() || scenario_ == nullptr || selected_ + 1 < view.log.events().size()) return {};
  Meaning meaning{{word(Word::kLearnt), scenario_->summary.in(language_), Role::kPlain}};
  if (!next_lesson_.empty()) meaning.push_back({word(Word::kNextLesson), next_lesson_.in(language_), Role::kStrong});
  return meaning;
}

// What was done wrong comes before all that is generally so.
screen::Pane Stepper::meaning(const View& view) const {
  const dialogue::Event* const event = selected_event(view);
  if (event == nullptr) return meaning_pane({}, language_);
  const std::optional<dialogue::AuthTurn> turn = dialogue::auth_turn(view.log, *event);
  const Wrong wrong = view.verdicts == nullptr ? Wrong() : wrong_at(*event, view.log, *view.verdicts);
  const MeaningOptions options{language_, show_secrets_, Detail::kFull, wrong.is_judged, wrong.told()};
  const bool has_verdict = view.verdicts != nullptr && (wrong.is_judged || !wrong.verdicts.empty());
  Meaning whole = has_verdict ? wrong_meaning(wrong, *event, *view.verdicts, knowledge_, language_)
                              : cause_of(*event, view.log, knowledge_, language_);
  for (Meaning part : {delivery_meaning(view), lesson_meaning(view),
                       meaning_of(*event, turn, view.protocol, knowledge_, options), end_meaning(view)}) {
    whole.insert(whole.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  return meaning_pane(whole, language_);
}

screen::Pane Stepper::shown_pane(const View& view) const {
  if (pane_ == 1) return where_pane(view, language_);
  return pane_ == 2 ? memory_pane(view, language_) : meaning(view);
}

// The message that is fetched where the selection is, or the one that was delivered last.
std::vector<screen::Line> Stepper::letter(const View& view) const {
  const dialogue::Event* const event = selected_event(view);
  if (event == nullptr) return {};
  if (const auto fetched = message_in(*event)) return letter_lines(*fetched, knowledge_, language_);
  if (!view.delivered) return {};
  std::vector<screen::Line> lines = delivered_lines(*view.delivered, meant_, language_);
  lines.emplace_back();
  for (screen::Line& line : letter_lines(view.delivered->content, knowledge_, language_)) lines.push_back(std::move(line));
  return lines;
}

std::vector<screen::Line> Stepper::wire_lines(const View& view) const {
  std::vector<screen::Line> lines;
  const dialogue::Event* const event = selected_event(view);
  if (event == nullptr) return lines;
  const std::string bytes = show_secrets_ ? event->bytes : core::mask(event->bytes, event->secrets);
  for (std::string& row : core::hex_rows(bytes)) lines.push_back({{Role::kPlain, std::move(row)}});
  std::string chunks = word(Word::kChunks);
  for (const core::Piece& piece : event->pieces) chunks += " " + std::to_string(piece.octets);
  lines.push_back({{Role::kDim, chunks + " " + word(Word::kOctets)}});
  if (came_through_tls(view.log, *event)) lines.push_back({{Role::kDim, word(Word::kWasEncrypted)}});
  return lines;
}

std::vector<screen::Line> Stepper::help_lines(bool all_panes_shown) const {
  std::vector<screen::Line> lines;
  const auto row = [&](std::string_view key, Word label) {
    lines.push_back({{Role::kStrong, std::string(key) + "  "}, {Role::kPlain, word(label)}});
  };
  for (const KeyRow& one : keys()) {
    if (const auto key = shown_key(one, all_panes_shown)) row(*key, one.label);
  }
  row("↑ ↓ PgUp PgDn Home End", Word::kScroll);
  lines.push_back({{Role::kPlain, word(Word::kHelpTyping)}});
  return lines;
}

}  // namespace stepper
