#include "smtp/extensions.h"

#include <algorithm>

#include "core/text.h"

namespace smtp {
namespace {

// ehlo-line = ehlo-keyword *( SP ehlo-param )
std::string_view keyword_of(std::string_view line) { return line.substr(0, line.find(' ')); }

// What stands behind AUTH, or behind the AUTH= that some servers send beside it; empty on other lines.
std::string_view mechanisms_in(std::string_view line) {
  const bool is_auth = core::starts_with_ignoring_case(line, "AUTH ") || core::starts_with_ignoring_case(line, "AUTH=");
  return is_auth ? line.substr(5) : std::string_view();
}

// The next word of `list`, which is shortened by it; empty at the end.
std::string_view take_word(std::string_view& list) {
  list.remove_prefix(std::min(list.find_first_not_of(' '), list.size()));
  const std::string_view word = list.substr(0, list.find(' '));
  list.remove_prefix(word.size());
  return word;
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

bool Extensions::brings(Input command) const {
  const std::string_view keyword = row(command).offered_by;
  return keyword.empty() || offers(keyword) || (command == Input::kAuth && !mechanisms().empty());
}

std::string_view Extensions::parameters(std::string_view keyword) const {
  for (const std::string& line : lines_) {
    const std::string_view found = keyword_of(line);
    if (core::equals_ignoring_case(found, keyword)) return core::trim(std::string_view(line).substr(found.size()));
  }
  return {};
}

bool Extensions::offers_mechanism(std::string_view mechanism) const {
  for (const std::string& line : lines_) {
    std::string_view list = mechanisms_in(line);
    for (auto word = take_word(list); !word.empty(); word = take_word(list)) {
      if (core::equals_ignoring_case(word, mechanism)) return true;
    }
  }
  return false;
}

std::vector<std::string> Extensions::mechanisms() const {
  std::vector<std::string> out;
  for (const std::string& line : lines_) {
    std::string_view list = mechanisms_in(line);
    for (auto word = take_word(list); !word.empty(); word = take_word(list)) {
      std::string name = core::to_upper(word);
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    }
  }
  return out;
}

}  // namespace smtp
