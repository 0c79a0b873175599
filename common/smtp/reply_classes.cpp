#include "smtp/reply_classes.h"

namespace smtp {

bool can_answer(Input input, ReplyCode code) {
  if (input == Input::kUnknown || code.is_negative()) return true;
  const bool goes_on = input == Input::kAuth || input == Input::kAuthResponse || input == Input::kData;
  return code.is_intermediate() ? goes_on : input != Input::kData;
}

}  // namespace smtp
