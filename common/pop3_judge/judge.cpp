#include "pop3_judge/judge.h"

#include <utility>

#include "findings/judge_of.h"
#include "pop3_judge/endings.h"
#include "pop3_judge/lines.h"
#include "pop3_judge/scene.h"

namespace pop3_judge {

std::unique_ptr<findings::Judge> make(findings::Server server) {
  return std::make_unique<findings::JudgeOf<Reading, Lines, Endings>>(std::move(server));
}

}  // namespace pop3_judge
