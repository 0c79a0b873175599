#include "smtp_judge/compare.h"

#include <string>
#include <utility>

#include "findings/course.h"
#include "smtp/neutral.h"
#include "smtp_judge/reading.h"

namespace smtp_judge {
namespace {

using findings::Course;
using findings::Step;
using findings::StepAnswer;
using smtp::Input;
using smtp::InputSet;

// What refuses nothing that anything depends on, or behind which a client leaves anyway.
constexpr InputSet kWithoutConsequence = InputSet(Input::kNoop) | Input::kRset | Input::kVrfy | Input::kExpn | Input::kHelp |
                                         Input::kQuit | Input::kMessage | Input::kUnknown;
constexpr InputSet kAsking = InputSet(Input::kData) | Input::kAuth | Input::kAuthResponse;
constexpr InputSet kHellos = InputSet(Input::kHelo) | Input::kEhlo;

StepAnswer answer_of(Input said, const smtp::Reply& reply) {
  protocol::Answer answer = smtp::neutral(reply);
  const bool offers = said == Input::kEhlo && answer.is_positive();
  StepAnswer one{answer.outcome, std::move(answer.code), {}, {}, 0};
  for (const std::string& line : reply.lines) (offers && &line != &reply.lines.front() ? one.facts : one.words) += line + '\n';
  return one;
}

Step step_of(const Reading& reading) {
  const Turn& turn = reading.turn();
  const Input input = turn.line.input;
  Step step{.input = input};
  if (turn.line.is_command() && !turn.line.is_meant_as(Input::kAuth)) step.line = turn.line.text();
  if (turn.heard) step.answer = answer_of(input, turn.heard->reply);
  step.leaves = input == Input::kQuit || input == Input::kRset;
  step.asks = kAsking.has(input);
  step.matters = !kWithoutConsequence.has(input);
  return step;
}

// Another try is no sign that the refusal was not read.
bool tries_again(Input refused, Input next) {
  if (kHellos.has(refused)) return kHellos.has(next);
  if (refused == Input::kAuth || refused == Input::kAuthResponse) return next == Input::kAuth;
  return next == refused || next == Input::kNoop;
}

// Whether some recipient of the same message was taken before this step.
bool has_recipient(const Course& course, std::size_t step) {
  for (std::size_t i = step; i-- > 0;) {
    const Step& one = course.steps[i];
    if (one.input == Input::kMail) return false;
    if (one.input == Input::kRcpt && one.answer && one.answer->is_positive()) return true;
  }
  return false;
}

bool is_harmless(const Course& course, std::size_t refused) {
  const Input input = smtp::input_of(course.steps[refused].input);
  if (tries_again(input, smtp::input_of(course.steps[refused + 1].input))) return true;
  return input == Input::kRcpt && has_recipient(course, refused);
}

}  // namespace

std::vector<findings::Difference> compare(const std::vector<findings::Dialogue>& dialogues) {
  return findings::compare_dialogues<Reading>(dialogues, step_of, is_harmless);
}

}  // namespace smtp_judge
