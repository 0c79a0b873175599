// Who does not wait for replies: by what came before its time and was seen to. What the network has hidden is not guessed.
#pragma once

#include <cstddef>
#include <vector>

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
  void inside_reply(const Line& line);
  void suspect(const Line& line);

  static constexpr std::size_t kConstantLead = 3;  // so many lines, each one reply ahead: the client counts, but wrongly

  Scene* scene_;
  // Lines that came one reply too early, not told yet: a single one was sent without waiting, a row of them says that one
  // reply was never read.
  std::vector<findings::Finding> suspects_;
};

}  // namespace smtp_judge
