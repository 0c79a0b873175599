#include "findings/course.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.h"

namespace findings {
namespace {

using protocol::Input;

using Courses = std::vector<Course>;

// A step of one of them.
struct Place {
  std::size_t course = 0;
  std::size_t step = 0;
};

const Step& at(const Courses& courses, Place place) { return courses[place.course].steps[place.step]; }
Way way(const Courses& courses, Place place) { return courses[place.course].way_behind(place.step); }

// The step with its reply, and what came behind it.
Shown shown_at(const Courses& courses, Place place) {
  const std::vector<Step>& steps = courses[place.course].steps;
  const Step& step = steps[place.step];
  Shown shown{place.course, {step.event}};
  if (step.answer) shown.events.push_back(step.answer->event);
  if (place.step + 1 < steps.size()) shown.events.push_back(steps[place.step + 1].event);
  return shown;
}

// --- by the words -------------------------------------------------------------------------------------------------------

// What of an answer is the same each time: ids, times and addresses are not.
std::string lasting_words(const StepAnswer& answer) {
  std::string lasting;
  std::string_view rest = answer.words;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (std::none_of(word.begin(), word.end(), core::is_digit)) lasting.append(word) += ' ';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lasting;
}

// Both have come here alike, and what they may do from here on is the same.
bool is_alike(const Step& one, const Step& other) {
  return one.input == other.input && one.line == other.line && one.answer && other.answer &&
         one.answer->code == other.answer->code && one.answer->facts == other.answer->facts;
}

// Where one goes on and the other does not, or otherwise, although the codes were the same all along.
std::optional<std::size_t> parted_by_words(const Course& one, const Course& other) {
  for (std::size_t i = 0; i < one.steps.size() && i < other.steps.size(); ++i) {
    if (!is_alike(one.steps[i], other.steps[i])) return std::nullopt;
    const Way ways[]{one.way_behind(i), other.way_behind(i)};
    if (ways[0] == Way::kUnknown || ways[1] == Way::kUnknown) return std::nullopt;
    const bool both_on = ways[0] == Way::kOn && ways[1] == Way::kOn;
    if (ways[0] == ways[1] && (!both_on || one.steps[i + 1].input == other.steps[i + 1].input)) continue;
    const bool is_other = lasting_words(*one.steps[i].answer) != lasting_words(*other.steps[i].answer);
    return is_other ? std::optional(i) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Difference> depends_on_words(const Courses& courses) {
  for (std::size_t i = 0; i < courses.size(); ++i) {
    for (std::size_t j = i + 1; j < courses.size(); ++j) {
      const auto step = parted_by_words(courses[i], courses[j]);
      if (!step) continue;
      const bool first_stops = courses[i].way_behind(*step) == Way::kAway;
      const Place stops{first_stops ? i : j, *step};
      const Place goes_on{first_stops ? j : i, *step};
      return Difference{"depends-on-reply-text", true, {shown_at(courses, stops), shown_at(courses, goes_on)}};
    }
  }
  return std::nullopt;
}

// --- by the code --------------------------------------------------------------------------------------------------------

// Behind another code of the same class it stops.
std::optional<Difference> expects_one_code(const Courses& courses, const std::vector<Place>& all) {
  for (const Place stops : all) {
    const Step& one = at(courses, stops);
    if (!one.answer->is_positive() || one.input.is(protocol::Role::kQuit) || way(courses, stops) != Way::kAway) continue;
    for (const Place goes_on : all) {
      const Step& other = at(courses, goes_on);
      const bool is_other_code = other.answer->code != one.answer->code && other.answer->is_positive();
      if (other.input == one.input && is_other_code && way(courses, goes_on) == Way::kOn)
        return Difference{"wrong-expected-code", true, {shown_at(courses, stops), shown_at(courses, goes_on)}};
    }
  }
  return std::nullopt;
}

// Where more is asked for it leaves, each time.
std::optional<Difference> leaves_where_asked(const Courses& courses, const std::vector<Place>& all) {
  for (const Place first : all) {
    const Input input = at(courses, first).input;
    std::vector<Shown> left;
    bool is_always = true;
    for (const Place place : all) {
      const Step& step = at(courses, place);
      if (step.input != input || !step.asks || !step.answer->is_more() || way(courses, place) == Way::kUnknown) continue;
      is_always = is_always && way(courses, place) == Way::kAway;
      left.push_back(shown_at(courses, place));
    }
    if (is_always && left.size() > 1) return Difference{"wrong-expected-code", false, std::move(left)};
  }
  return std::nullopt;
}

// --- whether at all -----------------------------------------------------------------------------------------------------

// Where the same was taken, the same came next: the refusal made no difference.
std::optional<Place> same_behind_success(const Courses& courses, const std::vector<Place>& all, Place refused) {
  const Input next = courses[refused.course].steps[refused.step + 1].input;
  const auto hit = std::find_if(all.begin(), all.end(), [&](Place place) {
    const Step& step = at(courses, place);
    return step.input == at(courses, refused).input && !step.answer->is_negative() && way(courses, place) == Way::kOn &&
           courses[place.course].steps[place.step + 1].input == next;
  });
  return hit == all.end() ? std::nullopt : std::optional(*hit);
}

std::optional<Difference> overlooks_refusals(const Courses& courses, const std::vector<Place>& all, IsHarmless is_harmless) {
  std::vector<Shown> ignored;
  std::vector<Shown> beside;
  std::vector<Input> ignored_at;
  std::vector<Place> noticed;
  for (const Place place : all) {
    const Step& step = at(courses, place);
    if (!step.answer->is_negative() || !step.matters) continue;
    if (way(courses, place) == Way::kAway) noticed.push_back(place);
    if (way(courses, place) != Way::kOn || is_harmless(courses[place.course], place.step)) continue;
    const auto taken = same_behind_success(courses, all, place);
    if (!taken) continue;
    ignored.push_back(shown_at(courses, place));
    if (beside.empty()) beside.push_back(shown_at(courses, *taken));
    ignored_at.push_back(step.input);
  }
  if (ignored.empty()) return std::nullopt;
  const auto is_read_there = [&](Place place) {
    return std::find(ignored_at.begin(), ignored_at.end(), at(courses, place).input) == ignored_at.end();
  };
  const auto elsewhere = std::find_if(noticed.begin(), noticed.end(), is_read_there);
  const bool is_here_only = elsewhere != noticed.end();
  if (is_here_only) beside.push_back(shown_at(courses, *elsewhere));
  ignored.insert(ignored.end(), beside.begin(), beside.end());
  return Difference{is_here_only ? "checks-stale-reply" : "ignores-error-reply", !is_here_only, std::move(ignored)};
}

}  // namespace

std::vector<Difference> compare_courses(const Courses& courses, IsHarmless is_harmless) {
  std::vector<Difference> differences;
  if (courses.size() < 2) return differences;
  std::vector<Place> answered;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    for (std::size_t step = 0; step < courses[i].steps.size(); ++step) {
      if (courses[i].steps[step].answer) answered.push_back({i, step});
    }
  }
  auto code = expects_one_code(courses, answered);
  if (!code) code = leaves_where_asked(courses, answered);
  for (auto& one : {depends_on_words(courses), code, overlooks_refusals(courses, answered, is_harmless)}) {
    if (one) differences.push_back(*one);
  }
  return differences;
}

}  // namespace findings
