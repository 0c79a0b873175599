// The judge of POP3. Which ids it knows, and which need more than one dialogue shows, stands in tests/pop3_judge.
#pragma once

#include <memory>

#include "findings/judge.h"

namespace pop3_judge {

[[nodiscard]] std::unique_ptr<findings::Judge> make(findings::Server server = {});

}  // namespace pop3_judge
