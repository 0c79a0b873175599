#include "client/stepper/typed_verb.h"

#include <algorithm>
#include <utility>

#include "core/text.h"

namespace stepper {

bool begins_verb(const protocol::Protocol& spoken, std::string_view letters) {
  const auto inputs = spoken.inputs();
  return std::any_of(inputs.begin(), inputs.end(), [&](const protocol::InputRow& row) {
    return !row.verb.empty() && core::equals_ignoring_case(row.verb.substr(0, letters.size()), letters);
  });
}

bool TypedVerb::is_line() const {
  const auto is_verb = [this](std::string_view letters) { return protocol_->find_command(letters).has_value(); };
  if (line_->act == Act::kEdit) return is_verb(line_->letters);
  if (line_->act == Act::kBench) return line_->letters.ends_with(' ') && is_verb(core::trim(line_->letters));
  return line_->letters.size() > 1;
}

void TypedVerb::began(std::string_view letter, Act act, bool done) {
  line_.reset();
  if (begins_verb(*protocol_, letter)) line_ = Line{std::string(letter), act, done};
}

std::optional<TypedVerb::Line> TypedVerb::goes_on(std::string_view character) {
  if (!line_) return std::nullopt;
  line_->letters += character;
  const bool is_over = !begins_verb(*protocol_, core::trim(line_->letters));
  if (is_over || is_line()) {
    std::optional<Line> line = std::exchange(line_, std::nullopt);
    return is_over ? std::nullopt : line;
  }
  return std::nullopt;
}

}  // namespace stepper
