// Who does not wait for replies: by what came before its time and was seen to. What the network has hidden is not guessed.
#pragma once

#include "findings/early_lines.h"
#include "smtp_judge/scene.h"

namespace smtp_judge {

class Haste {
 public:
  explicit Haste(Scene& scene) : scene_(&scene) {}

  // A line whose turn has come. before: what the line before it was.
  void look_at(const Line& line, smtp::Input before);
  // Nothing more comes for now: what was held back is told as it stands.
  void settle();

 private:
  void inside_reply(const Line& line, smtp::Input before);
  void suspect(const Line& line);

  Scene* scene_;
  findings::EarlyLines early_{"sends-before-reply", "replies-off-by-one"};
};

}  // namespace smtp_judge
