#include "smtp_judge/endings.h"

#include <algorithm>
#include <string>

#include "core/text.h"
#include "smtp_judge/mail_data.h"

namespace smtp_judge {
namespace {

using findings::Sight;
using smtp::Input;
using std::chrono::seconds;

constexpr seconds kReadsForEver{5};  // behind a reply that is complete
constexpr seconds kOnPlainTls{2};    // without an octet where a client of TLS begins
constexpr seconds kNoTimeout{60};    // without an answer; RFC 5321 §4.5.3.2 gives minutes
constexpr seconds kLeftOpen{5};      // behind the last word of the server
constexpr seconds kGivesUp{5};       // whoever hangs up after so long without an answer is right to

bool is_verb(std::string_view text) { return smtp::find_command(core::trim(text)).has_value(); }

}  // namespace

void Endings::look_at_first_octets() {
  const Reading& reading = scene_->reading;
  const std::string_view pending = reading.pending();
  if (pending.empty()) return;
  if (reading.mode() == Mode::kCommands && pending.starts_with(kTlsRecord)) {
    const std::size_t most = std::min<std::size_t>(pending.size(), 5);
    hang_ = scene_->tell_of_pending({"tls-on-plain-port", {0, most}}, scene_->root);
  }
  if (reading.mode() != Mode::kHandshake || pending.starts_with('\x16')) return;
  const bool is_early = reading.track().when(reading.pending_begin()) < reading.turn().heard->first;
  hang_ = scene_->tell_of_pending({is_early ? "plaintext-behind-starttls" : "plaintext-after-starttls", {0, pending.size()}});
}

void Endings::secured() {
  secured_ = true;
  said_in_clear_ = scene_->reading.last_octet();
}

void Endings::quiet(microseconds now, std::string_view untold) {
  const Reading& reading = scene_->reading;
  const microseconds gap = now - std::max({reading.last_octet(), reading.last_reply(), connected_});
  if (reading.is_waiting()) {
    if (scene_->server.begins_in_tls && !secured_ && gap >= kOnPlainTls && reading.last_octet() == microseconds(0))
      hang_ = scene_->tell_of_pending({"plaintext-on-tls-port", {}});
    // Whoever waits for an answer that never comes should give up some day.
    const bool is_answer_due = reading.turn().line.input != Input::kConnect && !scene_->server.is_stepped;
    if (is_answer_due && gap >= kNoTimeout) scene_->tell({"no-timeout", {}, false, {}}, reading.turn().line);
    return;
  }
  const findings::Pace& pace = lines_->pace();
  if (pace.is_clockwork()) scene_->tell({"reads-for-ever", {}, false, {}}, reading.turn().line);
  if (gap < pace.patience()) return;
  const std::string pending = std::string(reading.pending()) + std::string(untold);
  lines_->settle(pending);
  if (!pending.empty()) return unfinished(pending, !scene_->server.is_stepped);
  const bool may_read_on = reading.mode() == Mode::kCommands && !reading.known().is_over && reading.turn().heard &&
                           reading.turn().heard->reply.lines.size() > 1 && pace.is_program() && !lines_->said_quit();
  if (may_read_on && gap >= kReadsForEver) hang_ = scene_->tell({"reads-for-ever", {}, false, {}}, reading.turn().line);
}

void Endings::unfinished(std::string_view pending, bool silent) {
  const Mode mode = scene_->reading.mode();
  if (mode == Mode::kHandshake || pending.starts_with(kTlsRecord)) return;
  if (mode != Mode::kMessage) return unfinished_line(pending);
  if (const auto end = mistaken_end(pending, true)) {
    hang_ = scene_->tell_of_pending(*end);
    std::optional<Number> why = scene_->ledger.number_of("reversed-crlf");
    for (const Sight& sight : line_end_flaws(pending.substr(0, end->where.begin))) {
      const Number number = scene_->tell_of_pending(sight, why);
      if (sight.id == "bare-lf-data") why = number;
    }
    return;
  }
  const bool gives_up = core::equals_ignoring_case(core::trim(core::without_line_end(pending)), "QUIT");
  if (gives_up) {
    hang_ = scene_->tell_of_pending({"wrong-expected-code", {0, pending.size()}, false, {}});
  } else if (silent || core::to_upper(pending).ends_with("\nQUIT\r\n")) {
    hang_ = scene_->tell_of_pending({"waits-inside-data", {pending.size(), pending.size()}, true, core::same("\\r\\n.\\r\\n")});
  }
}

void Endings::unfinished_line(std::string_view pending) {
  const core::Span all{0, pending.size()};
  const auto tell = [&](std::string_view id, bool certain) {
    hang_ = scene_->tell_of_pending({id, all, certain, core::same("\\r\\n")}, scene_->root);
  };
  if (pending.find('\0') != std::string_view::npos) return tell("nul-bytes", true);
  if (pending.find_first_not_of('\r') == std::string_view::npos) {
    if (!scene_->ledger.has("reversed-crlf")) tell("bare-cr", true);
    return;
  }
  if (pending.ends_with('\r')) return tell("bare-cr", true);
  if (pending.ends_with("\\r\\n") || pending.ends_with("\\n")) return tell("literal-backslash-crlf", true);
  tell("missing-crlf", is_verb(pending.substr(0, pending.find(' '))));
}

void Endings::closed(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  if (event.failure == "tls-not-tls") {
    const bool is_behind_starttls = reading.mode() == Mode::kHandshake;
    if (!hang_)
      hang_ = scene_->tell_of_pending({is_behind_starttls ? "plaintext-after-starttls" : "plaintext-on-tls-port", {}});
  }
  // What it wrote behind the handshake went past TLS, into the old socket.
  const bool is_past_tls = secured_ && reading.last_octet() == said_in_clear_ && !scene_->server.begins_in_tls;
  if (event.failure == "tls-broken" && is_past_tls && !hang_)
    hang_ = scene_->tell_of_pending({"plaintext-after-starttls", {}, false, {}});
  // It has waited for a greeting where it was to begin the handshake itself.
  const bool said_nothing = event.failure == "tls-closed" && reading.mode() != Mode::kHandshake && !secured_;
  if (said_nothing && event.at - connected_ >= kOnPlainTls && !hang_)
    hang_ = scene_->tell_of_pending({"plaintext-on-tls-port", {}});
  lines_->settle(reading.pending());
  if (!reading.pending().empty() && !hang_ && !reading.is_waiting())
    unfinished(reading.pending(), event.closed_by == dialogue::ClosedBy::kServer);
  if (lines_->said_quit()) return left_behind_quit(event);
  if (event.closed_by != dialogue::ClosedBy::kServer && !reading.known().is_over && !hang_) hung_up(event);
}

// The client has gone without a word.
void Endings::hung_up(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  const Known& known = reading.known();
  if (scene_->ledger.has("tls-on-plain-port") || scene_->ledger.has("wrong-protocol")) return;  // it knows no QUIT
  if (reading.track().end() == 0) return;  // it has never said anything: somebody looked whether the port is open
  const Turn& turn = reading.turn();
  if (reading.is_waiting() && event.at - reading.last_octet() >= kGivesUp) return;
  const bool is_tls = event.failure.starts_with("tls-");  // it has begun, and came to nothing
  const bool was_refused = turn.heard && turn.heard->reply.code.is_negative();
  const bool is_inside = reading.mode() == Mode::kMessage || reading.mode() == Mode::kLogin || known.mail_open;
  Sight sight{"no-quit", {}, true, core::same("QUIT")};
  if (reading.mode() == Mode::kHandshake) {
    if (is_tls) return;
    sight = {"old-ssl-api", {}, false, {}};
  } else if (is_inside && !was_refused) {
    sight = {"crash-mid-session", {}, false, {}};
  }
  findings::Finding finding = scene_->finding(sight, turn.line);
  finding.events = {event.number};
  finding.follows = scene_->root ? scene_->root : scene_->slip;
  scene_->ledger.tell(std::move(finding));
}

void Endings::left_behind_quit(const dialogue::Event& event) {
  const Reading& reading = scene_->reading;
  const Line& last = reading.turn().line;
  if (last.unanswered || last.input == Input::kAuthResponse) return;  // it gave up, for a reason of its own
  const bool is_answered = reading.turn().heard && reading.known().is_over;
  const bool was_reset = event.closed_by == dialogue::ClosedBy::kFailure;
  if (hang_ || event.closed_by == dialogue::ClosedBy::kServer) {
    if (is_answered && event.at - reading.last_reply() >= kLeftOpen)
      scene_->tell({"connection-left-open", {}}, reading.turn().line);
    return;
  }
  if (!is_answered || was_reset) scene_->tell({"quit-reply-not-read", {0, 0}}, reading.turn().line, scene_->slip);
}

}  // namespace smtp_judge
