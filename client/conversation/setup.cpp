#include "client/conversation/setup.h"

#include <fstream>
#include <utility>

#include "dialogue/json_lines.h"

namespace client {

core::Result<scenario::Catalogue> open_catalogue(const StepOptions& options) {
  if (options.scenarios) return scenario::Catalogue::from_folder(*options.scenarios);
  return scenario::Catalogue::embedded();
}

core::Result<Setup> set_up(const StepOptions& options) {
  auto catalogue = open_catalogue(options);
  if (!catalogue) return core::Failure(catalogue.error());
  auto knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return core::Failure(knowledge.error());
  Setup setup{std::move(*catalogue), std::move(*knowledge), {}, {}};
  if (options.server) setup.server = Endpoint{*options.server, options.port};
  if (!options.scenario.empty() || !options.server) {
    auto scenario = setup.catalogue.load(options.scenario.empty() ? kDefaultScenario : std::string_view(options.scenario));
    if (!scenario) return core::Failure(scenario.error());
    setup.scenario = std::move(*scenario);
  }
  return setup;
}

std::unique_ptr<Conversation> make_conversation(net::Loop& loop, const Setup& setup, std::function<void()> changed) {
  if (setup.server) return std::make_unique<Conversation>(loop, *setup.server, std::move(changed));
  return std::make_unique<Conversation>(loop, *setup.scenario, std::move(changed));
}

core::Result<void> write_json_lines(const std::string& file_name, const dialogue::Log& log, bool show_secrets) {
  std::ofstream file(file_name, std::ios::binary);
  dialogue::JsonOptions json;
  json.show_secrets = show_secrets;
  for (const dialogue::Event& event : log.events()) file << dialogue::json_line(event, json);
  if (!file.flush()) return core::fail(core::Blame::kSystem, "the transcript cannot be written", file_name);
  return {};
}

core::Result<void> write_transcript(const StepOptions& options, const dialogue::Log& log) {
  if (!options.transcript) return {};
  return write_json_lines(*options.transcript, log, options.show_secrets);
}

}  // namespace client
