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
  const knowledge::Knowledge& knowledge;
  std::optional<scenario::Scenario> scenario;  // whose path is taken; nothing: a real server without a path
  std::optional<Endpoint> server;              // instead of the embedded mock
  Manners manners;
};

// The embedded catalogue, or the folder of --scenarios. Errors (Blame::kInput) are for the person: what, where, what to do.
// set_up() also reads the file of --ca and opens those of --transcript and SSLKEYLOGFILE.
core::Result<scenario::Catalogue> open_catalogue(const StepOptions& options);
core::Result<Setup> set_up(const StepOptions& options);

// With the mock of the scenario, or with the real server. setup and loop outlive it.
std::unique_ptr<Conversation> make_conversation(net::Loop& loop, const Setup& setup, std::function<void()> changed);

// What is spoken in it.
[[nodiscard]] const protocol::Protocol& protocol_of(const Setup& setup);

// Whether the lesson is that TLS fails: its certificate is wrong on purpose, its handshake, or its versions.
[[nodiscard]] bool fails_on_purpose(const scenario::Scenario& scenario);
// That nothing comes is what its lesson is about: nobody needs to wait long for it.
[[nodiscard]] bool shows_silence(const scenario::Scenario& scenario);
// It has shown that by now.
[[nodiscard]] bool has_failed_on_purpose(const scenario::Scenario& scenario, const dialogue::Log& log);

// Writes the log into a file, one JSON object a line, passwords masked unless show_secrets, with what was told of it.
core::Result<void> write_json_lines(const std::string& file, const dialogue::Log& log, bool show_secrets,
                                    const std::optional<Transcript::Findings>& findings = std::nullopt);
// The transcript of --transcript: opened, or null when it was not asked for.
core::Result<std::shared_ptr<Transcript>> open_transcript(const std::optional<std::string>& file, bool show_secrets);
// Whether all of it could be written; it can when there is none.
core::Result<void> state_of(const std::shared_ptr<Transcript>& transcript);

}  // namespace client
