// Who does not wait for replies: by what came before its time and was seen to. What the network has hidden is not guessed.
#pragma once

#include <cstddef>
#include <vector>

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
  void body_before_reply(const Line& line);

  Scene* scene_;
  std::size_t spare_lines_ = 0;  // of a reply of many lines: whoever reads one line for each command has these too much
  bool is_in_one_go_ = false;    // the first line that was early came in one piece with the one before
  std::vector<findings::Finding> one_ahead_;  // lines that a group may have, each one reply ahead: no group is like that
  findings::EarlyLines early_{"sends-before-reply", "replies-off-by-one"};
};

}  // namespace smtp_judge
