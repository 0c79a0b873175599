// `smtplab run`: somebody's program, unchanged, among the mocks of all providers; afterwards what it said and what was wrong.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "client/program/plan.h"
#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace program {

// Somebody who types for a program that nobody sits in front of.
struct Typist {
  // The program reads from its terminal. printed: what it has written since something was typed last. Gives the next line;
  // nothing: there is no more, and the input ends.
  std::function<std::optional<std::string>(std::string_view printed)> next;
};

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

  // Of a program that is looked at and not watched by anybody.
  std::optional<Typist> typist;  // it has a terminal of its own, and nothing that it writes is shown
  std::string folder;            // in which it runs; empty: that of smtplab
  Limits limits;                 // of each of its processes
  std::size_t most_memory = 0;   // octets of all its processes together; 0: as much as there is
  bool ends_when_stuck = false;  // it waits for what can never come
  int clock_factor = 1;          // its waits are so many times shorter, where that can be done (quick_clock.h)
  // Any password is right for whoever has no account, and no provider refuses a message for its form.
  bool welcomes_anybody = false;
  std::vector<std::string> lenient;  // quirks (scenario key server.quirks) that every server has besides its own
  bool is_bare = false;              // no servers of ours stand in its network
  bool keeps_all = false;            // the events and the messages, for whoever asks afterwards
};

// The exit status, as of client::Status. What it tells goes to `told`, before the program starts and when it has ended; with
// is_json nothing but errors and, at the end, one object on a line (telling.h).
int run(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
        std::ostream& told);

}  // namespace program
