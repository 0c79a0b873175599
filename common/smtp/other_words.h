// The same answer in other words: only its code counts, and whatever a client can rely on (RFC 5321 §4.2).
#pragma once

#include "protocol/answer.h"
#include "smtp/input.h"

namespace smtp {

// Code, number of lines, enhanced codes, what EHLO announces, the server's name in front of the greeting and of the answer to a
// hello, and challenges stay; the texts are others, the same for the same input each time.
[[nodiscard]] protocol::Answer in_other_words(protocol::Answer answer, Input answers);

}  // namespace smtp
