#include "mockserver/pieces.h"

#include <algorithm>

namespace mockserver {

std::vector<std::size_t> pieces_of(const scenario::Decision& decision) {
  const std::size_t size = decision.bytes.size();
  if (size == 0) return {};
  if (!decision.effects.split) return {size};
  const scenario::Split& split = *decision.effects.split;
  std::vector<std::size_t> pieces;
  std::size_t begin = 0;
  for (std::size_t end = 1; end <= size; ++end) {
    const bool is_multiple = split.every != 0 && end % split.every == 0;
    if (end != size && !is_multiple && !std::binary_search(split.at.begin(), split.at.end(), end)) continue;
    pieces.push_back(end - begin);
    begin = end;
  }
  return pieces;
}

core::Actions speech_of(const scenario::Decision& decision) {
  core::Actions speech;
  std::size_t begin = 0;
  for (const std::size_t length : pieces_of(decision)) {
    if (begin != 0) speech.emplace_back(core::Pause{decision.effects.split->pause});
    speech.emplace_back(core::Send{decision.bytes.substr(begin, length)});
    begin += length;
  }
  return speech;
}

}  // namespace mockserver
