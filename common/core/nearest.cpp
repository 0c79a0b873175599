#include "core/nearest.h"

#include <algorithm>
#include <array>
#include <utility>

namespace core {
namespace {

constexpr std::size_t kLongestWord = 80;  // what is longer is no misspelling of ours
constexpr std::size_t kMostProposed = 3;
constexpr std::size_t kMostListed = 20;

// Optimal string alignment distance, three rows of the matrix at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) last[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + (a[i - 1] == b[k - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
      if (swapped) row[k] = std::min(row[k], before[k - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < std::min(words.size(), kMostListed); ++i) {
    if (i > 0) out += between;
    out += words[i];
  }
  return words.size() > kMostListed ? out + std::string(between) + "…" : out;
}

}  // namespace

std::vector<std::string_view> nearest(std::string_view word, const std::vector<std::string_view>& known) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string folded = to_lower(word);
  const std::size_t furthest = std::max<std::size_t>(1, word.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> hits;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kLongestWord) continue;
    const std::string other = to_lower(candidate);
    std::size_t far = distance(folded, other);
    // "auth" for "auth-required": a whole part of the word, although many letters are missing.
    if (folded.size() >= 4 && other.find(folded) != std::string::npos) far = std::min(far, furthest);
    if (far <= furthest && far < std::max(folded.size(), other.size())) hits.emplace_back(far, candidate);
  }
  std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> words;
  for (const auto& [far, word_meant] : hits) {
    const bool is_in_doubt = hits.front().first > 1 || far == hits.front().first;  // one slip says what was meant
    if (is_in_doubt && words.size() < kMostProposed) words.push_back(word_meant);
  }
  return words;
}

Text proposal(std::string_view word, const std::vector<std::string_view>& known) {
  if (known.empty()) return {};
  const std::vector<std::string_view> near = nearest(word, known);
  if (near.empty()) return phrase("one of: {0}", "可选：{0}", {joined(known, ", ")});
  return {"did you mean '" + joined(near, "' or '") + "'?", "是不是 '" + joined(near, "' 或 '") + "'？"};
}

}  // namespace core
