// What is no error of one command, and shows over several: mail that becomes read by looking at it, marks that stay, messages
// of others that go.
#pragma once

#include <cstdint>
#include <optional>

#include "imap_judge/scene.h"

namespace imap_judge {

class Habits {
 public:
  explicit Habits(Scene& scene) : scene_(&scene) {}

  // A command whose turn has come and which is in order.
  void said(const Line& line);
  void answered(const Turn& turn);
  // The client says goodbye, or is gone: what might have been meant so was not.
  void end();

 private:
  void expunges(const Line& line);
  void counts_on(const Line& line);

  Scene* scene_;
  std::optional<findings::Finding> seen_;  // FETCH has set \Seen, and nothing says that this was wanted
  bool wants_seen_ = false;
  bool knew_uids_ = false;                   // before this command
  std::optional<std::uint32_t> deleted_;     // the number that was marked last, and then expunged
  std::optional<findings::Finding> marked_;  // the first STORE that marks messages
};

}  // namespace imap_judge
