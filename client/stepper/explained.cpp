#include "client/stepper/explained.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "client/stepper/cause.h"
#include "client/stepper/delivered.h"
#include "client/stepper/findings_told.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

// What the lesson says of this step stays with it: before it was taken at the line, what came of it at the answer.
Meaning of_lesson(const Looked& looked, const Display& display) {
  if (looked.step == nullptr) return {};
  const dialogue::Kind kind = looked.event.kind;
  const bool is_line = kind == dialogue::Kind::kClient || kind == dialogue::Kind::kConnected;
  const core::Text& text = is_line ? looked.step->why : looked.step->then;
  if (text.empty()) return {};
  return {{display.word(Word::kLesson), text.in(display.language), Role::kPlain}};
}

// A message that arrived otherwise than it was meant, at the 250 that does not tell.
Meaning of_delivery(const Looked& looked, const View& view, const Display& display) {
  const auto& events = view.log.events();
  const auto took_message = std::find_if(events.rbegin(), events.rend(), [](const dialogue::Event& event) {
    return event.reply && event.reply->is_positive() && event.input && event.input->is(protocol::Role::kContent);
  });
  const bool is_it = took_message != events.rend() && &*took_message == &looked.event;
  if (!is_it || !view.delivered || looked.meant.empty()) return {};
  const auto difference = first_difference(view.delivered->content, looked.meant);
  if (!difference) return {};
  return {{"!", display.word(Word::kArrivedOther), Role::kWarning},
          {display.word(Word::kMeant), difference->meant, Role::kPlain},
          {display.word(Word::kArrived), difference->arrived, Role::kPlain}};
}

// Behind the last thing that happened in a lesson: what it was about, and what comes next.
Meaning of_end(const Looked& looked, const Display& display) {
  if (looked.finished == nullptr) return {};
  Meaning meaning{{display.word(Word::kLearnt), looked.finished->summary.in(display.language), Role::kPlain}};
  if (looked.next_lesson.empty()) return meaning;
  meaning.push_back({display.word(Word::kNextLesson), looked.next_lesson.in(display.language), Role::kStrong});
  return meaning;
}

}  // namespace

// What was done wrong comes before all that is generally so.
Meaning explained(const Looked& looked, const View& view, const knowledge::Knowledge& knowledge, const Display& display) {
  const dialogue::Event& event = looked.event;
  const core::Language language = display.language;
  const std::optional<dialogue::AuthTurn> turn = dialogue::auth_turn(view.log, event);
  const Wrong wrong = view.verdicts == nullptr ? Wrong() : wrong_at(event, view.log, *view.verdicts);
  const MeaningOptions options{language, display.show_secrets, Detail::kFull, wrong.is_judged, wrong.told()};
  const bool has_verdict = view.verdicts != nullptr && (wrong.is_judged || !wrong.verdicts.empty());
  Meaning whole = has_verdict ? wrong_meaning(wrong, event, *view.verdicts, knowledge, language)
                              : cause_of(event, view.log, knowledge, language);
  for (Meaning part : {of_delivery(looked, view, display), of_lesson(looked, display),
                       meaning_of(event, turn, view.log.protocol_of(event), knowledge, options), of_end(looked, display)}) {
    whole.insert(whole.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  return whole;
}

}  // namespace stepper
