#include "imap_judge/haste.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/text.h"
#include "imap/literal.h"

namespace imap_judge {
namespace {

using imap::Input;

constexpr std::chrono::milliseconds kReadOn{100};  // so long no answer is on its way between a client and a mock

// What makes sense only when this is answered OK.
bool needs(const Line& line, const Line& before) {
  const Input verb = line.is_command() ? line.parsed.verb : line.input;
  const bool is_aside = verb == Input::kNoop || verb == Input::kCapability || verb == Input::kId || verb == Input::kLogout ||
                        verb == Input::kUnknown;
  switch (before.input) {
    case Input::kLogin:
    case Input::kAuthResponse:
    case Input::kAuthenticate: return !is_aside;
    case Input::kStarttls: return true;
    case Input::kSelect:
    case Input::kExamine: return imap::row(verb).in == imap::kWithMailbox;
    // Numbers change under way, and nobody can tell which message is meant (RFC 9051 §5.5).
    case Input::kExpunge: return line.is_command() && line.messages() != nullptr && !line.parsed.by_uid;
    default: return false;
  }
}

// What the client had before it of an answer when it went on.
struct Part {
  std::string_view heard;
  std::size_t literal = 0;  // where the literal begins in which it ends; npos: in none
  bool is_whole_line = false;
};

Part part_of(std::string_view heard) {
  Part part{heard, std::string_view::npos, heard.ends_with('\n')};
  for (std::size_t at = 0; at < heard.size();) {
    const std::size_t lf = heard.find('\n', at);
    if (lf == std::string_view::npos) break;
    const std::string_view line = heard.substr(at, lf + 1 - at);
    at = lf + 1;
    const auto mark = imap::literal_mark(line.substr(line.size() - std::min(line.size(), imap::kLongestMark)));
    if (!mark) continue;
    if (mark->octets >= heard.size() - at) {
      part.literal = at;
      break;
    }
    at += static_cast<std::size_t>(mark->octets);
  }
  return part;
}

// Between its first octets and the last ones it heard, the client has waited for more.
bool has_read_on(const Heard& heard, const Line& line) {
  microseconds last{};
  for (const core::Piece& piece : heard.pieces) {
    if (piece.at < line.first) last = piece.at;
  }
  return last - heard.first >= kReadOn;
}

bool has_line(std::string_view text, std::string_view begin) {
  return text.starts_with(begin) || text.find("\n" + std::string(begin)) != std::string_view::npos;
}

// The client has gone on inside of an answer: what had it taken for the end?
Sight inside_of(const Reading::Given& given, const Line& line) {
  const Heard& heard = given.heard;
  const Part part = part_of(std::string_view(heard.bytes).substr(0, line.heard_octets));
  if (part.literal == std::string_view::npos)
    return whole(part.is_whole_line ? "untagged-taken-for-result" : "one-recv-for-a-reply", line);
  const std::string_view mail = part.heard.substr(part.literal);
  const std::string& tag = given.line.parsed.tag;
  if (!tag.empty() && has_line(mail, tag + " ")) return whole("tag-found-in-text", line);
  if (tag.size() > 1 && mail.find(tag) != std::string_view::npos) return whole("tag-found-in-text", line, false);
  if (has_line(mail, ")\r\n") || has_line(mail, ")\n")) return whole("literal-reply-read-by-lines", line);
  if (has_read_on(heard, line)) return whole("short-chunk-means-end", line, false);
  return whole("one-recv-for-a-reply", line);
}

}  // namespace

// It came before the answer to something that decides about it.
bool Haste::depends(const Line& line) const {
  const auto& before = scene_->reading.before();
  const std::size_t early = std::max<std::size_t>(line.early, line.heard_octets > 0 ? 1 : 0);
  return std::any_of(before.end() - static_cast<std::ptrdiff_t>(std::min(early, before.size())), before.end(),
                     [&](const Reading::Given& given) { return needs(line, given.line); });
}

void Haste::look_at(const Line& line) {
  if (inside_ && line.is_joined && line.early > 0) {
    // Whoever sends both in one go has not even looked.
    inside_->id = "all-commands-at-once";
    inside_->certain = true;
  }
  if (line.heard_octets > 0) {
    settle();
    return inside(line);
  }
  release();
  if (line.early == 0) return settle();
  too_early(line);
}

// Whoever sends ahead may do so while an answer is on its way as well.
void Haste::inside(const Line& line) {
  const Reading::Given& given = scene_->reading.before().back();
  const bool is_sure = depends(line) || given.line.is_connection();
  if (scene_->slip || (pipelines_ && !is_sure)) return;
  Sight sight = inside_of(given, line);
  const bool is_seen = sight.id == "tag-found-in-text" || sight.id == "literal-reply-read-by-lines";
  sight.certain = sight.certain && (is_sure || is_seen);
  inside_ = scene_->finding(sight, line);
}

void Haste::too_early(const Line& line) {
  const bool is_first = scene_->reading.before().front().line.is_connection() && line.early == scene_->reading.before().size();
  const Line& before = scene_->reading.before().back().line;
  if (scene_->slip) {
    const bool is_heap = line.is_joined && line.early > 2 && scene_->slip == scene_->ledger.number_of("speaks-before-greeting");
    if (is_heap && depends(line)) scene_->tell(whole("all-commands-at-once", line), line);
    if (line.early == 1 && !line.is_joined) scene_->tell(whole("replies-off-by-one", line), line, scene_->slip);
    return;
  }
  if (is_first && before.is_connection()) {
    scene_->slip = scene_->tell(whole("speaks-before-greeting", line), line);
  } else if (before.input == Input::kAuthenticate && line.input == Input::kAuthResponse) {
    scene_->tell(whole("auth-no-wait-for-plus", line, true, core::same("+")), line);
  } else if (!depends(line) && early_.empty()) {
    pipelines_ = true;
    settle();
  } else {
    auto sure = early_.add(scene_->finding(whole("all-commands-at-once", line), line), line.early, line.is_joined);
    if (!sure && line.is_joined) sure = early_.settle();
    if (sure) scene_->slip = scene_->ledger.tell(std::move(*sure));
  }
}

void Haste::release() {
  if (inside_) scene_->slip = scene_->ledger.tell(*std::exchange(inside_, std::nullopt));
}

void Haste::settle() {
  release();
  if (auto sure = early_.settle()) scene_->slip = scene_->ledger.tell(std::move(*sure));
}

}  // namespace imap_judge
