// The words of a line that have a meaning of their own: what data are called, what is asked for, flags, response codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.h"

namespace knowledge {

struct Term {
  std::string word;  // as it stands in the table
  core::Text meaning;
  std::string rfc;

  bool operator==(const Term& other) const { return word == other.word; }
};

// Those of a line that is said in that protocol, each once, in its order and at most `most`: what stands in quotes is none, and
// of what stands behind a response code none is looked for. Octets behind the first line end do not count.
[[nodiscard]] std::vector<Term> terms_in(const Knowledge& knowledge, std::string_view protocol, std::string_view line,
                                         std::size_t most = 8);

}  // namespace knowledge
