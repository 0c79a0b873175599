// What stopped a program, from what it printed last.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace program {

// The last report of an error that nobody has caught, up to the end: of Python, Java, Node.js, Go. Empty: there is none.
[[nodiscard]] std::string_view last_traceback(std::string_view said);

struct Stumble {
  std::string words;  // that decide, safe to print, secrets masked
  std::string id;     // of the mistake or failure that they mean; empty: nobody knows
};

// As `smtplab explain` reads it. Nothing: there is no such report, or nothing in it is known.
[[nodiscard]] std::optional<Stumble> read_traceback(std::string_view said, const knowledge::Knowledge& knowledge,
                                                    const scenario::Catalogue& catalogue);

}  // namespace program
