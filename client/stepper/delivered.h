// What arrived in a mailbox, beside what was meant to arrive.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"
#include "core/text.h"

namespace stepper {

// A message in a mailbox, with the envelope it came in. Borrowed.
struct Delivered {
  std::string_view sender;                               // without brackets, as the recipients
  const std::vector<std::string>* recipients = nullptr;  // never null
  std::string_view content;                              // octet for octet
};

// A line of the message that is not as it was meant; what is missing is empty. Safe to print.
struct Difference {
  std::string meant;
  std::string arrived;
};

// The first line in which `content` differs from `meant`, whatever ends the lines of either; nothing when none does.
[[nodiscard]] std::optional<Difference> first_difference(std::string_view content, std::string_view meant);

// The envelope, and the message line by line; beside each that differs from the one of `meant` what was meant. meant: empty
// when nobody knows.
[[nodiscard]] std::vector<screen::Line> delivered_lines(const Delivered& message, std::string_view meant,
                                                        core::Language language);

}  // namespace stepper
