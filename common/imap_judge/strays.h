// Lines that are no commands of IMAP and belong together: another protocol, the rest of a login that is over. One mistake each,
// however many lines it has.
#pragma once

#include "imap_judge/scene.h"

namespace imap_judge {

class Strays {
 public:
  explicit Strays(Scene& scene) : scene_(&scene) {}

  // Whether the line is a part of such a thing; then it is told, and nothing else is to be said about it.
  [[nodiscard]] bool take(const Line& line);
  // What the answer to a turn makes of the lines that come next.
  void answered(const Turn& turn);

 private:
  [[nodiscard]] bool take_foreign(const Line& line);
  [[nodiscard]] bool take_login(const Line& line);

  Scene* scene_;
  bool is_foreign_ = false;   // somebody speaks another protocol
  bool after_login_ = false;  // a login was refused
};

}  // namespace imap_judge
