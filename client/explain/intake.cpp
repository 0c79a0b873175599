#include "client/explain/intake.h"

#include <algorithm>
#include <vector>

namespace explain {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;

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
    if (last.size() > 2 * kLastPart) {  // not at every chunk: each octet is moved once at most
      taken.left_out += last.size() - kLastPart;
      last.erase(0, last.size() - kLastPart);
    }
  }
  if (last.size() > kLastPart) {
    taken.left_out += last.size() - kLastPart;
    last.erase(0, last.size() - kLastPart);
  }
  if (taken.left_out > 0) {
    const std::size_t line = last.find('\n');
    if (line != std::string::npos) {
      taken.left_out += line + 1;
      last.erase(0, line + 1);
    }
    taken.text += '\n';
  }
  taken.text += last;
  return taken;
}

}  // namespace explain
