// What is marked on a message (RFC 9051 §2.3.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

// `keywords` are sorted and each there once. Letter case does not count (RFC 9051 §9), so that those of a folder are spelled as
// it knows them: spelled_as().
struct Flags {
  bool seen = false;
  bool answered = false;
  bool flagged = false;
  bool deleted = false;  // to be expunged; still there
  bool draft = false;
  std::vector<std::string> keywords = {};
  bool operator==(const Flags&) const = default;
};

// How flags are changed: IMAP's FLAGS, +FLAGS and -FLAGS.
enum class Change : std::uint8_t { kReplace, kAdd, kRemove };

// Whether it can be kept as a keyword: an IMAP atom is one (RFC 9051 §9: flag-keyword), which is at most this long.
constexpr std::size_t kMaxKeyword = 100;
[[nodiscard]] bool is_keyword(std::string_view text);

// With each keyword as it stands in `known`, if it does in any letter case.
[[nodiscard]] Flags spelled_as(const std::vector<std::string>& known, Flags flags);
// Where it stands there, or the end.
[[nodiscard]] std::vector<std::string>::const_iterator find_keyword(const std::vector<std::string>& known,
                                                                    std::string_view keyword);

[[nodiscard]] Flags changed(const Flags& before, Change change, const Flags& flags);

}  // namespace mailbox
