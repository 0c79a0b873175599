#include "imap/sequence_set.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>

namespace imap {
namespace {

// seq-number = nz-number / "*"
std::optional<std::uint32_t> take_number(std::string_view& text) {
  if (text.starts_with('*')) {
    text.remove_prefix(1);
    return SequenceSet::kLast;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number == 0 || text.front() == '0') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// seq-range = seq-number ":" seq-number, or one number alone
std::optional<SequenceSet::Range> take_range(std::string_view& text) {
  const auto first = take_number(text);
  if (!first) return std::nullopt;
  if (!text.starts_with(':')) return SequenceSet::Range{*first, *first};
  text.remove_prefix(1);
  const auto last = take_number(text);
  return last ? std::optional(SequenceSet::Range{*first, *last}) : std::nullopt;
}

}  // namespace

std::optional<SequenceSet> SequenceSet::parse(std::string_view text) {
  if (text == "$") return saved();
  std::vector<Range> ranges;
  while (true) {
    const auto range = take_range(text);
    if (!range) return std::nullopt;
    ranges.push_back(*range);
    if (text.empty()) return SequenceSet(std::move(ranges));
    if (text.front() != ',') return std::nullopt;
    text.remove_prefix(1);
  }
}

std::vector<SequenceSet::Range> SequenceSet::resolved(std::uint32_t greatest) const {
  std::vector<Range> sorted;
  sorted.reserve(ranges_.size());
  for (const Range& range : ranges_) {
    const std::uint32_t first = range.first == kLast ? greatest : range.first;
    const std::uint32_t last = range.last == kLast ? greatest : range.last;
    sorted.push_back({std::min(first, last), std::max(first, last)});
  }
  std::sort(sorted.begin(), sorted.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
  std::vector<Range> merged;
  for (const Range& range : sorted) {
    const bool touches = !merged.empty() && (merged.back().last == std::numeric_limits<std::uint32_t>::max() ||
                                             range.first <= merged.back().last + 1);
    if (touches) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

std::uint32_t SequenceSet::top(std::uint32_t greatest) const {
  std::uint32_t top = 0;
  for (const Range& range : ranges_) {
    for (const std::uint32_t end : {range.first, range.last}) top = std::max(top, end == kLast ? greatest : end);
  }
  return top;
}

bool SequenceSet::contains(std::uint32_t number, std::uint32_t greatest) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    const std::uint32_t first = range.first == kLast ? greatest : range.first;
    const std::uint32_t last = range.last == kLast ? greatest : range.last;
    return std::min(first, last) <= number && number <= std::max(first, last);
  });
}

bool contains(const std::vector<SequenceSet::Range>& resolved, std::uint32_t number) {
  const auto behind =
      std::upper_bound(resolved.begin(), resolved.end(), number,
                       [](std::uint32_t wanted, const SequenceSet::Range& range) { return wanted < range.first; });
  return behind != resolved.begin() && number <= std::prev(behind)->last;
}

std::string set_text(const std::vector<std::uint32_t>& ascending) {
  std::string text;
  for (std::size_t i = 0; i < ascending.size();) {
    std::size_t end = i + 1;
    while (end < ascending.size() && ascending[end] == ascending[end - 1] + 1) ++end;
    if (!text.empty()) text += ',';
    text += std::to_string(ascending[i]);
    if (end - i > 1) text += ':' + std::to_string(ascending[end - 1]);
    i = end;
  }
  return text;
}

}  // namespace imap
