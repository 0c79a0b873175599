// Octets whose number was said before (RFC 9051 §4.3): whether they waited, and whether the number was right.
#pragma once

#include "imap_judge/scene.h"

namespace imap_judge {

class Literals {
 public:
  explicit Literals(Scene& scene) : scene_(&scene) {}

  // What comes behind an announced literal: the rest of its command, or, where it was refused, what is a line by itself now.
  // Whether that is told, and nothing else is to be said about it.
  [[nodiscard]] bool take(const Line& line);
  // Another part of the same text, which was to be in a literal.
  void answered(const Turn& turn);

 private:
  [[nodiscard]] bool is_remainder(const Line& line) const;

  Scene* scene_;
  bool was_refused_ = false;        // the last line announced a literal, which the server did not want
  std::optional<Number> derailed_;  // text comes as commands
  bool has_brought_ = false;        // the last command ended in a literal
};

}  // namespace imap_judge
