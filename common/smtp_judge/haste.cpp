#include "smtp_judge/haste.h"

#include <utility>

namespace smtp_judge {
namespace {

using smtp::Input;

findings::Sight all_of(std::string_view id, const Line& line) { return {id, {0, line.text().size()}}; }

}  // namespace

void Haste::look_at(const Line& line, Input before) {
  const bool in_group = before == Input::kMessage || !smtp::row(before).ends_group;
  const bool may = in_group && scene_->reading.known().pipelining();
  if (line.heard_octets > 0) return inside_reply(line, before);
  if (line.early == 0 || may) return settle();
  if (scene_->slip) {
    if (line.early == 1) scene_->tell(all_of("replies-off-by-one", line), line, scene_->slip);
    return;
  }
  if (before == Input::kConnect) {
    scene_->slip = scene_->tell(all_of("talks-before-greeting", line), line);
  } else if (before == Input::kData) {
    settle();
    scene_->slip = scene_->tell({"body-before-354", {0, 0}}, line, scene_->slip);
  } else {
    suspect(line);
  }
}

// Inside of the greeting nobody can tell whether the client has read a part of it, or nothing.
void Haste::inside_reply(const Line& line, Input before) {
  settle();
  if (scene_->slip) return;
  findings::Sight sight = all_of(line.heard_a_line ? "multiline-reply-desync" : "one-recv-per-reply", line);
  sight.certain = before != Input::kConnect;
  scene_->slip = scene_->tell(sight, line);
}

// In one piece with the line before, or further ahead than one reply: it does not wait. A single line that came too early may
// also be the only one of a client that is a reply behind of which this was seen.
void Haste::suspect(const Line& line) {
  if (auto sure = early_.add(scene_->finding(all_of("sends-before-reply", line), line), line.early, line.is_joined))
    scene_->slip = scene_->ledger.tell(std::move(*sure));
}

void Haste::settle() {
  if (auto sure = early_.settle()) scene_->slip = scene_->ledger.tell(std::move(*sure));
}

}  // namespace smtp_judge
