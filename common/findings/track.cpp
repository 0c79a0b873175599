#include "findings/track.h"

#include <algorithm>

namespace findings {

void Track::add(std::uint64_t event, std::size_t octets, const std::vector<core::Piece>& pieces, std::chrono::microseconds at) {
  std::size_t offset = 0;
  for (const core::Piece& piece : pieces) {
    const std::size_t count = std::min(piece.octets, octets - offset);
    if (count > 0) push({end_, end_ + count, event, offset, piece.at});
    end_ += count;
    offset += count;
  }
  if (offset < octets) push({end_, end_ + (octets - offset), event, offset, at});
  end_ += octets - offset;
}

void Track::push(const Stretch& stretch) {
  if (stretches_.size() >= kMost && stretches_.back().event == stretch.event) {
    stretches_.back().end = stretch.end;
  } else {
    stretches_.push_back(stretch);
  }
}

std::chrono::microseconds Track::when(std::uint64_t place) const {
  for (const Stretch& one : stretches_) {
    if (place < one.end) return one.at;
  }
  return stretches_.empty() ? std::chrono::microseconds(0) : stretches_.back().at;
}

std::vector<Octets> Track::where(std::uint64_t begin, std::uint64_t end) const {
  std::vector<Octets> found;
  for (const Stretch& one : stretches_) {
    const std::uint64_t from = std::max(begin, one.begin);
    const std::uint64_t to = std::min(end, one.end);
    if (from >= to) continue;
    const std::size_t first = one.offset + static_cast<std::size_t>(from - one.begin);
    const std::size_t last = one.offset + static_cast<std::size_t>(to - one.begin);
    if (!found.empty() && found.back().event == one.event && found.back().end == first) {
      found.back().end = last;
    } else {
      found.push_back({one.event, first, last});
    }
  }
  return found;
}

std::vector<core::Piece> Track::pieces(std::uint64_t begin, std::uint64_t end) const {
  std::vector<core::Piece> found;
  for (const Stretch& one : stretches_) {
    const std::uint64_t from = std::max(begin, one.begin);
    const std::uint64_t to = std::min(end, one.end);
    if (from < to) found.push_back({static_cast<std::size_t>(to - from), one.at});
  }
  return found;
}

void Track::forget_before(std::uint64_t place) {
  while (stretches_.size() > 1 && stretches_.front().end <= place) stretches_.pop_front();
}

}  // namespace findings
