#include "client/base/within.h"

#include <algorithm>

namespace client {

std::vector<core::Span> within(const std::vector<core::Span>& spans, core::Span where) {
  std::vector<core::Span> inside;
  for (const core::Span& span : spans) {
    const core::Span cut{std::max(span.begin, where.begin), std::min(span.end, where.end)};
    if (cut.begin < cut.end) inside.push_back({cut.begin - where.begin, cut.end - where.begin});
  }
  return inside;
}

}  // namespace client
