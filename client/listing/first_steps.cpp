#include "client/listing/first_steps.h"

#include <algorithm>

namespace client {
namespace {

std::optional<std::size_t> find(const std::vector<scenario::Head>& heads, std::string_view id) {
  const auto hit = std::find_if(heads.begin(), heads.end(), [&](const scenario::Head& head) { return head.id == id; });
  return hit == heads.end() ? std::nullopt : std::optional(static_cast<std::size_t>(hit - heads.begin()));
}

}  // namespace

std::vector<std::size_t> first_steps(const std::vector<scenario::Head>& heads) {
  std::vector<std::size_t> found;
  for (const std::string_view id : kFirstSteps) {
    if (const auto index = find(heads, id)) found.push_back(*index);
  }
  return found;
}

std::optional<std::size_t> lesson_behind(const std::vector<scenario::Head>& heads, std::string_view id) {
  const auto at = find(heads, id);
  if (!at) return std::nullopt;
  const std::vector<std::size_t> begin = first_steps(heads);
  const auto step = std::find(begin.begin(), begin.end(), *at);
  if (step != begin.end() && step + 1 != begin.end()) return *(step + 1);
  return *at + 1 < heads.size() ? std::optional(*at + 1) : std::nullopt;
}

}  // namespace client
