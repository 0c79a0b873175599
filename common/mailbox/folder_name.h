// The name of a folder: "INBOX", "Sent", "Work.Reports".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailbox {

// UTF-8, its levels separated by dots as in Maildir++. Always legal: not empty, no empty level, no "/", no control character,
// at most kMaxOctets on disk. INBOX is written so whatever its letter case was (RFC 9051 §5.1).
class FolderName {
 public:
  static constexpr char kSeparator = '.';
  static constexpr std::size_t kMaxOctets = 200;  // of 255 that file systems take

  // Errors are Blame::kCaller.
  static core::Result<FolderName> parse(std::string_view utf8);
  // From the modified UTF-7 in which IMAP4rev1 and Maildir++ write it (RFC 3501 §5.1.3).
  static core::Result<FolderName> from_utf7(std::string_view utf7);
  static FolderName inbox();

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string utf7() const;
  [[nodiscard]] bool is_inbox() const;
  // Whether it lies below the other, at any depth: "a.b.c" below "a".
  [[nodiscard]] bool is_below(const FolderName& other) const;
  // "x.b.c" of "a.b.c" when `from` is "a" and `to` is "x". REQUIRES: it is `from` or below it.
  // Error (Blame::kCaller): it becomes too long.
  [[nodiscard]] core::Result<FolderName> moved(const FolderName& from, const FolderName& to) const;

  bool operator==(const FolderName&) const = default;
  bool operator<(const FolderName& other) const { return text_ < other.text_; }

 private:
  explicit FolderName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace mailbox
