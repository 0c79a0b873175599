// A client that went on before all of an answer had come.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/tape.h"

namespace findings {

// How many octets of an answer, which left in these pieces, had left at that time; nothing when only the LF at its end was
// still to come: some libraries take CR for the end of a line.
[[nodiscard]] inline std::optional<std::size_t> heard_in_part(std::string_view answer, const std::vector<core::Piece>& pieces,
                                                              std::chrono::microseconds time) {
  std::size_t octets = 0;
  for (const core::Piece& piece : pieces) octets += piece.at < time ? piece.octets : 0;
  const bool is_to_the_cr = octets + 1 == answer.size() && answer.ends_with("\r\n");
  return is_to_the_cr ? std::nullopt : std::optional(octets);
}

}  // namespace findings
