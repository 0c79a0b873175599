// What all who look for mistakes have before them: the dialogue so far, what was told of it, and what explains what comes next.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "findings/ledger.h"
#include "smtp_judge/reading.h"
#include "smtp_judge/server.h"

namespace smtp_judge {

using Number = std::uint64_t;  // of a finding

struct Scene {
  Server server;
  Reading reading;
  findings::Ledger ledger;
  // Because of this, what comes now is refused: a command that came too soon, a login that is missing. Until something is taken
  // again, what the client does wrong follows from it.
  std::optional<Number> root;
  // Because of this the client reads each reply too late: an empty line, a greeting that was never read. Nothing shows that it
  // ever catches up.
  std::optional<Number> slip;

  // A sight in this line. Gives its number.
  Number tell(const findings::Sight& sight, const Line& line, std::optional<Number> follows = std::nullopt);
  // The same, to be told later, when the line is no longer there.
  [[nodiscard]] findings::Finding finding(const findings::Sight& sight, const Line& line) const;
  // Of octets that are no line yet; the span counts from the first of them.
  Number tell_of_pending(const findings::Sight& sight, std::optional<Number> follows = std::nullopt);
};

}  // namespace smtp_judge
