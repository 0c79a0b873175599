// Several dialogues of one program beside each other: who decides by the words of an answer, by the wrong one, or by none.
#pragma once

#include <vector>

#include "findings/several.h"

namespace imap_judge {

// As findings::compare().
[[nodiscard]] std::vector<findings::Difference> compare(const std::vector<findings::Dialogue>& dialogues);

}  // namespace imap_judge
