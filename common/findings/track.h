// Where in the events of a log the octets of one direction stand, and when they came.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/tape.h"
#include "findings/finding.h"

namespace findings {

// Places are counted from the first octet of the connection on.
class Track {
 public:
  // The next octets are those of this event. Without pieces all of them came at `at`.
  void add(std::uint64_t event, std::size_t octets, const std::vector<core::Piece>& pieces, std::chrono::microseconds at);

  [[nodiscard]] std::uint64_t end() const { return end_; }
  // When the octet at this place came; zero when it is not known.
  [[nodiscard]] std::chrono::microseconds when(std::uint64_t place) const;
  [[nodiscard]] std::vector<Octets> where(std::uint64_t begin, std::uint64_t end) const;
  // The same octets with their times.
  [[nodiscard]] std::vector<core::Piece> pieces(std::uint64_t begin, std::uint64_t end) const;
  // What stands before this place is not asked for any more.
  void forget_before(std::uint64_t place);

 private:
  // Stretches that are kept; of octets that come one by one beyond, only where they stand is known, not when each came.
  static constexpr std::size_t kMost = std::size_t{16} * 1024;

  struct Stretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t event = 0;
    std::size_t offset = 0;  // of its first octet in the event
    std::chrono::microseconds at{};
  };

  void push(const Stretch& stretch);

  std::uint64_t end_ = 0;
  std::deque<Stretch> stretches_;
};

}  // namespace findings
