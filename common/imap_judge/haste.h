// Who does not wait for answers: by what came before its time and was seen to. Several commands at once are right where none
// depends on another (RFC 9051 §5.5). What the network has hidden is not guessed.
#pragma once

#include <optional>

#include "findings/early_lines.h"
#include "imap_judge/scene.h"

namespace imap_judge {

class Haste {
 public:
  explicit Haste(Scene& scene) : scene_(&scene) {}

  // A line whose turn has come.
  void look_at(const Line& line);
  // Nothing more comes for now: what was held back is told as it stands.
  void settle();

 private:
  void inside(const Line& line);
  void too_early(const Line& line);
  void release();
  [[nodiscard]] bool depends(const Line& line) const;

  Scene* scene_;
  // A line that came inside of an answer, not told yet: the next one may have come together with it.
  std::optional<findings::Finding> inside_;
  findings::EarlyLines early_{"all-commands-at-once", "replies-off-by-one"};
  bool pipelines_ = false;  // it has sent what depends on nothing without waiting, and was right to
};

}  // namespace imap_judge
