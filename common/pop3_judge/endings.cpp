#include "pop3_judge/endings.h"

#include <algorithm>
#include <string>

#include "core/text.h"
#include "pop3/strangers.h"

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kHangs{10};        // behind an answer that is complete; no program computes so long
constexpr seconds kOnPlainTls{2};    // without an octet where a client of TLS begins
constexpr seconds kGivesUp{3};       // whoever hangs up after so long without an answer is right to
constexpr milliseconds kApart{20};   // pieces that a client has read one by one
constexpr std::size_t kEndMark = 5;  // CR LF . CR LF

bool is_bare_verb(std::string_view text) { return pop3::find_command(core::trim(text)).has_value(); }

// The end mark came in two pieces.
bool is_end_cut(const Heard& heard) {
  if (!heard.has_body) return false;
  std::size_t behind = 0;  // octets
  for (std::size_t i = heard.pieces.size(); i-- > 1;) {
    behind += heard.pieces[i].octets;
    if (behind >= kEndMark) return false;
    if (heard.pieces[i].at - heard.pieces[i - 1].at >= kApart) return true;
  }
  return false;
}

// More octets were announced than came.
bool is_overstated(const Heard& heard) {
  return heard.has_body && heard.octets <= heard.bytes.size() && heard.announced().value_or(0) > heard.body().size();
}

}  // namespace

void Endings::look_at_first_octets() {
  const Reading& reading = scene_->reading;
  const std::string_view pending = reading.pending();
  if (pending.empty()) return;
  if (reading.is_waiting() && reading.turn().line.is(Input::kStls)) return;  // the answer decides
  const bool is_tls = pop3::begins_tls(pending);
  if (reading.mode() == Mode::kCommands && is_tls) {
    const core::Span start{0, std::min<std::size_t>(pending.size(), 5)};
    const bool went_on = reading.known().refused.stls;
    hang_ = scene_->tell_of_pending({went_on ? "reply-not-checked" : "mailbox-tls-on-plain-port", start}, scene_->root);
  }
  if (reading.mode() != Mode::kHandshake || pending.starts_with('\x16')) return;
  const bool is_early = reading.track().when(reading.pending_begin()) < reading.turn().heard->first;
  hang_ = scene_->tell_of_pending({is_early ? "plaintext-behind-stls" : "plaintext-after-starttls", {0, pending.size()}});
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
  if (!pending.empty()) return unfinished(pending);
  const bool may_read_on = reading.mode() == Mode::kCommands && !reading.known().is_over && pace.is_program() &&
                           !lines_->said_quit() && reading.turn().heard;
  if (may_read_on && gap >= kHangs) silent_behind(reading.turn(), false);
}

// An answer was complete, and the client says nothing more. Until the end a person may be about to choose what comes next: only
// what hardly anybody reads as an answer in full is told before.
void Endings::silent_behind(const Turn& turn, bool for_good) {
  const Heard& heard = *turn.heard;
  const bool expects_dot = turn.line.command() != nullptr && pop3::row(turn.line.input).form != pop3::AnswerForm::kOneLine;
  std::string_view id;
  bool certain = false;
  if (is_end_cut(heard)) {
    id = "pop3-dot-test-per-chunk";
    certain = true;
  } else if (is_overstated(heard)) {
    id = "pop3-octets-trusted";
  } else if (heard.has_body || turn.line.is_connection()) {
    return;
  } else if (expects_dot) {
    id = "pop3-waits-for-dot";
  } else if (heard.is_refusal() && for_good) {
    id = "pop3-hangs-after-error";
  } else if (turn.line.is(Input::kStat) && for_good) {
    id = "pop3-waits-for-dot";
  } else {
    return;
  }
  hang_ = scene_->tell({id, {}, certain, {}}, turn.line, scene_->root ? scene_->root : scene_->slip);
}

void Endings::unfinished(std::string_view pending) {
  if (scene_->reading.mode() == Mode::kHandshake || pop3::begins_tls(pending)) return;
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
  tell("mailbox-no-line-end", is_bare_verb(pending.substr(0, pending.find(' '))));
}

void Endings::closed(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  if (event.failure == "tls-not-tls") {
    if (scene_->server.begins_in_tls && !secured_) hang_ = scene_->tell_of_pending({"mailbox-plain-on-tls-port", {}});
    if (reading.mode() == Mode::kHandshake && !hang_) hang_ = scene_->tell_of_pending({"plaintext-after-starttls", {}});
  }
  lines_->settle(reading.pending());
  if (!reading.pending().empty() && !hang_ && !reading.is_waiting()) unfinished(reading.pending());
  const bool is_silent =
      !reading.is_waiting() && reading.turn().heard && reading.pending().empty() && !hang_ && lines_->pace().is_program();
  if (is_silent && event.at - std::max(reading.last_octet(), reading.last_answer()) >= kHangs)
    silent_behind(reading.turn(), true);
  look_back();
  if (lines_->said_quit()) return left_behind_quit(event);
  if (event.closed_by != dialogue::ClosedBy::kServer && !reading.known().is_over) hung_up(event);
}

// Of twelve messages one, of 34 three were fetched, and these are the first: the first digit was taken for the count. Who
// fetches one only may have wanted no more.
void Endings::look_back() {
  const Known& known = scene_->reading.known();
  if (!known.messages || *known.messages < 10) return;
  std::uint32_t first_digit = *known.messages;
  while (first_digit >= 10) first_digit /= 10;
  if (first_digit < 2 || known.retrieved.size() != first_digit) return;
  for (std::uint32_t i = 0; i < first_digit; ++i) {
    if (known.retrieved[i] != i + 1) return;
  }
  scene_->tell({"pop3-stat-one-digit", {}, false, core::same(std::to_string(*known.messages))}, scene_->reading.turn().line);
}

// The client has gone without a word.
void Endings::hung_up(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  if (reading.track().end() == 0) return;  // it has never said anything: somebody looked whether the port is open
  const bool has_marks = !reading.known().marks.empty();
  if (!has_marks && (hang_ || (reading.is_waiting() && event.at - reading.last_octet() >= kGivesUp))) return;
  Sight sight{has_marks ? "pop3-no-quit" : "no-logout", {}, true, core::same("QUIT")};
  if (reading.mode() == Mode::kHandshake) {
    if (event.failure.starts_with("tls-")) return;  // it has begun, and came to nothing
    sight = {"old-ssl-api", {}, false, {}};
  }
  findings::Finding finding = scene_->finding(sight, reading.turn().line);
  finding.events = {event.number};
  finding.follows = hang_ ? hang_ : scene_->root;
  scene_->ledger.tell(std::move(finding));
}

void Endings::left_behind_quit(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  const Line& last = reading.turn().line;
  if (last.unanswered || last.input == Input::kAuthResponse) return;  // it gave up, for a reason of its own
  if (hang_ || event.closed_by == dialogue::ClosedBy::kServer) return;
  const bool is_answered = reading.turn().heard.has_value();
  if (!is_answered || event.closed_by == dialogue::ClosedBy::kFailure)
    scene_->tell({"pop3-quit-not-read", {}}, last, scene_->slip);
}

}  // namespace pop3_judge
