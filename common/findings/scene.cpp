#include "findings/scene.h"

namespace findings {

Finding made_of(const Sight& sight) {
  Finding finding;
  finding.id = sight.id;
  finding.certain = sight.certain;
  finding.expected = sight.expected;
  return finding;
}

void add_events(Finding& finding, const std::vector<Octets>& octets) {
  for (const Octets& one : octets) {
    if (finding.events.empty() || finding.events.back() != one.event) finding.events.push_back(one.event);
  }
}

Finding together(std::vector<Finding> parts, std::string_view id) {
  Finding whole = std::move(parts.front());
  whole.id = id;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (const std::uint64_t event : parts[i].events) {
      if (whole.events.back() != event) whole.events.push_back(event);
    }
    whole.octets.insert(whole.octets.end(), parts[i].octets.begin(), parts[i].octets.end());
  }
  return whole;
}

}  // namespace findings
