#include "mockserver/scenario/attempt.h"

#include <algorithm>
#include <optional>

#include "core/text.h"
#include "mockserver/scenario/generic_steps.h"

namespace scenario {
namespace {

Step step_with(core::Text say) {
  Step step;
  step.say = std::move(say);
  return step;
}

core::Text text_of_step(const GenericStep& step) { return {std::string(step.en), std::string(step.zh)}; }

// What the guided dialogue says of this very line; nothing where it has none such.
std::optional<core::Text> words_for_same(std::string_view line) {
  const auto* const same =
      std::find_if(kGenericSteps.begin(), kGenericSteps.end(), [&](const GenericStep& step) { return step.send == line; });
  return same == kGenericSteps.end() || line.empty() ? std::nullopt : std::optional(text_of_step(*same));
}

// The same of the step whose line begins alike.
core::Text words_for(std::string_view line) {
  if (const auto same = words_for_same(line)) return *same;
  const std::string_view verb = line.substr(0, line.find(' '));
  const auto is_alike = [&](std::string_view send) {
    return send.starts_with("AUTH ") ? core::equals_ignoring_case(line, send)
                                     : core::equals_ignoring_case(send.substr(0, send.find(' ')), verb);
  };
  for (const GenericStep& step : kGenericSteps) {
    if (is_alike(step.send) || (step.login == Login::kPlain && line.starts_with("AUTH PLAIN "))) return text_of_step(step);
  }
  for (const AnyTimeStep& any : kAnyTimeSteps) {
    if (is_alike(any.step.send)) return text_of_step(any.step);
  }
  if (core::equals_ignoring_case(verb, "HELO")) return text_of_step(kGenericSteps.front());
  if (core::equals_ignoring_case(verb, "STARTTLS")) return text_of_step(kStarttlsStep);
  return {std::string(kOtherLineEn), std::string(kOtherLineZh)};
}

Step line_step(const std::string& line) {
  Step step = step_with(words_for(line));
  step.send = line;
  return step;
}

// Behind AUTH come answers to what the server asks, which have no verb to be told by.
void add_turn(const std::vector<std::string>& lines, std::vector<Step>& to) {
  for (const std::string& line : lines) {
    to.push_back(line_step(line));
    const bool is_answer = &line != &lines.front() && lines.front().starts_with("AUTH");
    if (is_answer && !words_for_same(line)) to.back().say = {std::string(kLoginLineEn), std::string(kLoginLineZh)};
  }
}

void add_message(const Attempt& attempt, std::vector<Step>& to) {
  const auto* const generic =
      std::find_if(kGenericSteps.begin(), kGenericSteps.end(), [](const GenericStep& step) { return !step.message.empty(); });
  Step step = step_with(text_of_step(*generic));
  (attempt.is_raw ? step.send : step.message) = attempt.message;
  if (attempt.is_raw) step.line_end = smtp::LineEnd::kNone;
  to.push_back(std::move(step));
  to.push_back(line_step("."));
}

}  // namespace

std::vector<Step> steps_of(const Attempt& attempt) {
  std::vector<Step> steps;
  const auto is_in = [&](Reach part) { return part <= attempt.up_to; };
  if (is_in(Reach::kHello) && !attempt.hello.empty()) steps.push_back(line_step(attempt.hello));
  if (is_in(Reach::kStarttls) && attempt.starttls) steps.push_back(line_step("STARTTLS"));
  if (is_in(Reach::kHelloAgain) && attempt.starttls && !attempt.hello.empty()) {
    steps.push_back(line_step(attempt.hello));
    steps.back().say = text_of_step(kEhloAgainStep);
  }
  if (is_in(Reach::kLogin)) add_turn(attempt.login, steps);
  for (std::size_t i = 0; i < attempt.messages; ++i) {
    if (is_in(Reach::kMail)) steps.push_back(line_step(attempt.mail));
    if (is_in(Reach::kRcpt)) steps.push_back(line_step(attempt.rcpt));
    if (is_in(Reach::kData)) steps.push_back(line_step("DATA"));
    if (is_in(Reach::kMessage)) add_message(attempt, steps);
  }
  for (const std::vector<std::string>& turn : attempt.turns) add_turn(turn, steps);
  return steps;
}

}  // namespace scenario
