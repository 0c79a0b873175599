#include "client/stepper/typed_verb.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "smtp/input.h"

namespace stepper {
namespace {

bool is_verb(std::string_view letters) {
  return std::any_of(smtp::kCommands.begin(), smtp::kCommands.end(), [&](const smtp::CommandRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb, letters);
  });
}

bool is_line(const TypedVerb::Line& line) {
  if (line.act == Act::kEdit) return is_verb(line.letters);
  if (line.act == Act::kBench) return line.letters.ends_with(' ') && is_verb(core::trim(line.letters));
  return line.letters.size() > 1;
}

}  // namespace

bool begins_verb(std::string_view letters) {
  return std::any_of(smtp::kCommands.begin(), smtp::kCommands.end(), [&](const smtp::CommandRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb.substr(0, letters.size()), letters);
  });
}

void TypedVerb::began(std::string_view letter, Act act, bool done) {
  line_.reset();
  if (begins_verb(letter)) line_ = Line{std::string(letter), act, done};
}

std::optional<TypedVerb::Line> TypedVerb::goes_on(std::string_view character) {
  if (!line_) return std::nullopt;
  line_->letters += character;
  const bool is_over = !begins_verb(core::trim(line_->letters));
  if (is_over || is_line(*line_)) {
    std::optional<Line> line = std::exchange(line_, std::nullopt);
    return is_over ? std::nullopt : line;
  }
  return std::nullopt;
}

}  // namespace stepper
