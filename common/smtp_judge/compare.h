// Several dialogues of one program beside each other: who decides by the words of a reply, by the wrong code, or by none.
#pragma once

#include <vector>

#include "findings/several.h"

namespace smtp_judge {

// As findings::compare().
[[nodiscard]] std::vector<findings::Difference> compare(const std::vector<findings::Dialogue>& dialogues);

}  // namespace smtp_judge
