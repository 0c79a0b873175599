// The file of --transcript: a dialogue as JSON lines, with what was wrong in it, written as it happens, so that it is whole
// however the program ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "core/text.h"
#include "dialogue/log.h"
#include "findings/verdicts.h"
#include "knowledge/knowledge.h"

namespace client {

class Transcript {
 public:
  // Opens the file before anything is said, and empties it. Errors (Blame::kSystem, id file-unwritable).
  static core::Result<std::shared_ptr<Transcript>> open(const std::string& file, bool show_secrets);

  // What was told of a log, and the words for it.
  struct Findings {
    const findings::Verdicts& verdicts;
    const knowledge::Knowledge& knowledge;
    core::Language language;
  };

  // Writes what the log has more than was written, each finding behind the event that made it sure, and hands it to the system.
  // A log that has less is another one: the file begins anew with it. REQUIRES: the findings are of this log.
  void follow(const dialogue::Log& log, const std::optional<Findings>& findings = std::nullopt);

  // Whether all of it could be written.
  [[nodiscard]] core::Result<void> state();

 private:
  void write_findings(const std::optional<Findings>& findings, std::uint64_t up_to);

  Transcript(std::string name, bool show_secrets) : name_(std::move(name)), show_secrets_(show_secrets) {}

  std::string name_;
  bool show_secrets_;
  std::ofstream file_;
  std::uint64_t written_ = 0;  // events
  std::size_t told_ = 0;       // findings
};

}  // namespace client
