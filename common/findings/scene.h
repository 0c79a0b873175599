// What all who look for mistakes have before them: the dialogue so far, what was told of it, and what explains what comes next.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "findings/finding.h"
#include "findings/ledger.h"
#include "findings/server.h"
#include "findings/track.h"

namespace findings {

using Number = std::uint64_t;  // of a finding

// What shows so, still without octets and events.
[[nodiscard]] Finding made_of(const Sight& sight);
// The events of these octets, each once.
void add_events(Finding& finding, const std::vector<Octets>& octets);
// One finding of all these, which are of one kind. REQUIRES: !parts.empty().
[[nodiscard]] Finding together(std::vector<Finding> parts, std::string_view id);

// Reading: a log as its protocol sees it, with turn(), whose line was said last, track() of the client's octets, and those that
// are no line yet.
template <typename Reading>
struct Scene {
  using Line = typename Reading::Line;

  Server server;
  Reading reading;
  Ledger ledger;
  // Because of this, what comes now is refused: a command that came too soon, a login that is missing. Until something is taken
  // again, what the client does wrong follows from it.
  std::optional<Number> root;
  // Because of this the client reads each reply too late: an empty line, a greeting that was never read. Nothing shows that it
  // ever catches up.
  std::optional<Number> slip;

  // A sight in this line. Gives its number.
  Number tell(const Sight& sight, const Line& line, std::optional<Number> follows = std::nullopt) {
    Finding one = finding(sight, line);
    one.follows = follows;
    return ledger.tell(std::move(one));
  }

  // The same, to be told later, when the line is no longer there.
  [[nodiscard]] Finding finding(const Sight& sight, const Line& line) const {
    Finding finding = made_of(sight);
    const Track& track = reading.track();
    finding.octets =
        track.where(line.begin + line.on_the_wire(sight.where.begin), line.begin + line.on_the_wire(sight.where.end));
    add_events(finding, finding.octets.empty() ? track.where(line.begin, line.end()) : finding.octets);
    const auto& turn = reading.turn();
    if (line.is_connection()) finding.events.push_back(turn.event);
    if (turn.heard && line.begin == turn.line.begin) finding.events.push_back(turn.heard->event);
    return finding;
  }

  // Of octets that are no line yet; the span counts from the first of them.
  Number tell_of_pending(const Sight& sight, std::optional<Number> follows = std::nullopt) {
    Finding finding = made_of(sight);
    const std::uint64_t begin = reading.pending_begin();
    const std::uint64_t end = reading.track().end();
    finding.octets = reading.track().where(begin + sight.where.begin, std::min(begin + sight.where.end, end));
    add_events(finding, reading.track().where(begin, end));
    if (finding.events.empty() && reading.turn().heard) finding.events.push_back(reading.turn().heard->event);
    finding.follows = follows;
    return ledger.tell(std::move(finding));
  }
};

}  // namespace findings
