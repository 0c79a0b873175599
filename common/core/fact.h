// One thing that a server knows, as a row: from the rows of a protocol come the placeholders of its replies and what is shown
// of its memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/phrase.h"

namespace core {

// Nothing: it is not known.
using FactValue = std::variant<std::monostate, bool, std::size_t, std::string, std::vector<std::string>>;

// What is said of a fact, whichever protocol it belongs to.
struct FactWords {
  Phrase label = {};   // where the memory is shown; empty: not there
  Phrase absent = {};  // there, while it is not known
  Phrase unit = {};    // of a number
};

// Known: all that a server of the protocol knows at one moment.
template <typename Known>
struct FactRow {
  std::string_view name;   // {name} in a reply
  std::string_view about;  // as such a placeholder; empty: it is none
  FactValue (*value)(const Known&);
  FactWords words = {};
};

}  // namespace core
