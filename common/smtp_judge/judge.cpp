#include "smtp_judge/judge.h"

#include <utility>

#include "findings/judge_of.h"
#include "smtp_judge/endings.h"
#include "smtp_judge/lines.h"
#include "smtp_judge/scene.h"

namespace smtp_judge {

std::unique_ptr<findings::Judge> make(findings::Server server) {
  return std::make_unique<findings::JudgeOf<Reading, Lines, Endings>>(std::move(server));
}

}  // namespace smtp_judge
