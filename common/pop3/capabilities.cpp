#include "pop3/capabilities.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "pop3/words.h"

namespace pop3 {
namespace {

bool has_keyword(std::string_view line, std::string_view keyword) {
  return core::equals_ignoring_case(take_word(line), keyword);
}

}  // namespace

Capabilities Capabilities::from_lines(std::vector<std::string> lines) {
  Capabilities capabilities;
  std::erase_if(lines, [](const std::string& line) { return core::trim(line).empty(); });
  capabilities.lines_ = std::move(lines);
  return capabilities;
}

const std::string* Capabilities::find(std::string_view keyword) const {
  const auto hit =
      std::find_if(lines_.begin(), lines_.end(), [&](const std::string& line) { return has_keyword(line, keyword); });
  return hit == lines_.end() ? nullptr : &*hit;
}

bool Capabilities::offers(std::string_view keyword) const { return find(keyword) != nullptr; }

std::string_view Capabilities::parameters(std::string_view keyword) const {
  const std::string* const line = find(keyword);
  if (line == nullptr) return {};
  std::string_view rest = *line;
  take_word(rest);
  return rest;
}

std::vector<std::string> Capabilities::mechanisms() const {
  std::vector<std::string> names;
  for (std::string_view rest = parameters("SASL"); !rest.empty();) names.push_back(core::to_upper(take_word(rest)));
  return names;
}

bool Capabilities::offers_mechanism(std::string_view name) const {
  const std::vector<std::string> names = mechanisms();
  return std::find(names.begin(), names.end(), core::to_upper(name)) != names.end();
}

Capabilities Capabilities::without(std::string_view keyword) const {
  Capabilities rest = *this;
  std::erase_if(rest.lines_, [&](const std::string& line) { return has_keyword(line, keyword); });
  return rest;
}

}  // namespace pop3
