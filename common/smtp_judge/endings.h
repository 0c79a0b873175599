// What silence and the end of a connection show.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "dialogue/event.h"
#include "smtp_judge/lines.h"
#include "smtp_judge/scene.h"

namespace smtp_judge {

class Endings {
 public:
  Endings(Scene& scene, Lines& lines) : scene_(&scene), lines_(&lines) {}

  void connected(microseconds at) { connected_ = at; }
  // As Judge::quiet().
  void quiet(microseconds now, std::string_view untold);
  // TLS where none can be, or clear text where it must be: sure as soon as the first octet is there.
  void look_at_first_octets();
  void secured();
  void closed(const dialogue::Event& event);

 private:
  void unfinished(std::string_view pending, bool silent);
  void unfinished_line(std::string_view pending);
  void hung_up(const dialogue::Event& event);
  void left_behind_quit(const dialogue::Event& event);

  Scene* scene_;
  Lines* lines_;
  microseconds connected_{};
  bool secured_ = false;
  microseconds said_in_clear_{};  // the last octet of it, when TLS had begun
  std::optional<Number> hang_;    // why nothing goes on: both sides wait
};

}  // namespace smtp_judge
