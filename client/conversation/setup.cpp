#include "client/conversation/setup.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "client/base/host_port.h"
#include "core/show.h"
#include "mockserver/scenario/probe.h"

namespace client {
namespace {

// The embedded mock is as patient as the person in front of it, unless told otherwise.
core::Result<Manners> manners_of(const StepOptions& options) {
  auto key_log = key_log_of_environment();
  if (!key_log) return core::Failure(key_log.error());
  Manners manners{options.patience, options.server || options.patience, options.insecure, std::move(*key_log)};
  manners.client_name = options.client_name;
  manners.language = options.language;
  return manners;
}

// "step HOST:PORT", as send and --server take it. No id of a scenario has a port.
bool is_server(std::string_view scenario) {
  const auto parsed = parse_host_port(scenario);
  return parsed && parsed->port && scenario.find('#') == std::string_view::npos;
}

core::Error server_as_scenario(std::string_view id) {
  const std::string shown = core::show_bytes(id);
  return {core::Blame::kInput,
          core::phrase("'{0}' is a server and no scenario", "'{0}' 是服务器，不是场景", {shown}),
          {},
          core::phrase("write --server {0}", "请写 --server {0}", {shown}),
          "server-as-scenario"};
}

// Of a path through several servers there is only the first.
core::Error several_servers(const scenario::Scenario& scenario) {
  return {core::Blame::kInput,
          core::phrase("the path of {0} goes on at other servers than this one", "{0} 的步骤后面要换到别的服务器",
                       {core::show_bytes(scenario.id)}),
          {},
          {"leave --server out: the mock has them all", "去掉 --server：模拟服务器里它们都有"},
          {}};
}

}  // namespace

core::Result<scenario::Catalogue> open_catalogue(const StepOptions& options) {
  if (options.scenarios) return scenario::Catalogue::from_folder(*options.scenarios);
  return scenario::Catalogue::embedded();
}

core::Result<Setup> set_up(const StepOptions& options) {
  const auto& knowledge = knowledge::Knowledge::embedded();
  if (!knowledge) return core::Failure(knowledge.error());
  Setup setup{*knowledge, {}, {}, {}};
  auto manners = manners_of(options);
  if (!manners) return core::Failure(manners.error());
  setup.manners = std::move(*manners);
  setup.manners.secrets.push_back(options.password);
  if (options.server) {
    auto trust = trust_of(options.authority, options.insecure);
    if (!trust) return core::Failure(trust.error());
    const std::uint16_t port = options.port.value_or(usual_port(*options.protocol, options.security));
    setup.server = Endpoint{*options.server, port, options.security, *trust, options.protocol};
  }
  if (!options.scenario.empty() || !options.server) {
    const std::string_view id = options.scenario.empty() ? kDefaultScenario : std::string_view(options.scenario);
    auto scenario = open_catalogue(options).and_then([&](const scenario::Catalogue& all) { return all.load(id); });
    if (!scenario) return core::Failure(is_server(id) ? server_as_scenario(id) : scenario.error());
    if (options.server && !scenario->others.empty()) return core::Failure(several_servers(*scenario));
    if (auto laid = scenario::lay_over(options.probes, *scenario); !laid) return core::Failure(laid.error());
    setup.scenario = std::move(*scenario);
    for (std::size_t i = 0; i <= setup.scenario->others.size(); ++i) {
      for (const scenario::Account& account : scenario::server_of(*setup.scenario, i).accounts) {
        for (const std::string* const secret : {&account.password, &account.web_password, &account.token})
          setup.manners.secrets.emplace_back(*secret);
      }
    }
  }
  auto transcript = open_transcript(options.transcript, options.show_secrets);
  if (!transcript) return core::Failure(transcript.error());
  setup.manners.transcript = std::move(*transcript);
  return setup;
}

std::unique_ptr<Conversation> make_conversation(net::Loop& loop, const Setup& setup, std::function<void()> changed) {
  Manners manners = setup.manners;
  manners.findings = &setup.knowledge;
  if (setup.server) return std::make_unique<Conversation>(loop, *setup.server, std::move(changed), std::move(manners));
  return std::make_unique<Conversation>(loop, *setup.scenario, std::move(changed), std::move(manners));
}

const protocol::Protocol& protocol_of(const Setup& setup) {
  return setup.server ? *setup.server->protocol : *setup.scenario->protocol;
}

bool fails_on_purpose(const scenario::Scenario& scenario) {
  return !scenario.failure.empty() || scenario.tls.certificate != tls::Flaw::kNone ||
         scenario.tls.handshake != scenario::Handshake::kComplete || scenario.tls.newest < tls::Settings().oldest;
}

bool shows_silence(const scenario::Scenario& scenario) {
  return scenario.failure == "silent-greeting" || scenario.failure == "silent-reply";
}

bool has_failed_on_purpose(const scenario::Scenario& scenario, const dialogue::Log& log) {
  const auto is_it = [&](const dialogue::Event& event) {
    return scenario.failure.empty() ? event.closed_by == dialogue::ClosedBy::kFailure : event.failure == scenario.failure;
  };
  return fails_on_purpose(scenario) && std::any_of(log.events().begin(), log.events().end(), is_it);
}

core::Result<void> write_json_lines(const std::string& file, const dialogue::Log& log, bool show_secrets,
                                    const std::optional<Transcript::Findings>& findings) {
  const auto transcript = Transcript::open(file, show_secrets);
  if (!transcript) return core::Failure(transcript.error());
  (*transcript)->follow(log, findings);
  return (*transcript)->state();
}

core::Result<std::shared_ptr<Transcript>> open_transcript(const std::optional<std::string>& file, bool show_secrets) {
  if (!file) return std::shared_ptr<Transcript>();
  return Transcript::open(*file, show_secrets);
}

core::Result<void> state_of(const std::shared_ptr<Transcript>& transcript) {
  if (transcript == nullptr) return {};
  return transcript->state();
}

}  // namespace client
