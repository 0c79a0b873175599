// What silence and the end of a connection show.
#pragma once

#include <optional>
#include <string_view>

#include "dialogue/event.h"
#include "imap_judge/lines.h"
#include "imap_judge/scene.h"

namespace imap_judge {

class Endings {
 public:
  Endings(Scene& scene, Lines& lines) : scene_(&scene), lines_(&lines) {}

  void connected(microseconds at) { connected_ = at; }
  // As Judge::quiet().
  void quiet(microseconds now, std::string_view untold);
  // TLS where none can be, or clear text where it must be: sure as soon as the first octet is there.
  void look_at_first_octets();
  void secured() { secured_ = true; }
  void closed(const dialogue::Event& event);

 private:
  void waits(microseconds gap);
  void inside_literal();
  void unfinished(std::string_view pending);
  void silent_for_good();
  void hung_up(const dialogue::Event& event);
  [[nodiscard]] std::optional<Sight> why_gone() const;

  Scene* scene_;
  Lines* lines_;
  microseconds connected_{};
  bool secured_ = false;
  std::optional<Number> hang_;  // why nothing goes on: both sides wait
};

}  // namespace imap_judge
