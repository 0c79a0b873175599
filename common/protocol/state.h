// Where a session stands, by name: the states themselves are those of each protocol.
#pragma once

#include <string_view>

#include "core/phrase.h"

namespace protocol {

// One state, and its place in a drawing: one of the chain from left to right, or hanging below one of that.
struct StateRow {
  core::Phrase name;                // lower case in English: "greeted"
  std::string_view below = {};      // the state of the chain from which it branches off; empty: it is one of the chain
  std::string_view shown_for = {};  // a keyword: drawn where the server offers it, or while it is reached; empty: always
  std::string_view leads_to = {};   // where it leads back to in the drawing; empty: to where it came from
  bool is_end = false;              // drawn while it is reached, and only then
};

// A change, for the log. from == to is a change that only touched memory or nothing. Both are rows of a table.
struct StateChange {
  const StateRow* from = nullptr;  // never null in a change that was made
  const StateRow* to = nullptr;
  std::string_view rule;  // of the row that was used; empty when no row fits (the server broke the protocol)

  bool operator==(const StateChange&) const = default;
};

}  // namespace protocol
