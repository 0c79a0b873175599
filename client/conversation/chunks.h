// In which pieces octets arrived.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace client {

// Lengths of the reads whose octets stand in no event yet, in their order.
class Chunks {
 public:
  void arrived(std::size_t octets) { chunks_.push_back(octets); }
  // The pieces of the next so many octets; one that reaches further is cut.
  std::vector<std::size_t> take(std::size_t octets);
  // The pieces of all but the last so many octets.
  std::vector<std::size_t> take_all_but(std::size_t octets);

 private:
  std::deque<std::size_t> chunks_;
};

}  // namespace client
