// Events as plain lines, the way RFCs print dialogues.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialogue/event.h"

namespace dialogue {

struct TextOptions {
  bool show_secrets = false;
  // In the language of who reads it.
  std::string_view no_line_end = "(no line end)";
  std::string_view octets = "octets";
};

// "C: HELO alice.example", "S: 250-mail" and so on, one for each line on the wire; "-- …" for what is not on the wire, the
// ids of failure and remarks in brackets behind it.
// Octets that the log let go are one line, "C: (1048576 octets)"; a very long line is cut, its rest counted.
// Safe to print (core/show.h) and without line ends. CRLF is the silent rule: a line that ended in LF alone shows "␊" at
// its end, one without any end says no_line_end.
[[nodiscard]] std::vector<std::string> text_lines(const Event& event, const TextOptions& options = {});

}  // namespace dialogue
