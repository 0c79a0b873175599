#include "imap/binary_section.h"

#include <algorithm>
#include <string>
#include <utility>

#include "imap/content_value.h"
#include "imap/extent_reader.h"
#include "mime/transfer_decoder.h"

namespace imap {
namespace {

// A part that is read from its beginning, decoded on the way.
class DecodedPart {
 public:
  DecodedPart(StoredMessage& message, Extent extent, std::string_view encoding)
      : reader_(message), left_(extent), decoder_(encoding) {}

  // Empty: that was all.
  core::Result<std::string> next() {
    std::string out;
    while (out.empty() && left_.size() > 0) {
      const auto octets = reader_.read(left_, mailbox::Content::kMaxPiece);
      if (!octets) return core::Failure(octets.error());
      if (octets->empty()) return core::fail(core::Blame::kSystem, {"the message has become shorter", "这封邮件变短了"});
      left_.begin += octets->size();
      out = decoder_.decoded(*octets);
    }
    return out;
  }

 private:
  ExtentReader reader_;
  Extent left_;
  mime::TransferDecoder decoder_;
};

class DecodedSource final : public BinarySource {
 public:
  DecodedSource(StoredMessage& message, Extent extent, std::string encoding)
      : message_(message), extent_(extent), encoding_(std::move(encoding)) {}

  core::Result<void> measure(const std::optional<Partial>& partial) {
    std::uint64_t size = 0;
    DecodedPart part(message_, extent_, encoding_);
    for (;;) {
      const auto piece = part.next();
      if (!piece) return core::Failure(piece.error());
      if (piece->empty()) break;
      size += piece->size();
      has_nul_ = has_nul_ || piece->find('\0') != std::string::npos;
    }
    const Extent wanted = part_of(size, partial);
    skip_ = wanted.begin;
    size_ = left_ = wanted.size();
    part_ = std::make_unique<DecodedPart>(message_, extent_, encoding_);
    return {};
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] bool has_nul() const override { return has_nul_; }

  core::Result<std::string_view> next() override {
    while (left_ > 0) {
      auto piece = part_->next();
      if (!piece) return core::Failure(piece.error());
      if (piece->empty()) return core::fail(core::Blame::kSystem, {"the message has become shorter", "这封邮件变短了"});
      piece_ = std::move(*piece);
      const std::size_t skipped = std::min<std::uint64_t>(skip_, piece_.size());
      skip_ -= skipped;
      const std::string_view wanted = std::string_view(piece_).substr(skipped, left_);
      left_ -= wanted.size();
      if (!wanted.empty()) return wanted;
    }
    return std::string_view();
  }

 private:
  StoredMessage& message_;
  Extent extent_;
  std::string encoding_;
  std::unique_ptr<DecodedPart> part_;
  std::string piece_;
  std::uint64_t size_ = 0;
  std::uint64_t skip_ = 0;
  std::uint64_t left_ = 0;
  bool has_nul_ = false;
};

// Of what has an encoding of its own; others have parts that may.
std::string encoding_of(const MessageTree& tree, const Section& section) {
  const Part* const part = section.part.empty() ? nullptr : find_part(tree, section.part);
  if (part == nullptr || part->kind != Part::Kind::kSingle) return {};
  const auto encoding = part->fields.find(Field::kContentTransferEncoding);
  return encoding ? parse_token(*encoding).value_or("") : "";
}

}  // namespace

core::Result<std::unique_ptr<BinarySource>> open_binary(StoredMessage& message, const Section& section,
                                                        const std::optional<Partial>& partial) {
  const auto tree = message.tree();
  if (!tree) return core::Failure(tree.error());
  const Extent extent = find_section(**tree, section).value_or(Extent());
  auto source = std::make_unique<DecodedSource>(message, extent, encoding_of(**tree, section));
  if (auto measured = source->measure(partial); !measured) return core::Failure(std::move(measured.error()));
  return source;
}

}  // namespace imap
