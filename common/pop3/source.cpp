#include "pop3/source.h"

#include <algorithm>
#include <utility>

#include "pop3/top.h"

namespace pop3 {
namespace {

class LineSource final : public Source {
 public:
  explicit LineSource(std::vector<std::string> lines) : lines_(std::move(lines)) {}

  core::Result<std::string_view> next() override {
    piece_.clear();
    while (at_ < lines_.size() && piece_.size() < mailbox::Content::kMaxPiece) piece_ += lines_[at_++] + "\r\n";
    return std::string_view(piece_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t at_ = 0;
  std::string piece_;
};

class MessageSource final : public Source {
 public:
  MessageSource(std::unique_ptr<mailbox::Content> content, std::optional<std::uint32_t> body_lines)
      : content_(std::move(content)) {
    if (body_lines) top_.emplace(*body_lines);
  }

  core::Result<std::string_view> next() override {
    if (top_ && top_->is_done()) return std::string_view();
    auto piece = content_->next();
    if (piece && top_) return piece->substr(0, top_->take(*piece));
    return piece;
  }

 private:
  std::unique_ptr<mailbox::Content> content_;
  std::optional<Top> top_;
};

}  // namespace

std::unique_ptr<Source> source_of(std::vector<std::string> lines) { return std::make_unique<LineSource>(std::move(lines)); }

std::unique_ptr<Source> source_of(std::unique_ptr<mailbox::Content> content, std::optional<std::uint32_t> body_lines) {
  return std::make_unique<MessageSource>(std::move(content), body_lines);
}

}  // namespace pop3
