// What is wrong with a finished message, as remarks on it: mime's flaws are the names of mistakes.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "mime/flaws.h"
#include "protocol/remark.h"

namespace scenario {

// About the message as a whole; in the order of mime::Flaw, each once.
[[nodiscard]] std::vector<protocol::Remark> message_remarks(std::string_view message);

// Whether a remark of this kind comes from reading a message.
[[nodiscard]] constexpr bool is_about_messages(protocol::MistakeId kind) {
  return std::find(mime::kFlawIds.begin(), mime::kFlawIds.end(), kind.text()) != mime::kFlawIds.end();
}

}  // namespace scenario
