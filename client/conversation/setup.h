// From the command line's wishes to what a dialogue needs: scenario, knowledge, server; and its transcript at the end.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/base/options.h"
#include "client/conversation/conversation.h"
#include "core/result.h"
#include "dialogue/log.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/scenario.h"

namespace client {

// Played when nothing is named and there is no terminal for the picker.
inline constexpr std::string_view kDefaultScenario = "netease/auth-required";

struct Setup {
  scenario::Catalogue catalogue;
  knowledge::Knowledge knowledge;
  std::optional<scenario::Scenario> scenario;  // whose path is taken; nothing: a real server without a path
  std::optional<Endpoint> server;              // instead of the embedded mock
};

// The embedded catalogue, or the folder of --scenarios. Errors (Blame::kInput) are for the person: what, where, what to do.
core::Result<scenario::Catalogue> open_catalogue(const StepOptions& options);
core::Result<Setup> set_up(const StepOptions& options);

// With the mock of the scenario, or with the real server. setup and loop outlive it.
std::unique_ptr<Conversation> make_conversation(net::Loop& loop, const Setup& setup, std::function<void()> changed);

// Writes the log into a file, one JSON object a line, passwords masked unless show_secrets.
core::Result<void> write_json_lines(const std::string& file, const dialogue::Log& log, bool show_secrets);
// The same for --transcript; does nothing when it was not asked for.
core::Result<void> write_transcript(const StepOptions& options, const dialogue::Log& log);

}  // namespace client
