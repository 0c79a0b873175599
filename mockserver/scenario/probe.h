// Probes: what is laid over any scenario to see how a client takes it: slow answers, answers in pieces, other words for the
// same codes, a stage that is refused, and a connection that is lost or falls silent.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mockserver/scenario/scenario.h"

namespace scenario {

struct Probe {
  enum class Kind : std::uint8_t {
    kSlow,      // each answer comes later
    kSplit,     // each answer comes in two pieces
    kBytewise,  // each answer comes octet by octet
    kWords,     // other texts for the same codes
    kRefuse,    // what is asked for at this stage is refused
    kClose,     // … has no answer, and the connection is closed
    kStall,     // … and nothing is ever said again
  };

  Kind kind = Kind::kSlow;
  std::chrono::milliseconds time{250};  // kSlow
  std::string stage = {};               // kRefuse, kClose, kStall: as in [[reply]] stage
  std::string code = {};                // kRefuse: with which; empty: the server's own refusal there

  bool operator==(const Probe&) const = default;
};

// "slow", "slow=MS", "split", "bytewise", "words", "refuse=STAGE", "refuse=STAGE:CODE", "close=STAGE", "stall=STAGE". Errors
// (Blame::kInput) name what is wrong, and what there is.
[[nodiscard]] core::Result<Probe> parse_probe(std::string_view text);
// Several, with commas between them.
[[nodiscard]] core::Result<std::vector<Probe>> parse_probes(std::string_view list);

// The names, for completion and messages: "slow", "refuse=".
[[nodiscard]] std::vector<std::string_view> probe_names();

// The scenario's server behaves so from here on, before all its own rules. Errors (Blame::kInput): the protocol has no such
// stage, or the code refuses nothing in it.
[[nodiscard]] core::Result<void> lay_over(const std::vector<Probe>& probes, Scenario& scenario);
// The same of a list as --with gives it; an empty one does nothing.
[[nodiscard]] core::Result<void> lay_over(std::string_view list, Scenario& scenario);

}  // namespace scenario
