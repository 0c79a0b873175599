#include "smtp_judge/haste.h"

#include <utility>

namespace smtp_judge {
namespace {

using smtp::Input;

findings::Finding together(std::vector<findings::Finding> parts, std::string_view id) {
  findings::Finding whole = std::move(parts.front());
  whole.id = id;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (const std::uint64_t event : parts[i].events) {
      if (whole.events.back() != event) whole.events.push_back(event);
    }
    whole.octets.insert(whole.octets.end(), parts[i].octets.begin(), parts[i].octets.end());
  }
  return whole;
}

findings::Sight all_of(std::string_view id, const Line& line) { return {id, {0, line.text().size()}}; }

}  // namespace

void Haste::look_at(const Line& line, Input before) {
  const bool in_group = before == Input::kMessage || !smtp::row(before).ends_group;
  const bool may = in_group && scene_->reading.known().pipelining();
  if (line.heard_octets > 0) return inside_reply(line);
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

void Haste::inside_reply(const Line& line) {
  settle();
  if (scene_->slip) return;
  scene_->slip = scene_->tell(all_of(line.heard_a_line ? "multiline-reply-desync" : "one-recv-per-reply", line), line);
}

void Haste::suspect(const Line& line) {
  suspects_.push_back(scene_->finding(all_of("sends-before-reply", line), line));
  if (line.early > 1) {
    settle();
  } else if (suspects_.size() == kConstantLead) {
    scene_->slip = scene_->ledger.tell(together(std::exchange(suspects_, {}), "replies-off-by-one"));
  }
}

void Haste::settle() {
  if (suspects_.empty()) return;
  scene_->slip = scene_->ledger.tell(together(std::exchange(suspects_, {}), "sends-before-reply"));
}

}  // namespace smtp_judge
