#include "smtp_judge/scene.h"

#include <algorithm>
#include <string>
#include <utility>

namespace smtp_judge {
namespace {

// Of a message, where octets of its text stand on the wire: the dots that were taken out are there.
std::size_t on_the_wire(const Line& line, std::size_t at) {
  if (line.input != smtp::Input::kMessage) return at;
  return at + static_cast<std::size_t>(std::upper_bound(line.dots.begin(), line.dots.end(), at) - line.dots.begin());
}

void add_events(findings::Finding& finding, const std::vector<findings::Octets>& octets) {
  for (const findings::Octets& one : octets) {
    if (finding.events.empty() || finding.events.back() != one.event) finding.events.push_back(one.event);
  }
}

findings::Finding made_of(const findings::Sight& sight) {
  findings::Finding finding;
  finding.id = sight.id;
  finding.certain = sight.certain;
  finding.expected = sight.expected;
  return finding;
}

}  // namespace

findings::Finding Scene::finding(const findings::Sight& sight, const Line& line) const {
  findings::Finding finding = made_of(sight);
  const Track& track = reading.track();
  const std::uint64_t begin = line.begin + on_the_wire(line, sight.where.begin);
  const std::uint64_t end = line.begin + on_the_wire(line, sight.where.end);
  finding.octets = track.where(begin, end);
  add_events(finding, finding.octets.empty() ? track.where(line.begin, line.end()) : finding.octets);
  const Turn& turn = reading.turn();
  if (line.input == smtp::Input::kConnect) finding.events.push_back(turn.event);
  if (turn.heard && line.begin == turn.line.begin) finding.events.push_back(turn.heard->event);
  return finding;
}

Number Scene::tell(const findings::Sight& sight, const Line& line, std::optional<Number> follows) {
  findings::Finding one = finding(sight, line);
  one.follows = follows;
  return ledger.tell(std::move(one));
}

Number Scene::tell_of_pending(const findings::Sight& sight, std::optional<Number> follows) {
  findings::Finding finding = made_of(sight);
  const std::uint64_t begin = reading.pending_begin();
  const std::uint64_t end = reading.track().end();
  finding.octets = reading.track().where(begin + sight.where.begin, std::min(begin + sight.where.end, end));
  add_events(finding, reading.track().where(begin, end));
  if (finding.events.empty() && reading.turn().heard) finding.events.push_back(reading.turn().heard->event);
  finding.follows = follows;
  return ledger.tell(std::move(finding));
}

}  // namespace smtp_judge
