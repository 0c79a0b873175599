// `smtplab explain --message FILE`: a message as it lies in a file, taken apart.
#pragma once

#include <ostream>
#include <string>

#include "core/text.h"
#include "knowledge/knowledge.h"

namespace commands {

// Its parts, its headers decoded, and what is wrong with it (stepper/letter_view.h). name: "-" is standard input. Of more than
// kLongestMessage octets only those are read, which is said. Returns an exit status.
[[nodiscard]] int explain_message(const std::string& name, const knowledge::Knowledge& knowledge, core::Language language,
                                  std::ostream& out, std::ostream& err);

inline constexpr std::size_t kLongestMessage = std::size_t{64} << 20;

}  // namespace commands
