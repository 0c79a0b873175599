// What is wrong with a finished message, as remarks on it: mime's flaws under the names of mistakes.
#pragma once

#include <string_view>
#include <vector>

#include "smtp/remark.h"

namespace scenario {

// About the message as a whole; in the order of RemarkKind, each once.
[[nodiscard]] std::vector<smtp::Remark> message_remarks(std::string_view message);

// Whether a remark of this kind comes from reading a message.
[[nodiscard]] constexpr bool is_about_messages(smtp::RemarkKind kind) {
  return kind >= smtp::RemarkKind::kNulInText && kind <= smtp::RemarkKind::kAddressInEncodedWord;
}

}  // namespace scenario
