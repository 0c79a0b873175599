// Events as JSON lines: one object a line, for programs that read a dialogue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dialogue/event.h"

namespace dialogue {

struct JsonOptions {
  bool show_secrets = false;
  std::optional<std::uint64_t> connection{};  // written first, where one file holds several connections
};

// One object and a LF: always valid JSON in UTF-8, whatever the peer sent. Members that say nothing are left out.
//   number, at (milliseconds since the log began), kind, input, text (core/show.h), bytes (base64; only when text cannot
//   tell them), chunks (lengths on the wire), times (of the chunks, as `at`; only when there are several), dropped, code,
//   lines, decoded, remarks (ids), from, to, rule, user, explanation (id), closed_by, failure (id), note
// Secrets are masked in text, bytes and decoded unless they are asked for; their line ends and chunks are not.
[[nodiscard]] std::string json_line(const Event& event, const JsonOptions& options = {});

}  // namespace dialogue
