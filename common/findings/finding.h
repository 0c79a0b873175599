// What a program did wrong, as it is told: which mistake, on which octets, and what it follows from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/text.h"

namespace findings {

// Octets of an event: [begin, end) on the wire.
struct Octets {
  std::uint64_t event = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Octets&) const = default;
};

// Severity, title, explanation and remedy stand in scenarios/knowledge/mistakes.toml under the id.
struct Finding {
  std::uint64_t number = 0;  // in its connection, from 1
  std::string id;
  bool certain = true;                // false: a guess, the likeliest of several causes
  std::vector<std::uint64_t> events;  // numbers of the events that show it, in their order
  std::vector<Octets> octets;         // what it is about; empty when it is about what was not said
  core::Text expected;                // what should have stood there or come; may be empty
  // The number of the finding that brought it about; nothing for a first cause. Only first causes are news.
  std::optional<std::uint64_t> follows;
};

// What shows in a stretch of octets by itself: a line, a message.
struct Sight {
  std::string_view id;
  core::Span where;
  bool certain = true;
  core::Text expected = {};
};

}  // namespace findings
