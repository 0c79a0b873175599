#include "smtp_judge/course.h"

#include "smtp_judge/reading.h"

namespace smtp_judge {
namespace {

using smtp::Input;

Step step_of(const Reading& reading) {
  const Turn& turn = reading.turn();
  Step step;
  step.input = turn.line.input;
  const bool is_shown = turn.line.is_command() && !turn.line.is_meant_as(Input::kAuth);
  if (is_shown) step.line = turn.line.text();
  const auto where = reading.track().where(turn.line.begin, turn.line.end());
  step.event = where.empty() ? turn.event : where.front().event;
  if (!turn.heard) return step;
  step.reply = turn.heard->reply;
  step.reply_event = turn.heard->event;
  return step;
}

}  // namespace

Way Course::way_behind(std::size_t step) const {
  if (step + 1 >= steps.size()) return client_closed ? Way::kAway : Way::kUnknown;
  const Input next = steps[step + 1].input;
  return next == Input::kQuit || next == Input::kRset ? Way::kAway : Way::kOn;
}

Course course_of(const findings::Dialogue& dialogue) {
  Reading reading;
  Course course;
  for (const dialogue::Event& event : dialogue) {
    if (event.kind == dialogue::Kind::kClosed) course.client_closed = event.closed_by != dialogue::ClosedBy::kServer;
    reading.take(event);
    while (const auto moment = reading.next()) {
      const bool is_unanswered = *moment == Moment::kSaid && reading.turn().line.unanswered;
      if (*moment == Moment::kAnswered || is_unanswered) course.steps.push_back(step_of(reading));
    }
  }
  if (reading.known().is_over) course.client_closed = false;
  return course;
}

}  // namespace smtp_judge
