// Who does not wait for answers: by what came before its time and was seen to. What the network has hidden is not guessed.
#pragma once

#include <optional>

#include "findings/early_lines.h"
#include "pop3_judge/scene.h"

namespace pop3_judge {

class Haste {
 public:
  explicit Haste(Scene& scene) : scene_(&scene) {}

  // A line whose turn has come. before: what the line before it was.
  void look_at(const Line& line, pop3::Input before);
  // Nothing more comes for now: what was held back is told as it stands.
  void settle();

 private:
  void release();

  Scene* scene_;
  // A line that came inside of an answer, not told yet: the next one may have come together with it.
  std::optional<findings::Finding> inside_;
  findings::EarlyLines early_{"all-commands-at-once", "replies-off-by-one"};
};

}  // namespace pop3_judge
