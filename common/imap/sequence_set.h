// Which messages a client speaks of, by their numbers or their UIDs: "2,4:7,9,12:*" (RFC 9051 §9: sequence-set).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imap {

// Never empty.
class SequenceSet {
 public:
  // Both ends belong to it, in either order; kLast is "*".
  struct Range {
    std::uint32_t first = 1;
    std::uint32_t last = 1;
    bool operator==(const Range&) const = default;
  };
  static constexpr std::uint32_t kLast = 0;

  // Nothing: it is none.
  static std::optional<SequenceSet> parse(std::string_view text);
  static SequenceSet of(std::uint32_t number) { return SequenceSet({{number, number}}); }
  // "$", what the last SEARCH has saved (RFC 5182). Whoever has that puts it in its place before anybody asks what it contains.
  static SequenceSet saved() { return SequenceSet({}); }

  [[nodiscard]] bool is_saved() const { return ranges_.empty(); }
  // As the client said it.
  [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }

  // The same in numbers: ascending, each number in one range, first <= last. greatest: what "*" stands for, 0 where there is
  // no message. A range may reach beyond it, and does begin there when the client said so.
  [[nodiscard]] std::vector<Range> resolved(std::uint32_t greatest) const;
  // The greatest number in it.
  [[nodiscard]] std::uint32_t top(std::uint32_t greatest) const;
  // For one message; who asks for many resolves first.
  [[nodiscard]] bool contains(std::uint32_t number, std::uint32_t greatest) const;

  bool operator==(const SequenceSet&) const = default;

 private:
  explicit SequenceSet(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  std::vector<Range> ranges_;
};

// Whether one of these has the number. REQUIRES: they are resolved.
[[nodiscard]] bool contains(const std::vector<SequenceSet::Range>& resolved, std::uint32_t number);

// Ascending numbers as such a set, runs put together: "1:3,7". Empty for none.
[[nodiscard]] std::string set_text(const std::vector<std::uint32_t>& ascending);

}  // namespace imap
