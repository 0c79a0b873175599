// Which class of reply may answer what.
#pragma once

#include "smtp/input.h"
#include "smtp/reply.h"

namespace smtp {

// Whether such a reply can answer the input at all, in whatever state: 3yz answers DATA and AUTH only, 2yz all but DATA (RFC
// 5321 §4.3.2, RFC 4954 §4). Of a command that nobody knows, and of a refusal, nothing is said.
[[nodiscard]] bool can_answer(Input input, ReplyCode code);

}  // namespace smtp
