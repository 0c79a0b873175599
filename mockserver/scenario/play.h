// Steps played against a scenario in memory: what each is answered, and whether one reply is among the answers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "mockserver/scenario/scenario.h"

namespace scenario {

struct Played {
  std::vector<std::optional<Code>> codes;  // of the steps that were played, in their order; nothing: no reply came
  bool is_met = false;                     // the reply was said …
  std::optional<std::size_t> at;           // … first at this step; nothing: it was the greeting
  std::shared_ptr<const dialogue::Explanation> explanation = {};  // … with these words about it
  bool takes_commands = false;                                    // behind the last step the server waits for a command
};

// Plays them on as many connections as they make, until all are done, or the reply has come and asks for nothing more, or the
// server is gone. What only whoever logs in can compute ({response}) stays empty. reply: an index into Scenario::replies.
[[nodiscard]] Played play(const Scenario& scenario, const std::vector<Step>& steps, std::size_t reply);

}  // namespace scenario
