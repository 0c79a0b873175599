#include "pop3/input.h"

#include "protocol/rows.h"

namespace pop3 {

static_assert(protocol::stand_in_order(kInputs));

std::optional<Input> find_command(std::string_view verb) { return protocol::find_verb(kInputs, verb); }

bool has_many_lines(Input input, bool with_argument) {
  const AnswerForm form = row(input).form;
  return form == AnswerForm::kManyLines || (form == AnswerForm::kManyLinesWithoutArgument && !with_argument);
}

}  // namespace pop3
