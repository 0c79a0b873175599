// One run of a program: its network, its servers, its streams and its end.
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "client/program/run.h"
#include "client/program/stands.h"
#include "client/program/telling.h"
#include "core/result.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace program {

class Execution {
 public:
  // What is said on the way goes to `told`. REQUIRES: all of them outlive it.
  Execution(const RunOptions& options, const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge,
            Street street, std::ostream& told);
  ~Execution();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // Returns when the program has ended, or been ended, and all that it had started. Errors: why it could not be run; the id is
  // "not-started" when that is the command's own fault.
  core::Result<void> run();

  // All that was seen. REQUIRES: run() gave no error.
  [[nodiscard]] Story story() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace program
