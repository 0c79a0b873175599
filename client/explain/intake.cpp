#include "client/explain/intake.h"

#include <algorithm>
#include <vector>

namespace explain {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;

// Takes octets from the beginning of `last` and counts them among those that are left out.
void leave_out(std::size_t octets, std::string& last, Intake& taken) {
  const auto end = last.begin() + static_cast<std::ptrdiff_t>(octets);
  taken.gap.lines += static_cast<std::size_t>(std::count(last.begin(), end, '\n'));
  taken.left_out += octets;
  last.erase(last.begin(), end);
}

}  // namespace

Intake take_in(std::istream& in) {
  Intake taken;
  std::string last;
  std::vector<char> chunk(kChunk);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    std::string_view part(chunk.data(), static_cast<std::size_t>(in.gcount()));
    const std::size_t first = std::min(part.size(), kFirstPart - taken.text.size());
    taken.text += part.substr(0, first);
    last += part.substr(first);
    // Not at every chunk: each octet is moved once at most.
    if (last.size() > 2 * kLastPart) leave_out(last.size() - kLastPart, last, taken);
  }
  if (last.size() > kLastPart) leave_out(last.size() - kLastPart, last, taken);
  if (taken.left_out > 0) {
    const std::size_t line = last.find('\n');
    if (line != std::string::npos) leave_out(line + 1, last, taken);
    taken.gap.at = taken.text.size();
    taken.text += '\n';
  }
  taken.text += last;
  return taken;
}

}  // namespace explain
