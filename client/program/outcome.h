// What is known when a program has run: told in words (telling.h) or as JSON (report_json.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/program/plan.h"
#include "client/program/ways.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "findings/finding.h"
#include "mockserver/mock_server.h"

namespace program {

// One connection to one of the servers.
struct Visit {
  // Lines of a dialogue that are remembered for a report.
  static constexpr std::size_t kMostLines = 400;
  // … and of its events, where they are kept whole.
  static constexpr std::size_t kMostOctets = std::size_t{64} * 1024 * 1024;

  std::uint64_t number = 0;            // among the connections of all
  std::chrono::microseconds began{0};  // by the clock of the log
  std::string name;                    // by which the server was found, or an address that is nobody's
  std::uint16_t port = 0;
  std::string protocol;  // "smtp"
  std::string scenario;
  bool is_encrypted = false;              // at its end
  std::vector<std::string> lines;         // "C: …", "S: …", safe to print, secrets masked unless they are to be shown
  std::size_t left_out = 0;               // lines that are not remembered
  std::vector<dialogue::Event> events;    // with RunOptions::keeps_all
  std::size_t octets = 0;                 // that they take
  std::vector<findings::Finding> wrong;   // what the client did wrong
  std::optional<std::string> refused_by;  // the last reply that refused something, safe to print
};

// Something about the process itself, which is in no dialogue.
struct Symptom {
  std::string id;   // of a mistake or failure of the knowledge; empty where there is none
  core::Text seen;  // what was seen
};

struct Outcome {
  std::optional<Way> way;              // nothing: in the open network
  std::vector<core::Text> refusals;    // of the ways that were tried before
  std::vector<std::string> command;    // as it was started
  std::string first;                   // the scenario at localhost
  int status = 0;                      // as of waitpid(2)
  bool is_over_time = false;           // it had to be ended
  bool is_over_output = false;         // likewise, since it wrote too much
  bool is_over_memory = false;         // likewise, since it took too much memory
  bool is_stuck = false;               // likewise, since it waited for what could never come
  bool has_left_processes = false;     // that had to be ended
  std::string said;                    // the end of its standard error
  std::set<Place> wanted;              // where it wanted to go
  bool is_certificate_read = false;    // of the authority in there: without it no certificate can be checked
  bool reads_input = false;            // when it was last looked at
  std::vector<std::uint16_t> listens;  // on these ports, likewise
};

}  // namespace program
