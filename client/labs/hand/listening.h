// A lab by hand beside the mock: telnet, nc or openssl talk to it, and what is fulfilled is ticked as it happens.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "client/labs/lab.h"
#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/scenario.h"

namespace hand {

struct ListenOptions {
  std::uint16_t port = 0;  // 0: any free one
  std::string record;      // file
  std::uint64_t seed = 0;
  std::string version;  // of smtplab
  core::Language language = core::Language::kEnglish;
};

// Until all tasks are fulfilled and nobody is connected any more, or "q" is typed, or SIGINT or SIGTERM comes; then the record
// is written. Lines typed at standard input: "h" a hint, "p" another task, "t" the task again. Gives the exit status: 0 when
// all are fulfilled, otherwise 1; 2 when the record cannot be written, 3 when nobody can listen.
int listen(const lab::Lab& lab, const scenario::Scenario& scenario, const knowledge::Knowledge& knowledge,
           const ListenOptions& options, std::ostream& out, std::ostream& err);

}  // namespace hand
