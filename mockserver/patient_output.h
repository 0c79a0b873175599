// A file that is written without ever waiting for whoever reads it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mockserver {

// Lines for a descriptor that may be a pipe nobody reads. What it does not take at once is kept for later, up to a limit;
// past that whole lines are dropped and counted.
class PatientOutput {
 public:
  static constexpr std::size_t kMostKept = std::size_t{4} << 20;  // octets

  PatientOutput() = default;  // nothing is open
  ~PatientOutput();
  PatientOutput(const PatientOutput&) = delete;
  PatientOutput& operator=(const PatientOutput&) = delete;

  // REQUIRES: nothing is open. owned: the descriptor is closed at the end.
  void open(int descriptor, bool owned);
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  // A whole line, its LF included. False when it was dropped.
  bool write(std::string_view line);
  // Writes what is kept, as far as it is taken now.
  void go_on();
  // The same, and waits so long for a reader.
  void finish(std::chrono::milliseconds patience);

  [[nodiscard]] std::size_t kept() const { return kept_.size() - begin_; }
  // Lines that were dropped in all: nobody read, or the disk was full.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  // Why the last write failed, an errno; 0 when none did.
  [[nodiscard]] int failure() const { return failure_; }

 private:
  [[nodiscard]] bool takes_more(int patience_ms) const;
  void lose();

  int descriptor_ = -1;
  bool owned_ = false;
  std::string kept_;
  std::size_t begin_ = 0;  // octets of kept_ that are written
  bool in_line_ = false;   // the last octet that was written is no LF
  bool waits_ = true;      // for a reader; false for a file on a disk
  std::uint64_t dropped_ = 0;
  int failure_ = 0;
};

}  // namespace mockserver
