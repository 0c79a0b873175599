// What the command line of smtplab-mock asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "mockserver/scenario/scenario.h"
#include "usage/parse.h"

namespace mockserver {

struct Arguments {
  std::vector<std::string> scenarios;
  std::uint16_t smtp = 0;
  std::optional<std::uint16_t> smtps;
  std::optional<std::uint16_t> pop3;
  std::optional<std::uint16_t> pop3s;
  std::optional<std::uint16_t> imap;
  std::optional<std::uint16_t> imaps;
  std::string bind;
  std::string store;
  std::string events;
  std::string ports_file;
  std::string authority_file;
  std::string scenario_folder;
  std::uint64_t seed = 0;
  bool once = false;
  bool show_secrets = false;
  bool quiet = false;
  std::string probes;
  core::Language language = core::Language::kEnglish;
};

[[nodiscard]] Arguments arguments_of(const usage::Parsed& said, core::Language language);

// Every scenario of the command line, each once, with the probes laid over it. Errors (Blame::kInput) are for the person: what
// is not there, named twice, or does not go together.
[[nodiscard]] core::Result<std::vector<scenario::Scenario>> load(const Arguments& arguments);

}  // namespace mockserver
