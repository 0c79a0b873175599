// The judge of IMAP. Which ids it knows, and which need more than one dialogue shows, stands in tests/imap_judge.
#pragma once

#include <memory>

#include "findings/judge.h"

namespace imap_judge {

[[nodiscard]] std::unique_ptr<findings::Judge> make(findings::Server server = {});

}  // namespace imap_judge
