// The JSON lines of json_lines.h read back into events: as much of them as was written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "dialogue/event.h"

namespace dialogue {

// Of a file that may hold several connections.
struct Recorded {
  std::uint64_t connection = 0;  // 0: the file names none
  Event event;                   // number, at, kind, bytes, pieces, dropped, closed_by, failure, note; nothing else
};

struct Recording {
  std::vector<Recorded> events;       // in the order of the file
  std::vector<std::string> findings;  // the lines of kind "finding", as they are
  bool is_masked = false;             // a secret was hidden in some event: there the octets are core::kMask
};

// Errors (Blame::kInput) name the line that is no such object.
[[nodiscard]] core::Result<Recording> events_from_json_lines(std::string_view text);

}  // namespace dialogue
