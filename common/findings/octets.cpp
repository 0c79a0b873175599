#include "findings/octets.h"

#include <cstddef>

#include "core/secret.h"

namespace findings {

std::optional<Sight> length_prefix(std::string_view line) {
  if (line.size() < 4 || line[0] != '\0') return std::nullopt;
  const auto count = static_cast<std::size_t>(static_cast<unsigned char>(line[1]));
  if (count + 2 != line.size()) return std::nullopt;
  return Sight{"length-prefix", {0, 2}};
}

bool is_masked(std::string_view line, core::Span where) {
  return where.end <= line.size() && where.begin <= where.end &&
         line.substr(where.begin, where.end - where.begin) == core::kMask;
}

}  // namespace findings
