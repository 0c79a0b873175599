#include "imap/extent_reader.h"

#include <algorithm>
#include <cstddef>

namespace imap {

core::Result<std::string> ExtentReader::read(Extent extent, std::uint64_t most) {
  const std::uint64_t end = std::min(extent.end, extent.begin + most);
  std::string octets;
  if (end <= extent.begin) return octets;
  if (content_ == nullptr || extent.begin < at_) {
    auto content = message_->content();
    if (!content) return core::Failure(content.error());
    content_ = std::move(*content);
    at_ = content_->skip(extent.begin);
    rest_ = {};
  }
  while (at_ < end) {
    if (rest_.empty()) {
      const auto piece = content_->next();
      if (!piece) return core::Failure(piece.error());
      if (piece->empty()) break;
      rest_ = *piece;
    }
    const std::size_t taken = std::min<std::uint64_t>(rest_.size(), (at_ < extent.begin ? extent.begin : end) - at_);
    if (at_ >= extent.begin) octets += rest_.substr(0, taken);
    rest_.remove_prefix(taken);
    at_ += taken;
  }
  return octets;
}

}  // namespace imap
