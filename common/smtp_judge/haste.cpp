#include "smtp_judge/haste.h"

#include <algorithm>
#include <utility>

namespace smtp_judge {
namespace {

using smtp::Input;

constexpr std::size_t kSteady = 2;

findings::Sight all_of(std::string_view id, const Line& line) { return {id, {0, line.text().size()}}; }

}  // namespace

void Haste::look_at(const Line& line, Input before) {
  const bool in_group = before == Input::kMessage || !smtp::row(before).ends_group;
  const bool may = in_group && scene_->reading.known().pipelining();
  if (line.heard_octets > 0) return inside_reply(line, before);
  if (line.early == 0) spare_lines_ = std::max<std::size_t>(scene_->reading.lines_heard(), 1) - 1;
  if (line.early != 1 || line.is_joined) one_ahead_.clear();
  if (may && line.early == 1 && !line.is_joined)
    one_ahead_.push_back(scene_->finding(all_of("replies-off-by-one", line), line));
  if (line.early == 0 || may) return settle();
  if (scene_->slip) {
    if (line.early == 1) scene_->tell(all_of("replies-off-by-one", line), line, scene_->slip);
    return;
  }
  if (before == Input::kConnect) {
    scene_->slip = scene_->tell(all_of("talks-before-greeting", line), line);
  } else if (before == Input::kData) {
    body_before_reply(line);
  } else {
    suspect(line);
  }
}

// Inside of the greeting nobody can tell whether the client has read a part of it, or nothing.
void Haste::inside_reply(const Line& line, Input before) {
  settle();
  if (scene_->slip) return;
  findings::Sight sight = all_of(line.heard_a_line ? "multiline-reply-desync" : "one-recv-per-reply", line);
  sight.certain = before != Input::kConnect || line.has_waited;
  scene_->slip = scene_->tell(sight, line);
}

// In one piece with the line before, or further ahead than one reply: it does not wait. A single line that came too early may
// also be the only one of a client that is a reply behind of which this was seen.
void Haste::suspect(const Line& line) {
  if (early_.empty()) is_in_one_go_ = line.is_joined;
  auto sure = early_.add(scene_->finding(all_of("sends-before-reply", line), line), line.early, line.is_joined);
  if (!sure) return;
  // As far ahead as the lines of a reply that it may have taken for replies, one for each command.
  if (line.early > 1 && line.early <= spare_lines_ && !is_in_one_go_) {
    sure->id = "multiline-reply-desync";
    sure->certain = false;
  }
  scene_->slip = scene_->ledger.tell(std::move(*sure));
}

// Commands that each came one reply too early, and now the message did: one reply was never read.
void Haste::body_before_reply(const Line& line) {
  settle();
  if (one_ahead_.size() >= kSteady)
    scene_->slip = scene_->ledger.tell(findings::together(std::exchange(one_ahead_, {}), "replies-off-by-one"));
  scene_->slip = scene_->tell({"body-before-354", {0, 0}}, line, scene_->slip);
}

void Haste::settle() {
  if (auto sure = early_.settle()) scene_->slip = scene_->ledger.tell(std::move(*sure));
}

}  // namespace smtp_judge
