#include "client/commands/excerpt.h"

#include <utility>

namespace commands {

void Excerpt::add(std::string_view octets) {
  std::string shown;
  while (!octets.empty()) {
    const std::size_t lf = octets.find('\n');
    const std::size_t length = lf == std::string_view::npos ? octets.size() : lf + 1;
    line_ += octets.substr(0, length);
    octets.remove_prefix(length);
    if (lf == std::string_view::npos) break;
    if (++lines_ <= kFirstLines) {
      shown += std::exchange(line_, {});
      continue;
    }
    last_.push_back(std::exchange(line_, {}));
    if (last_.size() > kLastLines) last_.pop_front();
  }
  if (!shown.empty()) show_(shown);
}

Excerpt::Rest Excerpt::take_rest() {
  Rest rest;
  if (lines_ > kFirstLines) rest.left_out = lines_ - kFirstLines - last_.size();
  for (const std::string& line : std::exchange(last_, {})) rest.last += line;
  rest.last += std::exchange(line_, {});
  lines_ = 0;
  return rest;
}

}  // namespace commands
