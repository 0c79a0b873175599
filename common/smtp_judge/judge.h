// The judge of SMTP. Which ids it knows, and which need more than one dialogue shows, stands in tests/smtp_judge.
#pragma once

#include <memory>

#include "findings/judge.h"

namespace smtp_judge {

[[nodiscard]] std::unique_ptr<findings::Judge> make(findings::Server server = {});

}  // namespace smtp_judge
