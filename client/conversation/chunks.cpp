#include "client/conversation/chunks.h"

#include <algorithm>
#include <numeric>

namespace client {

std::vector<std::size_t> Chunks::take(std::size_t octets) {
  std::vector<std::size_t> taken;
  while (octets > 0 && !chunks_.empty()) {
    const std::size_t part = std::min(octets, chunks_.front());
    taken.push_back(part);
    octets -= part;
    chunks_.front() -= part;
    if (chunks_.front() == 0) chunks_.pop_front();
  }
  return taken;
}

std::vector<std::size_t> Chunks::take_all_but(std::size_t octets) {
  const std::size_t all = std::accumulate(chunks_.begin(), chunks_.end(), std::size_t{0});
  return take(all - std::min(all, octets));
}

}  // namespace client
