// `smtplab run`: somebody's program, unchanged, among the mocks of all providers; afterwards what it said and what was wrong.
#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace program {

struct RunOptions {
  std::vector<std::string> scenarios;
  std::string probes;                // --with; may be empty
  std::vector<std::string> command;  // REQUIRES: not empty
  std::optional<std::string> store;
  std::optional<scenario::Account> account;  // --account, at the provider of its domain
  std::string events;                        // a file, or empty
  std::string transcript;                    // likewise: the dialogues alone
  std::string input;                         // a file that is the program's standard input; empty: that of smtplab
  std::optional<std::chrono::milliseconds> time;
  std::optional<std::size_t> output_limit;  // octets
  bool is_open = false;                     // --open: no closed network is tried
  bool is_json = false;                     // --report json
  std::uint64_t seed = 0;
  bool show_secrets = false;
  core::Language language = core::Language::kEnglish;
  std::string smtplab;  // the program that knows serve_hidden
};

// The exit status, as of client::Status. What it tells goes to `told`, before the program starts and when it has ended; with
// is_json nothing but errors and, at the end, one object on a line (telling.h).
int run(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
        std::ostream& told);

}  // namespace program
