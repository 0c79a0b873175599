#include "imap_judge/judge.h"

#include <utility>

#include "findings/judge_of.h"
#include "imap_judge/endings.h"
#include "imap_judge/lines.h"
#include "imap_judge/scene.h"

namespace imap_judge {

std::unique_ptr<findings::Judge> make(findings::Server server) {
  return std::make_unique<findings::JudgeOf<Reading, Lines, Endings>>(std::move(server));
}

}  // namespace imap_judge
