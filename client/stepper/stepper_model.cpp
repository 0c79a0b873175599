// The model of the step screen: what Stepper keeps and the log, put into words and panes.
#include <algorithm>
#include <string>

#include "client/stepper/explained.h"
#include "client/stepper/findings_told.h"
#include "client/stepper/next_line.h"
#include "client/stepper/panes.h"
#include "client/stepper/stepper.h"
#include "client/stepper/tls_view.h"

namespace stepper {

using client::Word;

screen::StepScreen Stepper::model(const View& view, bool all_panes_shown) const {
  const Moment now = moment(view);
  const Display display = this->display(all_panes_shown);
  screen::StepScreen out;
  out.title = scenario_ != nullptr ? scenario_->title.in(language_) : view.address;
  out.status = status(view);
  out.dialogue_title = word(Word::kDialogue);
  out.dialogue =
      dialogue_items(view.log, language_, show_secrets_,
                     view.verdicts == nullptr ? std::vector<std::uint64_t>() : marked_events(*view.verdicts, knowledge_));
  out.selected = out.dialogue.empty() ? 0 : std::min(selected_, out.dialogue.size() - 1);
  out.meaning = meaning(now, display);
  out.where = where_pane(view, language_);
  out.memory = memory_pane(view, language_);
  out.small_pane = pane_;
  out.more_key = "r";
  std::optional<screen::NextLine> typed = mode_ == nullptr ? std::nullopt : mode_->line(display);
  out.next = typed ? std::move(*typed) : next_line(now, scenario_, knowledge_, display);
  out.next.prompt = "C▸";
  out.notice = notice_;
  if (notice_.empty() && is_finished()) out.notice = word(view.is_closed ? Word::kGuideEndClosed : Word::kGuideEnd);
  out.keys = mode_ == nullptr ? key_bar(now, all_panes_shown) : mode_->hints(display);
  if (mode_ != nullptr) out.overlay = mode_->overlay(display, view);
  return out;
}

std::string Stepper::status(const View& view) const {
  const bool is_encrypted = view.tls != nullptr && view.session.is_encrypted();
  std::string text = view.is_mock ? word(Word::kMock) + " " : "";
  text += view.address + " · ";
  text += view.is_closed ? word(Word::kClosedNow) : is_encrypted ? tls_version(*view.tls) : word(Word::kPlainText);
  if (view.is_closed && guide_.is_finished()) return text;
  if (!view.is_open && !view.is_closed) return text + " · " + word(Word::kConnecting);
  if (guide_.has_steps()) {
    text += " · " + word(Word::kStep) + " " + std::to_string(std::min(guide_.position() + 1, guide_.length())) + "/" +
            std::to_string(guide_.length());
  }
  return text;
}

std::vector<screen::KeyHint> Stepper::key_bar(const Moment& now, bool all_panes_shown) const {
  std::vector<screen::KeyHint> hints;
  const bool connects = now.next != nullptr && now.next->connects();
  for (const KeyRow& row : keys()) {
    const auto key = shown_key(row, all_panes_shown);
    if (!key) continue;
    const Word label = connects && row.act == Act::kSend ? Word::kConnect : row.label;
    hints.push_back({std::string(*key), word(label), row.obstacle == nullptr || !row.obstacle(now)});
  }
  return hints;
}

screen::Pane Stepper::meaning(const Moment& now, const Display& display) const {
  if (now.selected == nullptr) return meaning_pane({}, language_);
  const auto step = steps_.find(selected_);
  const bool is_end = is_finished() && selected_ + 1 >= now.view.log.events().size();
  const Looked looked{*now.selected, step == steps_.end() ? nullptr : &guide_.step(step->second), meant_,
                      is_end ? scenario_ : nullptr, next_lesson_};
  return meaning_pane(explained(looked, now.view, knowledge_, display), language_);
}

screen::Pane Stepper::shown_pane(const View& view, const Display& display) const {
  if (pane_ == 1) return where_pane(view, language_);
  return pane_ == 2 ? memory_pane(view, language_) : meaning(moment(view), display);
}

}  // namespace stepper
