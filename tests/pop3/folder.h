// A folder in memory, for sessions to be tried on: what is there stays what it is, unless a session removes it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mailbox/folder.h"
#include "mailbox/line_ends.h"

namespace pop3_test {

class TextContent final : public mailbox::Content {
 public:
  // breaks_at: octets behind which it cannot be read on.
  TextContent(const std::string& text, std::size_t piece, std::optional<std::size_t> breaks_at)
      : piece_(piece), breaks_at_(breaks_at) {
    mailbox::LineEnds().convert(text, text_);
  }

  core::Result<std::string_view> next() override {
    if (breaks_at_ && at_ >= *breaks_at_) return core::fail(core::Blame::kSystem, core::same("the disk is broken"));
    const std::string_view next = std::string_view(text_).substr(at_, piece_);
    at_ += next.size();
    return next;
  }

 private:
  std::string text_;
  std::size_t piece_;
  std::optional<std::size_t> breaks_at_;
  std::size_t at_ = 0;
};

class Folder final : public mailbox::Folder {
 public:
  explicit Folder(std::vector<std::string> messages) {
    auto listing = std::make_shared<mailbox::Listing>();
    listing->uid_validity = 7;
    for (std::string& text : messages) {
      const mailbox::Uid uid{static_cast<std::uint32_t>(texts_.size() + 1)};
      listing->entries.push_back({uid, mailbox::LineEnds().size_of(text), 0, {}, false});
      texts_.push_back(std::move(text));
    }
    listing_ = std::move(listing);
  }

  core::Result<mailbox::Snapshot> list() override { return listing_; }

  core::Result<std::unique_ptr<mailbox::Content>> content(mailbox::Uid uid, mailbox::Lines /*lines*/) override {
    if (listing_->find(uid) == nullptr) return core::fail(core::Blame::kSystem, core::same("there is none any more"));
    return std::make_unique<TextContent>(texts_[uid.value - 1], piece, breaks_at);
  }

  core::Result<void> expunge(const std::vector<mailbox::Uid>& messages) override {
    if (cannot_expunge) return core::fail(core::Blame::kSystem, core::same("the disk is full"));
    auto listing = std::make_shared<mailbox::Listing>(*listing_);
    std::erase_if(listing->entries, [&](const mailbox::Entry& entry) {
      return std::find(messages.begin(), messages.end(), entry.uid) != messages.end();
    });
    listing_ = std::move(listing);
    return {};
  }

  core::Result<std::unique_ptr<mailbox::Lock>> lock() override {
    if (is_locked) return std::unique_ptr<mailbox::Lock>();
    return std::make_unique<Held>(*this);
  }

  // What a session that only reads and removes never asks for.
  core::Result<std::unique_ptr<mailbox::Incoming>> append(const mailbox::Flags& /*flags*/,
                                                          std::optional<std::int64_t> /*received*/) override {
    return core::fail(core::Blame::kCaller, core::same("not here"));
  }
  core::Result<void> mark(const std::vector<mailbox::Uid>& /*messages*/, mailbox::Change /*change*/,
                          const mailbox::Flags& /*flags*/) override {
    return core::fail(core::Blame::kCaller, core::same("not here"));
  }
  mailbox::Uid take_recent(mailbox::Uid /*upto*/) override { return {}; }
  [[nodiscard]] mailbox::Uid first_recent() const override { return {}; }
  void add(mailbox::Listener& /*listener*/) override {}
  void remove(mailbox::Listener& /*listener*/) override {}

  std::size_t piece = 5;  // octets that content() gives at a time
  std::optional<std::size_t> breaks_at;
  bool cannot_expunge = false;
  bool is_locked = false;

 private:
  class Held final : public mailbox::Lock {
   public:
    explicit Held(Folder& folder) : folder_(folder) { folder_.is_locked = true; }
    ~Held() override { folder_.is_locked = false; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    Folder& folder_;
  };

  std::vector<std::string> texts_;
  mailbox::Snapshot listing_;
};

}  // namespace pop3_test
