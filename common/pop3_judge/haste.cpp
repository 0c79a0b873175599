#include "pop3_judge/haste.h"

#include <chrono>
#include <utility>

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;

constexpr std::chrono::milliseconds kReadOn{100};  // so long no answer is on its way between a client and a mock

Sight all_of(std::string_view id, const Line& line, bool certain = true) { return {id, {0, line.text().size()}, certain, {}}; }

// Between the first line and what it heard last, the client has waited for more.
bool has_read_on(const Heard& heard, const Line& line) {
  std::size_t octets = 0;
  microseconds had_first_line{};
  microseconds had_last{};
  for (const core::Piece& piece : heard.pieces) {
    if (piece.at >= line.first) break;
    octets += piece.octets;
    had_last = piece.at;
    if (had_first_line == microseconds(0) && octets >= heard.first_line()) had_first_line = piece.at;
  }
  return had_last - had_first_line >= kReadOn;
}

// The line that came last, whole or not, begins with a dot.
bool is_at_dot(std::string_view heard) {
  if (heard.ends_with('\n')) heard.remove_suffix(1);
  const std::size_t lf = heard.rfind('\n');
  return lf != std::string_view::npos && heard.substr(lf + 1).starts_with('.');
}

// The client has gone on inside of an answer: what had it taken for the end?
Sight inside_of(const Heard& heard, const Line& line) {
  const std::size_t got = line.heard_octets;
  if (!heard.has_body || got < heard.first_line()) return all_of("one-recv-for-a-reply", line);
  const bool is_kept = got <= heard.bytes.size();
  const bool reads_on = has_read_on(heard, line);
  if (is_kept && got > heard.first_line() && is_at_dot(std::string_view(heard.bytes).substr(0, got)))
    return all_of("pop3-dot-line-ends-early", line, reads_on);
  if (!reads_on) return all_of("pop3-multiline-as-one", line);
  const auto announced = heard.announced();
  if (announced && *announced > 0 && got - heard.first_line() >= *announced) return all_of("pop3-octets-trusted", line);
  return all_of("short-chunk-means-end", line, false);
}

}  // namespace

void Haste::look_at(const Line& line, Input before) {
  // Whoever sends both in one go has not even looked.
  if (inside_ && line.is_joined && line.early > 0) {
    inside_->id = "all-commands-at-once";
    inside_->certain = true;
  }
  const Heard* const heard = scene_->reading.before();
  if (line.heard_octets > 0 && heard != nullptr) {
    settle();
    if (!scene_->slip) inside_ = scene_->finding(inside_of(*heard, line), line);
    return;
  }
  release();
  const bool may = !pop3::row(before).ends_group && scene_->reading.known().offers("PIPELINING");
  if (line.early == 0 || may) return settle();
  if (scene_->slip) {
    const bool is_heap = line.is_joined && line.early > 2 && scene_->slip == scene_->ledger.number_of("speaks-before-greeting");
    if (is_heap) scene_->tell(all_of("all-commands-at-once", line), line);
    if (line.early == 1 && !line.is_joined) scene_->tell(all_of("replies-off-by-one", line), line, scene_->slip);
    return;
  }
  if (before == Input::kConnect) {
    scene_->slip = scene_->tell(all_of("speaks-before-greeting", line), line);
  } else if (auto sure = early_.add(scene_->finding(all_of("all-commands-at-once", line), line), line.early, line.is_joined)) {
    scene_->slip = scene_->ledger.tell(std::move(*sure));
  }
}

void Haste::release() {
  if (inside_) scene_->slip = scene_->ledger.tell(*std::exchange(inside_, std::nullopt));
}

void Haste::settle() {
  release();
  if (auto sure = early_.settle()) scene_->slip = scene_->ledger.tell(std::move(*sure));
}

}  // namespace pop3_judge
