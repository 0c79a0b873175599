// The file of --transcript: a dialogue as JSON lines, written as it happens, so that it is whole however the program ends.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "core/result.h"
#include "dialogue/log.h"

namespace client {

class Transcript {
 public:
  // Opens the file before anything is said, and empties it. Errors (Blame::kSystem, id file-unwritable).
  static core::Result<std::shared_ptr<Transcript>> open(const std::string& file, bool show_secrets);

  // Writes what the log has more than was written, and hands it to the system. A log that has less is another one: the file
  // begins anew with it.
  void follow(const dialogue::Log& log);

  // Whether all of it could be written.
  [[nodiscard]] core::Result<void> state();

 private:
  Transcript(std::string name, bool show_secrets) : name_(std::move(name)), show_secrets_(show_secrets) {}

  std::string name_;
  bool show_secrets_;
  std::ofstream file_;
  std::uint64_t written_ = 0;  // events
};

}  // namespace client
