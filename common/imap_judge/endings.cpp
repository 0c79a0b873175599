#include "imap_judge/endings.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/text.h"
#include "imap/strangers.h"

namespace imap_judge {
namespace {

using imap::Input;
using std::chrono::seconds;

constexpr seconds kHangs{10};      // behind an answer that is complete; no program computes so long
constexpr seconds kOnPlainTls{2};  // without an octet where a client of TLS begins
constexpr seconds kGivesUp{3};     // whoever hangs up after so long without an answer is right to
constexpr seconds kLost{3};        // inside of what has to go on
constexpr seconds kNothing{5};     // where an empty line is all that has to come
constexpr seconds kGone{30};       // behind BYE

// A character of UTF-8 begins in these octets and does not end in them.
bool ends_inside_character(std::string_view octets) {
  std::size_t begin = octets.size();
  std::size_t behind = 0;
  while (begin > 0 && behind < 3) {
    const auto octet = static_cast<unsigned char>(octets[--begin]);
    ++behind;
    if (octet < 0x80U) return false;
    if (octet >= 0xC0U) return (octet >= 0xF0U ? 4U : octet >= 0xE0U ? 3U : 2U) > behind;
  }
  return false;
}

}  // namespace

void Endings::look_at_first_octets() {
  const Reading& reading = scene_->reading;
  const std::string_view pending = reading.pending();
  if (pending.empty()) return;
  if (reading.is_waiting() && reading.turn().line.is(Input::kStarttls)) return;  // the answer decides
  if (reading.mode() == Mode::kCommands && imap::begins_tls(pending)) {
    const core::Span start{0, std::min<std::size_t>(pending.size(), 5)};
    const bool went_on = reading.known().refused.starttls;
    hang_ = scene_->tell_of_pending({went_on ? "reply-not-checked" : "mailbox-tls-on-plain-port", start}, scene_->root);
  }
  if (reading.mode() != Mode::kHandshake || pending.starts_with('\x16')) return;
  const bool is_early = reading.track().when(reading.pending_begin()) < reading.turn().heard->first;
  hang_ = scene_->tell_of_pending({is_early ? "plaintext-behind-starttls" : "plaintext-after-starttls", {0, pending.size()}});
}

void Endings::quiet(microseconds now, std::string_view untold) {
  const Reading& reading = scene_->reading;
  const microseconds gap = now - std::max({reading.last_octet(), reading.last_answer(), connected_});
  const findings::Pace& pace = lines_->pace();
  const std::string pending = std::string(reading.pending()) + std::string(untold);
  if (reading.is_waiting()) {
    const bool said_nothing = reading.last_octet() == microseconds(0);
    if (scene_->server.begins_in_tls && !secured_ && gap >= kOnPlainTls && said_nothing)
      hang_ = scene_->tell_of_pending({"mailbox-plain-on-tls-port", {}});
    if (gap >= pace.patience()) lines_->settle(pending);
    return;
  }
  if (pace.is_clockwork()) scene_->tell({"reads-until-timeout", {}, false, {}}, reading.turn().line);
  if (gap < pace.patience()) return;
  lines_->settle(pending);
  if (gap >= kLost) inside_literal();
  if (!pending.empty()) return unfinished(pending);
  if (pace.is_program()) waits(gap);
}

// A literal that does not become whole, or is whole and its command does not end.
void Endings::inside_literal() {
  const Reading& reading = scene_->reading;
  const bool has_begun = reading.track().end() > reading.turn().line.end() || reading.turn().line.input != Input::kLiteral;
  if (reading.is_behind_literal()) {
    hang_ = scene_->tell_of_pending({"literal-without-crlf", {}, true, core::same("\\r\\n")}, scene_->root);
  } else if (reading.literal_left() > 0 && has_begun) {
    hang_ = scene_->tell_of_pending({"literal-length-wrong", {}, false, {}}, scene_->root);
  }
}

// An answer was complete, and the client says nothing more. Until the end a person may be about to choose what comes next: only
// what hardly anybody waits for is told before.
void Endings::waits(microseconds gap) {
  const Reading& reading = scene_->reading;
  const bool is_refused_token = reading.mode() == Mode::kLogin && lines_->credentials().is_asked_for_nothing();
  if (is_refused_token && gap >= kNothing)
    hang_ = scene_->tell({"plus-empty-handling", {}, true, core::same("\\r\\n")}, reading.turn().line);
  if (reading.known().said_bye && gap >= kGone && !lines_->said_logout())
    hang_ = scene_->tell({"bye-not-handled", {}, false, {}}, reading.turn().line, scene_->root);
}

void Endings::unfinished(std::string_view pending) {
  if (scene_->reading.mode() == Mode::kHandshake || imap::begins_tls(pending)) return;
  const core::Span all{0, pending.size()};
  const auto tell = [&](std::string_view id, bool certain) {
    hang_ = scene_->tell_of_pending({id, all, certain, core::same("\\r\\n")}, scene_->root);
  };
  if (pending.find('\0') != std::string_view::npos) return tell("nul-bytes", true);
  if (pending.find_first_not_of('\r') == std::string_view::npos) {
    if (!scene_->ledger.has("reversed-crlf")) tell("cr-only", true);
    return;
  }
  if (pending.ends_with('\r')) return tell(scene_->ledger.has("reversed-crlf") ? "reversed-crlf" : "cr-only", true);
  if (pending.ends_with("\\r\\n") || pending.ends_with("\\n")) return tell("literal-backslash-crlf", true);
  tell("mailbox-no-line-end", true);
}

void Endings::closed(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  if (event.failure == "tls-not-tls") {
    if (scene_->server.begins_in_tls && !secured_) hang_ = scene_->tell_of_pending({"mailbox-plain-on-tls-port", {}});
    if (reading.mode() == Mode::kHandshake && !hang_) hang_ = scene_->tell_of_pending({"plaintext-after-starttls", {}});
  }
  lines_->settle(reading.pending());
  if (!hang_ && !reading.is_waiting()) {
    inside_literal();
    if (!reading.pending().empty()) unfinished(reading.pending());
  }
  const microseconds gap = event.at - std::max(reading.last_octet(), reading.last_answer());
  const bool is_silent = !reading.is_waiting() && reading.turn().heard && !hang_ && lines_->pace().is_program();
  if (is_silent && gap >= kHangs) silent_for_good();
  lines_->end();
  const bool is_left = event.closed_by != dialogue::ClosedBy::kServer && !reading.known().is_over;
  if (is_left && !lines_->said_logout()) hung_up(event);
}

// Whoever waits only for OK or NO does not see BAD.
void Endings::silent_for_good() {
  const Turn& turn = scene_->reading.turn();
  if (turn.heard->condition != imap::Condition::kBad) return;
  hang_ = scene_->tell({"bad-not-handled", {}, false, {}}, turn.line, scene_->root ? scene_->root : scene_->slip);
}

// What the client had before it when it went without a word.
std::optional<Sight> Endings::why_gone() const {
  const Reading& reading = scene_->reading;
  if (reading.is_waiting()) {
    const std::string_view heard = reading.answers().unended();
    std::size_t octets = 0;
    for (const core::Piece& piece : reading.answers().unended_pieces()) {
      octets += piece.octets;
      if (octets <= heard.size() && ends_inside_character(heard.substr(0, octets)))
        return Sight{"chunk-decoded-alone", {}, false, {}};
    }
    return std::nullopt;
  }
  const std::optional<Mailbox>& mailbox = reading.known().mailbox;
  const bool found_nothing = reading.turn().line.is(Input::kSearch) && reading.turn().heard && reading.turn().heard->is_ok() &&
                             mailbox && mailbox->found() != nullptr && mailbox->found()->numbers.empty();
  return found_nothing ? std::optional(Sight{"search-empty-result", {}, false, {}}) : std::nullopt;
}

void Endings::hung_up(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  if (reading.track().end() == 0) return;  // it has never said anything: somebody looked whether the port is open
  const auto why = why_gone();
  if (why && !hang_ && !scene_->root) hang_ = scene_->tell(*why, reading.turn().line, scene_->slip);
  if (!why && (hang_ || (reading.is_waiting() && event.at - reading.last_octet() >= kGivesUp))) return;
  Sight sight{"no-logout", {}, true, core::same("LOGOUT")};
  if (reading.mode() == Mode::kHandshake) {
    if (event.failure.starts_with("tls-")) return;  // it has begun, and came to nothing
    sight = {"old-ssl-api", {}, false, {}};
  }
  findings::Finding finding = scene_->finding(sight, reading.turn().line);
  finding.events = {event.number};
  finding.follows = hang_ ? hang_ : scene_->root;
  scene_->ledger.tell(std::move(finding));
}

}  // namespace imap_judge
