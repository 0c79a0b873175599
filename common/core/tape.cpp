#include "core/tape.h"

#include <algorithm>
#include <utility>

namespace core {
namespace {

constexpr std::size_t kCompactAt = std::size_t{64} * 1024;  // octets: to move the rest for every line would be felt

}  // namespace

Octets in_one_piece(std::string bytes, std::chrono::microseconds at) {
  Octets octets{std::move(bytes), {}};
  if (!octets.bytes.empty()) octets.pieces.push_back({octets.bytes.size(), at});
  return octets;
}

void Tape::add(std::string_view octets, std::chrono::microseconds at) {
  if (octets.empty()) return;
  bytes_ += octets;
  pieces_.push_back({octets.size(), at});
}

Octets Tape::take(std::size_t octets) {
  Octets taken;
  octets = std::min(octets, size());
  for (std::size_t left = octets; left > 0;) {
    Piece& oldest = pieces_.front();
    const std::size_t part = std::min(left, oldest.octets);
    taken.pieces.push_back({part, oldest.at});
    left -= part;
    oldest.octets -= part;
    if (oldest.octets == 0) pieces_.pop_front();
  }
  if (octets == bytes_.size()) {
    taken.bytes = std::exchange(bytes_, {});
    begin_ = 0;
    return taken;
  }
  taken.bytes = bytes_.substr(begin_, octets);
  begin_ += octets;
  if (begin_ == bytes_.size() || begin_ > kCompactAt) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  return taken;
}

}  // namespace core
