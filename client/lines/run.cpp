#include "client/lines/run.h"

#include <chrono>
#include <deque>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/conversation/complain.h"
#include "client/conversation/setup.h"
#include "client/lines/player.h"
#include "client/lines/script.h"
#include "client/stepper/lines_of.h"
#include "net/loop.h"

namespace lines {
namespace {

// How long the embedded mock may take before the run is given up: nobody who watches plain lines waits as long as RFC 5321
// §4.5.3.2 wants it of clients.
constexpr std::chrono::seconds kPatienceWithMock{30};
// In a lesson whose point it is that nothing comes.
constexpr std::chrono::seconds kPatienceWithSilence{2};

}  // namespace

int run_lines(const client::StepOptions& wished) {
  client::StepOptions options = wished;
  const bool is_hasty = !options.server && !options.patience;
  if (is_hasty) options.patience = kPatienceWithMock;
  const auto complain = [&](const core::Error& error) {
    client::complain(error, options.language, std::cerr);
    return client::kUsage;
  };
  auto setup = client::set_up(options);
  if (!setup) return complain(setup.error());
  if (is_hasty && client::shows_silence(*setup->scenario)) setup->manners.patience = kPatienceWithSilence;
  std::optional<std::deque<std::string>> script;
  if (options.script) {
    const auto text = read_script(*options.script);
    if (!text) return complain(text.error());
    const std::vector<std::string> lines = stepper::lines_of(*text);
    script.emplace(lines.begin(), lines.end());
  }
  net::Loop loop;
  Player player(loop, *setup, options, std::move(script));
  const int status = player.play();
  if (const auto written = client::state_of(setup->manners.transcript); !written) complain(written.error());
  return status;
}

}  // namespace lines
