// The course that a dialogue took: what was said, step by step, with the answer to each; as everything sees it that compares
// several of them and knows no protocol. Who reads the protocol makes the steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dialogue/event.h"
#include "findings/moment.h"
#include "findings/several.h"
#include "protocol/answer.h"
#include "protocol/input.h"

namespace findings {

struct StepAnswer {
  protocol::Outcome outcome = protocol::Outcome::kOk;
  std::string code;   // "250", "+OK", "NO"
  std::string words;  // lines for people, which a program may not rely on
  std::string facts;  // what it may: what is offered, data, codes inside of the text
  std::uint64_t event = 0;

  [[nodiscard]] bool is_positive() const { return outcome == protocol::Outcome::kOk; }
  [[nodiscard]] bool is_more() const { return outcome == protocol::Outcome::kMore; }
  [[nodiscard]] bool is_negative() const {
    return outcome == protocol::Outcome::kRefused || outcome == protocol::Outcome::kRefusedForNow;
  }
};

struct Step {
  protocol::Input input;
  std::string line = {};                  // as it was said, without tag and end; empty where it is of a login or a message
  std::uint64_t event = 0;                // in which it was said; of the connection the one that says so
  std::optional<StepAnswer> answer = {};  // nothing: it was never answered
  bool leaves = false;                    // it says goodbye, or takes back what was begun
  bool asks = false;                      // "go on" to it is what has to come before the next line
  bool matters = false;                   // refused, it keeps the task from being done
};

// How a client goes on behind an answer.
enum class Way : std::uint8_t {
  kOn,       // with something that belongs to its task
  kAway,     // it says goodbye, takes back what it has begun, or closes
  kUnknown,  // the server has ended the dialogue, or it is not over
};

struct Course {
  std::vector<Step> steps;
  bool client_closed = false;

  [[nodiscard]] Way way_behind(std::size_t step) const {
    if (step + 1 >= steps.size()) return client_closed ? Way::kAway : Way::kUnknown;
    return steps[step + 1].leaves ? Way::kAway : Way::kOn;
  }
};

// make_step: of what was said last, with everything but its event.
template <typename Reading>
[[nodiscard]] Course course_of(const Dialogue& dialogue, Step (*make_step)(const Reading&)) {
  Reading reading;
  Course course;
  for (const dialogue::Event& event : dialogue) {
    if (event.kind == dialogue::Kind::kClosed) course.client_closed = event.closed_by != dialogue::ClosedBy::kServer;
    reading.take(event);
    while (const auto moment = reading.next()) {
      const auto& turn = reading.turn();
      if (*moment != Moment::kAnswered && !(*moment == Moment::kSaid && turn.line.unanswered)) continue;
      Step& step = course.steps.emplace_back(make_step(reading));
      const auto where = reading.track().where(turn.line.begin, turn.line.end());
      step.event = where.empty() ? turn.event : where.front().event;
      if (step.answer) step.answer->event = turn.heard->event;
    }
  }
  if (reading.known().is_over) course.client_closed = false;
  return course;
}

// Whether what came behind a refusal may come all the same: another try, something that does not need it.
using IsHarmless = bool (*)(const Course& course, std::size_t refused);

// As findings::compare(), of courses.
[[nodiscard]] std::vector<Difference> compare_courses(const std::vector<Course>& courses, IsHarmless is_harmless);

template <typename Reading>
[[nodiscard]] std::vector<Difference> compare_dialogues(const std::vector<Dialogue>& dialogues,
                                                        Step (*make_step)(const Reading&), IsHarmless is_harmless) {
  constexpr std::size_t kMost = 64;  // that are compared; the rest would show no more
  std::vector<Course> courses;
  for (std::size_t i = 0; i < dialogues.size() && i < kMost; ++i)
    courses.push_back(course_of<Reading>(dialogues[i], make_step));
  return compare_courses(courses, is_harmless);
}

}  // namespace findings
