#include "smtp/chunk_reader.h"

#include <algorithm>

namespace smtp {

void ChunkReader::begin(std::uint64_t octets) {
  left_ = octets;
  chunk_begin_ = message_.size();
}

std::size_t ChunkReader::receive(std::string_view bytes) {
  const std::string_view taken = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
  left_ -= taken.size();
  if (size_ < limit_) message_.append(taken.substr(0, limit_ - size_));
  size_ += taken.size();
  line_ends_.receive(taken);
  return taken.size();
}

}  // namespace smtp
