// Text that comes as commands and is none: a message whose DATA was refused, the lines of a login that is over, what stands
// behind a dot that ended a message too early. One mistake each, however many lines it has.
#pragma once

#include <optional>

#include "smtp_judge/scene.h"

namespace smtp_judge {

class Strays {
 public:
  explicit Strays(Scene& scene) : scene_(&scene) {}

  // Whether the line is a part of such a text; then it is told, and nothing else is to be said about it.
  [[nodiscard]] bool take(const Line& line);
  // What the reply to a turn makes of the lines that come next.
  void answered(const Turn& turn);
  // A command had no address, or only its beginning: perhaps a line end stands in it, and the rest comes on the next line.
  void address_goes_on(Number why) { address_goes_on_ = why; }
  // The mistake by which that happened, where this line is such a rest: the end of a path.
  [[nodiscard]] std::optional<Number> torn_before(const Line& line) const {
    return line.bytes.starts_with('>') ? address_goes_on_ : std::nullopt;
  }
  // Nothing more comes: what is held back is told.
  void settle();
  // The message before this line was cut at a dot that was text; what lacks at its end is no mistake of its own.
  [[nodiscard]] bool letter_was_cut() const { return cut_; }
  // It is not decided yet whether it was.
  [[nodiscard]] bool is_undecided() const { return rest_.has_value() || empty_.has_value(); }
  // DATA was refused, and what comes are lines of a message.
  [[nodiscard]] bool is_in_body() const { return in_body_; }
  // What comes are lines of a login that was refused.
  [[nodiscard]] bool is_in_login() const { return after_login_; }

 private:
  [[nodiscard]] bool take_body(const Line& line);
  [[nodiscard]] bool take_login(const Line& line);
  [[nodiscard]] bool take_rest(const Line& line);
  void cut(bool certain);

  Scene* scene_;
  bool in_body_ = false;       // DATA was refused
  bool is_first_ = false;      // … and nothing has come since
  bool after_login_ = false;   // a login was refused
  bool after_letter_ = false;  // a message was answered
  bool cut_ = false;
  bool rest_is_early_ = false;
  std::optional<findings::Finding> rest_;   // the first line behind a message that is no command
  std::optional<findings::Finding> empty_;  // an empty line behind a message: perhaps of a second end
  std::optional<Number> address_goes_on_;
};

}  // namespace smtp_judge
