#include "smtp/extensions.h"

#include <algorithm>

#include "core/text.h"

namespace smtp {
namespace {

// ehlo-line = ehlo-keyword *( SP ehlo-param )
std::string_view keyword_of(std::string_view line) { return line.substr(0, line.find(' ')); }

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(' '));
    if (core::equals_ignoring_case(one, word)) return true;
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return false;
}

}  // namespace

Extensions Extensions::from_reply(const Reply& reply) {
  Extensions out;
  if (reply.lines.size() > 1) out.lines_.assign(reply.lines.begin() + 1, reply.lines.end());
  return out;
}

Extensions Extensions::from_lines(std::vector<std::string> lines) {
  Extensions out;
  out.lines_ = std::move(lines);
  return out;
}

bool Extensions::offers(std::string_view keyword) const {
  return std::any_of(lines_.begin(), lines_.end(),
                     [&](const std::string& line) { return core::equals_ignoring_case(keyword_of(line), keyword); });
}

std::string_view Extensions::parameters(std::string_view keyword) const {
  for (const std::string& line : lines_) {
    const std::string_view found = keyword_of(line);
    if (core::equals_ignoring_case(found, keyword)) return core::trim(std::string_view(line).substr(found.size()));
  }
  return {};
}

bool Extensions::offers_mechanism(std::string_view mechanism) const {
  return std::any_of(lines_.begin(), lines_.end(), [&](std::string_view line) {
    if (core::starts_with_ignoring_case(line, "AUTH ")) return has_word(line.substr(5), mechanism);
    return core::starts_with_ignoring_case(line, "AUTH=") && has_word(line.substr(5), mechanism);
  });
}

}  // namespace smtp
