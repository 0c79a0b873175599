// Recorded dialogues, read from files: our transcripts and events, and lines that begin with C: and S:.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "findings/finding.h"

namespace commands {

// One connection of a file.
struct RecordedDialogue {
  std::string file;
  std::uint64_t connection = 0;  // as the file numbers it, from 1; 0: it is the only one
  std::vector<dialogue::Event> events;
  std::vector<findings::Finding> findings;  // that the file has of it, told when its passwords were in sight
};

// Of a file that holds several connections, each by itself. "-" is standard input. Errors (Blame::kInput): it cannot be read; a
// line that is neither an event nor a line of a dialogue.
[[nodiscard]] core::Result<std::vector<RecordedDialogue>> read_dialogues(const std::string& file);

// Which protocol it is of, as the greeting tells.
[[nodiscard]] std::string_view protocol_of(const RecordedDialogue& dialogue);

// What cannot be seen any more, since a password is masked there, and what was sent was refused; a sentence for each way of
// sending one. Nothing where the file has findings.
[[nodiscard]] std::vector<core::Text> hidden_by_masks(const RecordedDialogue& dialogue);

}  // namespace commands
