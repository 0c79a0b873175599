#include "imap_judge/compare.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "findings/course.h"
#include "imap/transitions.h"
#include "imap_judge/reading.h"

namespace imap_judge {
namespace {

using findings::Course;
using findings::Step;
using findings::StepAnswer;
using imap::Input;
using protocol::Outcome;

bool logs_in(Input input) { return input == Input::kLogin || input == Input::kAuthenticate || input == Input::kAuthResponse; }
bool opens_mailbox(Input input) { return input == Input::kSelect || input == Input::kExamine; }

// What has to be done for the next one.
bool is_needed(Input input) {
  return logs_in(input) || opens_mailbox(input) || input == Input::kConnect || input == Input::kStarttls ||
         input == Input::kSearch || input == Input::kCopy;
}

// "* OK [UNSEEN 3] text": a status, whose text is for people.
bool is_status(std::string_view line) {
  if (!line.starts_with("* ")) return false;
  const std::string_view word = line.substr(2, line.find(' ', 2) - 2);
  constexpr std::string_view kWords[]{"OK", "NO", "BAD", "PREAUTH", "BYE"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view one) { return one == word; });
}

// Data, and of a status what stands in brackets.
std::string facts_of(const Heard& heard) {
  std::string facts = heard.code + '\n';
  std::string_view rest = heard.bytes;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const std::string_view line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    if (rest.empty()) break;  // the line that ends it
    facts += is_status(line) ? line.substr(0, line.find(']') + 1) : line;
  }
  return facts;
}

StepAnswer answer_of(const Heard& heard) {
  const Outcome outcome = heard.is_ok() ? Outcome::kOk : heard.is_more() ? Outcome::kMore : Outcome::kRefused;
  return {outcome, std::string(imap::word_of(heard.condition)), heard.text, facts_of(heard), 0};
}

Step step_of(const Reading& reading) {
  const Turn& turn = reading.turn();
  const Input input = turn.line.input;
  Step step{.input = input};
  const bool may_be_secret = logs_in(input) || input == Input::kLiteral || input == Input::kAppend;
  const std::string_view text = turn.line.text();
  if (turn.line.is_command() && !may_be_secret) step.line = text.substr(std::min(text.find(' '), text.size() - 1) + 1);
  if (turn.heard) step.answer = answer_of(*turn.heard);
  step.leaves = input == Input::kLogout || input == Input::kClose || input == Input::kUnselect;
  step.asks = input == Input::kAuthenticate || input == Input::kAuthResponse || input == Input::kLiteral;
  step.matters = is_needed(input);
  return step;
}

bool is_harmless(const Course& course, std::size_t refused) {
  const Input input = imap::input_of(course.steps[refused].input);
  const protocol::Input following = course.steps[refused + 1].input;
  const Input next = imap::input_of(following);
  if (following.row().is_aside || next == Input::kLiteral) return true;  // a literal: of what, its command shows
  if (logs_in(input)) return logs_in(next) && next != Input::kAuthResponse;
  if (input == Input::kStarttls) return next == Input::kStarttls;
  if (opens_mailbox(input)) return imap::may_come(imap::State::kAuthenticated, next);
  if (input == Input::kSearch) return next != Input::kFetch && next != Input::kStore && next != Input::kCopy;
  if (input == Input::kCopy) return next != Input::kStore && next != Input::kExpunge;
  return false;
}

}  // namespace

std::vector<findings::Difference> compare(const std::vector<findings::Dialogue>& dialogues) {
  return findings::compare_dialogues<Reading>(dialogues, step_of, is_harmless);
}

}  // namespace imap_judge
