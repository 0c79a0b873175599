// How a reply leaves: whole, or cut as its rule wants it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/action.h"
#include "mockserver/scenario/behaviour.h"
#include "protocol/server_session.h"

namespace mockserver {

// Cuts one answer, which comes at once or in parts. In the middle it is cut where the first part is long enough to have one:
// behind its first line, or else half way.
class Cutter {
 public:
  // An answer that is pulled may be of any length: behind so many pieces the rest comes as it is.
  static constexpr std::size_t kMostPieces = 2000;

  explicit Cutter(scenario::Split split) : split_(std::move(split)) {}

  // The lengths of the pieces, in their order; none for no octets.
  [[nodiscard]] std::vector<std::size_t> cut(std::string_view octets);
  // What says it: a Send for each piece, and a Pause between two of the answer.
  [[nodiscard]] core::Actions speech(std::string_view octets);

 private:
  scenario::Split split_;
  std::size_t said_ = 0;    // octets of the answer so far
  std::size_t pieces_ = 0;  // likewise
};

// The lengths of the pieces of what is not pulled; none for no octets.
[[nodiscard]] std::vector<std::size_t> pieces_of(const scenario::Decision& decision);

// What says it.
[[nodiscard]] core::Actions speech_of(const scenario::Decision& decision);

// Has the session answer the turn as it was decided. What is pulled leaves as the session says it; anything else may be cut.
// What was proposed is moved through the turn, and is in the decision again afterwards.
protocol::StateChange answer_with(protocol::ServerSession& session, protocol::Turn& turn, scenario::Decision& decision);

}  // namespace mockserver
