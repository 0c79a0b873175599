// Runs a program once, as a trial wants it, in a copy of its folder that nobody sees afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "client/labs/evidence.h"
#include "client/labs/lab.h"
#include "core/result.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace lab {

// What is marked.
struct Submission {
  std::vector<std::string> command;  // with {names} of the given, {host} and {port}
  std::string folder;                // that is copied; REQUIRES: it is there
  std::string smtplab;               // the program that runs it (program::RunOptions)
  std::uint64_t seed = 0;
  std::chrono::milliseconds time{120'000};  // for each trial
};

// lenient: quirks that the servers have besides their own. Errors: "not-started" (Error::id) when the command cannot be
// started; the folder cannot be copied; scenario, probes; no network can be closed.
[[nodiscard]] core::Result<Evidence> conduct(const Lab& lab, const Trial& trial, const Submission& submission,
                                             const std::vector<std::string>& lenient, const scenario::Catalogue& catalogue,
                                             const knowledge::Knowledge& knowledge);

// The same of a server: our client speaks to it as the lab's talks say.
[[nodiscard]] core::Result<Evidence> conduct_server(const Lab& lab, const Submission& submission,
                                                    const scenario::Catalogue& catalogue,
                                                    const knowledge::Knowledge& knowledge);

}  // namespace lab
