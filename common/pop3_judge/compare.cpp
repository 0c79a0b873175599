#include "pop3_judge/compare.h"

#include <cstdint>
#include <optional>
#include <string>

#include "findings/course.h"
#include "pop3/command.h"
#include "pop3_judge/reading.h"

namespace pop3_judge {
namespace {

using findings::Course;
using findings::Step;
using findings::StepAnswer;
using pop3::Input;
using pop3::InputSet;

constexpr InputSet kLogins = InputSet(Input::kUser) | Input::kPass | Input::kApop | Input::kAuth | Input::kAuthResponse;
// What has to be done for the next one; UIDL and TOP need not be there, and of a list only its numbers are needed.
constexpr InputSet kNeeded = kLogins | Input::kConnect | Input::kStls | Input::kStat | Input::kRetr;
constexpr InputSet kOfMessages = InputSet(Input::kRetr) | Input::kTop | Input::kDele;

StepAnswer answer_of(Input said, const Heard& heard) {
  using protocol::Outcome;
  StepAnswer one{heard.is_ok() ? Outcome::kOk : heard.is_refusal() ? Outcome::kRefused : Outcome::kMore, {}, {}, {}, 0};
  one.code = one.is_positive() ? "+OK" : one.is_negative() ? "-ERR" : "+";
  // STAT and its like have their numbers in the first line.
  const bool has_numbers =
      heard.is_ok() && !heard.has_body && (said == Input::kStat || said == Input::kList || said == Input::kUidl);
  one.facts = heard.code + '\n' + std::string(heard.body());
  (has_numbers ? one.facts : one.words) += heard.text;
  return one;
}

Step step_of(const Reading& reading) {
  const Turn& turn = reading.turn();
  const Input input = turn.line.input;
  Step step{.input = input};
  if (turn.line.is_command() && (input == Input::kUser || !kLogins.has(input))) step.line = turn.line.text();
  if (turn.heard) step.answer = answer_of(input, *turn.heard);
  step.leaves = input == Input::kQuit || input == Input::kRset;
  step.asks = input == Input::kAuth || input == Input::kAuthResponse;
  step.matters = kNeeded.has(input);
  return step;
}

// The message that the line names, as it names it.
std::optional<std::uint32_t> message_in(const Step& step) {
  const pop3::ParsedCommand parsed = pop3::parse_command(step.line);
  return parsed.command ? std::optional(parsed.command->message) : std::nullopt;
}

bool is_harmless(const Course& course, std::size_t refused) {
  const Step& one = course.steps[refused];
  const Step& following = course.steps[refused + 1];
  const Input input = pop3::input_of(one.input);
  const Input next = pop3::input_of(following.input);
  if (following.input.row().is_aside) return true;
  if (input == Input::kConnect) return false;
  // PASS is no other try of USER: it needs it.
  if (kLogins.has(input)) return kLogins.has(next) && next != Input::kPass && next != Input::kAuthResponse;
  if (input == Input::kStls) return next == Input::kStls;
  if (input == Input::kStat) return !kOfMessages.has(next);
  return next != Input::kDele || message_in(one) != message_in(following);
}

}  // namespace

std::vector<findings::Difference> compare(const std::vector<findings::Dialogue>& dialogues) {
  return findings::compare_dialogues<Reading>(dialogues, step_of, is_harmless);
}

}  // namespace pop3_judge
