#include "pop3/input.h"

#include "core/text.h"

namespace pop3 {
namespace {

constexpr bool rows_stand_at_their_place() {
  for (std::size_t i = 0; i < kInputs.size(); ++i) {
    if (static_cast<std::size_t>(kInputs[i].input) != i) return false;
  }
  return true;
}

static_assert(rows_stand_at_their_place());

}  // namespace

std::optional<Input> find_command(std::string_view verb) {
  if (verb.empty()) return std::nullopt;
  for (const InputRow& one : kInputs) {
    if (core::equals_ignoring_case(one.verb, verb)) return one.input;
  }
  return std::nullopt;
}

bool has_many_lines(Input input, bool with_argument) {
  const AnswerForm form = row(input).form;
  return form == AnswerForm::kManyLines || (form == AnswerForm::kManyLinesWithoutArgument && !with_argument);
}

}  // namespace pop3
