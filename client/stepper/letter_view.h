// A message that came over the network, told to whoever wants to read it: its parts as a tree, each header with the octets as
// they stand there beside what they say, and what is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "dialogue/log.h"
#include "knowledge/knowledge.h"

namespace stepper {

// Safe to print, and bounded: of a long value the beginning, of many parts and fields the first.
[[nodiscard]] std::vector<screen::Line> letter_lines(std::string_view message, const knowledge::Knowledge& knowledge,
                                                     core::Language language);

// The message that a server hands over in this event: a literal (RFC 9051 §4.3), or what stands behind the first line of an
// answer and begins with a header, its dots undone (RFC 1939 §3). Nothing where there is none.
[[nodiscard]] std::optional<std::string> message_in(const dialogue::Event& event);
// The last one up to this event, which stands in the log: with IMAP the line that ends the answer comes behind it. Nothing
// where there is none, or far back.
[[nodiscard]] std::optional<std::string> message_up_to(const dialogue::Log& log, const dialogue::Event* event);

}  // namespace stepper
