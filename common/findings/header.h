// What is wrong with the header of a message. Internal to findings/.
#pragma once

#include <vector>

#include "findings/entity.h"
#include "findings/finding.h"
#include "findings/letter.h"

namespace findings {

// Where the header is none, or does not end where it should: at most one of these, and then what is not in the header is not
// missing.
[[nodiscard]] std::vector<Sight> header_shape(const Entity& letter);

// Fields that are missing, come twice, hold what they may not.
[[nodiscard]] std::vector<Sight> header_fields(const Entity& letter, const Announced& announced);

}  // namespace findings
