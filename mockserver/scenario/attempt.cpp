#include "mockserver/scenario/attempt.h"

#include <algorithm>
#include <optional>

#include "core/text.h"
#include "mockserver/scenario/attempt_rows.h"
#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

Step step_with(core::Text say) {
  Step step;
  step.say = std::move(say);
  return step;
}

core::Text text_of_step(const GenericStep& step) { return {std::string(step.en), std::string(step.zh)}; }

// The line without the placeholder of its tag.
std::string_view untagged(std::string_view line) {
  constexpr std::string_view kTag = "{tag} ";
  return line.starts_with(kTag) ? line.substr(kTag.size()) : line;
}

// The lines of one protocol, with what the guided dialogue says of them.
class Wording {
 public:
  explicit Wording(const protocol::Protocol& protocol) : protocol_(protocol), way_(way_of(protocol)) {}

  [[nodiscard]] Step line_step(const std::string& line) const {
    Step step = step_with(words_for(line));
    step.send = line;
    return step;
  }

  // Behind AUTH come answers to what the server asks, which have no verb to be told by.
  void add_turn(const std::vector<std::string>& lines, std::vector<Step>& to) const {
    for (const std::string& line : lines) {
      to.push_back(line_step(line));
      const bool is_answer = &line != &lines.front() && untagged(lines.front()).starts_with("AUTH");
      if (is_answer && !words_for_same(line)) to.back().say = {std::string(kLoginLineEn), std::string(kLoginLineZh)};
    }
  }

  void add_message(const Attempt& attempt, std::vector<Step>& to) const {
    const auto generic =
        std::find_if(way_.steps.begin(), way_.steps.end(), [](const GenericStep& step) { return !step.message.empty(); });
    Step step = step_with(text_of_step(*generic));
    (attempt.is_raw ? step.send : step.message) = attempt.message;
    if (attempt.is_raw) step.line_end = protocol::LineEnd::kNone;
    to.push_back(std::move(step));
    to.push_back(line_step("."));
  }

  // TLS, and what is said again inside of it.
  void add_tls(const Attempt& attempt, std::vector<Step>& to) const {
    const bool again = attempt.up_to >= Reach::kHelloAgain && !attempt.hello.empty();
    for (const GenericStep& generic : way_.begin_tls.first(again ? way_.begin_tls.size() : 1)) {
      const bool is_hello = &generic != &way_.begin_tls.front();
      to.push_back(step_with(text_of_step(generic)));
      to.back().send = is_hello ? attempt.hello : std::string(generic.send);
    }
  }

 private:
  // Of this very line; nothing where there is none such.
  [[nodiscard]] std::optional<core::Text> words_for_same(std::string_view line) const {
    const auto same =
        std::find_if(way_.steps.begin(), way_.steps.end(), [&](const GenericStep& step) { return step.send == line; });
    return same == way_.steps.end() || line.empty() ? std::nullopt : std::optional(text_of_step(*same));
  }

  // The same of the step whose line begins alike.
  [[nodiscard]] core::Text words_for(std::string_view line) const {
    if (const auto same = words_for_same(line)) return *same;
    line = untagged(line);
    const std::string_view verb = line.substr(0, line.find(' '));
    const auto is_alike = [&](std::string_view send) {
      send = untagged(send);
      return send.starts_with("AUTH") ? core::equals_ignoring_case(line, send)
                                      : core::equals_ignoring_case(send.substr(0, send.find(' ')), verb);
    };
    const std::string begin_plain = std::string(protocol_.input(protocol::Role::kLogin).verb()) + " PLAIN ";
    for (const GenericStep& step : way_.steps) {
      if (is_alike(step.send) || (step.login == Login::kPlain && line.starts_with(begin_plain))) return text_of_step(step);
    }
    for (const AnyTimeStep& any : way_.any_time) {
      if (is_alike(any.step.send)) return text_of_step(any.step);
    }
    const auto command = protocol_.find_command(verb);
    if (command && command->is(protocol::Role::kHello)) return text_of_step(way_.steps.front());
    if (command && command->is(protocol::Role::kStartTls)) return text_of_step(way_.begin_tls.front());
    return {std::string(kOtherLineEn), std::string(kOtherLineZh)};
  }

  const protocol::Protocol& protocol_;
  const Way& way_;
};

}  // namespace

std::vector<Step> steps_of(const Attempt& attempt, const protocol::Protocol& protocol) {
  const Wording wording(protocol);
  std::vector<Step> steps;
  const auto is_in = [&](Reach part) { return part <= attempt.up_to; };
  if (is_in(Reach::kHello) && !attempt.hello.empty()) steps.push_back(wording.line_step(attempt.hello));
  if (is_in(Reach::kStarttls) && attempt.starttls) wording.add_tls(attempt, steps);
  if (is_in(Reach::kLogin)) wording.add_turn(attempt.login, steps);
  for (std::size_t i = 0; i < attempt.messages; ++i) {
    if (is_in(Reach::kMail)) steps.push_back(wording.line_step(attempt.mail));
    if (is_in(Reach::kRcpt)) steps.push_back(wording.line_step(attempt.rcpt));
    if (is_in(Reach::kData)) steps.push_back(wording.line_step("DATA"));
    if (is_in(Reach::kMessage)) wording.add_message(attempt, steps);
  }
  for (const std::vector<std::string>& turn : attempt.turns) wording.add_turn(turn, steps);
  number_tags(steps);
  return steps;
}

}  // namespace scenario
