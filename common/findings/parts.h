// What is wrong with the parts of a message: boundaries, charsets, encodings, pictures. Internal to findings/.
#pragma once

#include <vector>

#include "findings/entity.h"
#include "findings/finding.h"
#include "findings/letter.h"

namespace findings {

[[nodiscard]] std::vector<Sight> part_flaws(const Entity& letter, const Announced& announced);

}  // namespace findings
