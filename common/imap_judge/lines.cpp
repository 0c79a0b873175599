#include "imap_judge/lines.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "imap/cursor.h"
#include "imap/strangers.h"
#include "imap_judge/forms.h"
#include "imap_judge/inputs.h"
#include "imap_judge/numbers.h"
#include "imap_judge/order.h"
#include "imap_judge/refusal.h"

namespace imap_judge {
namespace {

using imap::Input;

constexpr std::size_t kMimeLine = 76;  // characters of base64 that a MIME encoder puts on one line

// What OK to these changes: the client is where it wanted to be, and what it does wrong from here on has reasons of its own.
constexpr Inputs kProgress = Inputs(Input::kLogin) | Input::kAuthenticate | Input::kAuthResponse | Input::kStarttls |
                             Input::kSelect | Input::kExamine | Input::kFetch | Input::kStore | Input::kSearch | Input::kList |
                             Input::kAppend;

bool is_done(std::string_view text) { return core::equals_ignoring_case(core::trim(text), "DONE"); }

}  // namespace

void Lines::said(const Line& line) {
  cause_.reset();
  stranger_.reset();
  is_consequence_ = false;
  if (!line.unanswered && line.early == 0 && line.heard_octets == 0)
    pace_.answered_after(line.first - std::max(scene_->reading.last_answer(), microseconds(0)));
  if (line.input == Input::kAuthResponse) {
    response(line);
  } else if (line.input == Input::kDone) {
    end_of_idle(line);
  } else {
    command(line);
  }
  last_ = line;
}

void Lines::command(const Line& line) {
  if (line.is(Input::kLogout)) said_logout_ = true;
  if (imap::begins_tls(line.text())) return;  // told when its first octets came
  if (is_extra_newline(line)) return extra_newline(line);
  const bool is_reversed = look_back(line);
  if (literals_.take(line) || strays_.take(line)) {
    is_consequence_ = true;
    return;
  }
  std::vector<Sight> sights = line.is_too_long ? std::vector<Sight>() : forms_of(line, scene_->reading.known());
  if (is_reversed) std::erase_if(sights, [](const Sight& sight) { return sight.id == "cr-only"; });
  const bool is_empty = line.text().empty();
  if (!is_empty && !line.unanswered && line.fresh == 0) haste_.look_at(line);
  if (const auto reused = tags_.take(line)) sights.push_back(*reused);
  tell_forms(line, sights);
  if (is_empty) scene_->slip = cause_;
  hold_bare_lf(line);
  if (is_reversed) {
    cause_ = scene_->ledger.number_of("reversed-crlf");
  } else if (!spoils_command(sights) && line.input != Input::kLiteral) {
    check_order(line);
  }
}

void Lines::check_order(const Line& line) {
  const Known& known = scene_->reading.known();
  const std::optional<Number> before = scene_->root ? scene_->root : scene_->slip;
  if (const auto sight = ignores_refusal(line, known)) {
    is_consequence_ = true;
    const Number number = scene_->tell(*sight, line, before);
    if (!scene_->root) scene_->root = number;
    return;
  }
  if (const auto sight = out_of_order(line, known)) {
    is_consequence_ = scene_->root.has_value();
    const Number told = scene_->tell(*sight, line, before);
    if (!cause_) cause_ = told;
  } else if (!check_numbers(line)) {
    habits_.said(line);
  }
  knows_better_ = known.offers("LOGINDISABLED");
  tell_forms(line, credentials_.said(line));
  if (imap::row(line.parsed.verb).begins_login && scene_->server.is_not_to_be_trusted && known.encrypted)
    scene_->tell({"certificate-not-checked", {}}, line);
}

// Whether a message number in it is wrong.
bool Lines::check_numbers(const Line& line) {
  const auto sight = wrong_number(line, scene_->reading.known());
  if (!sight) return false;
  const Number told = scene_->tell(*sight, line, scene_->slip);
  if (!cause_) cause_ = told;
  return true;
}

void Lines::tell_forms(const Line& line, const std::vector<Sight>& sights) {
  const Known& known = scene_->reading.known();
  for (const Sight& sight : sights) {
    if (sight.id == "wrong-command-word") {  // a server may have more commands than we know
      stranger_ = scene_->finding(sight, line);
      continue;
    }
    std::optional<Number> follows;
    const bool found_nothing = known.mailbox && known.mailbox->found() != nullptr && known.mailbox->found()->numbers.empty();
    if (sight.id == "empty-or-descending-set" && found_nothing)
      follows = scene_->tell({"search-empty-result", sight.where}, line);
    const Number number = scene_->tell(sight, line, follows);
    if (!cause_ && !is_harmless(sight.id)) cause_ = follows.value_or(number);
  }
}

// An encoder's line end behind base64, and then the program's. Where the encoder begins a new line every 76 characters
// (RFC 2045 §6.8) what follows is not empty. One that ends its lines in CRLF shows by being there too early.
bool Lines::is_extra_newline(const Line& line) const {
  const bool is_initial = last_.command() != nullptr && last_.is(Input::kAuthenticate) &&
                          last_.command()->words<imap::Authenticate>().initial_response.has_value();
  if ((last_.input != Input::kAuthResponse && !is_initial) || last_.text().empty()) return false;
  const bool is_empty = line.text().empty();
  if (is_empty && line.line_end == protocol::LineEnd::kCrlf && last_.line_end == protocol::LineEnd::kLf) return true;
  if (is_empty) return line.early > 0;
  const bool is_folded = last_.text().size() >= kMimeLine && last_.text().size() % 4 == 0 && line.early > 0;
  return is_folded && line.text().find(' ') == std::string_view::npos;
}

void Lines::extra_newline(const Line& line) {
  bare_lf_.reset();
  scene_->root = scene_->slip = cause_ = scene_->tell({"base64-extra-newline", {0, line.bytes.size()}}, line);
  is_consequence_ = true;
}

void Lines::hold_bare_lf(const Line& line) {
  if (line.line_end != protocol::LineEnd::kLf || scene_->ledger.has("reversed-crlf")) return;
  const std::size_t end = line.bytes.size();
  bare_lf_ = scene_->finding({"mailbox-lf-only", {end - 1, end}, true, core::same("\\r\\n")}, line);
}

// What this line shows about the one before: whether a CR stood behind its LF.
bool Lines::look_back(const Line& line) {
  const bool is_reversed = line.fresh == 0 && line.bytes.starts_with('\r') && !line.text().empty();
  if (!bare_lf_) return is_reversed && scene_->ledger.has("reversed-crlf");
  findings::Finding finding = *std::exchange(bare_lf_, std::nullopt);
  if (is_reversed) finding.id = "reversed-crlf";
  scene_->ledger.tell(std::move(finding));
  return is_reversed;
}

void Lines::response(const Line& line) {
  if (is_extra_newline(line)) {
    extra_newline(line);
    static_cast<void>(credentials_.said(line));
    return;
  }
  static_cast<void>(look_back(line));
  if (line.text() == "*") return;  // it gives up
  // A command with something behind it is no base64.
  const imap::ParsedCommand parsed = imap::parse_command(line.text());
  if (!parsed.tag.empty() && parsed.verb != Input::kUnknown) {
    said_logout_ = said_logout_ || parsed.verb == Input::kLogout;
    scene_->root = cause_ = scene_->tell(whole("imap-bad-sequence", line, true, core::same("*")), line, scene_->slip);
    return;
  }
  if (!line.unanswered) haste_.look_at(line);
  tell_forms(line, credentials_.said(line));
  hold_bare_lf(line);
}

// RFC 9051 §6.3.13: nothing but DONE, and no tag before it.
void Lines::end_of_idle(const Line& line) {
  static_cast<void>(look_back(line));
  const std::string_view text = line.text();
  hold_bare_lf(line);
  if (is_done(text)) return;
  const std::size_t blank = text.rfind(' ');
  const bool has_tag =
      blank != std::string_view::npos && is_done(text.substr(blank + 1)) && imap::is_tag(text.substr(0, blank));
  cause_ =
      scene_->tell(whole(has_tag ? "done-with-tag" : "idle-without-done", line, true, core::same("DONE")), line, scene_->slip);
  const imap::ParsedCommand parsed = imap::parse_command(text);
  said_logout_ = said_logout_ || (!parsed.tag.empty() && parsed.verb == Input::kLogout);
}

void Lines::settle(std::string_view pending) {
  haste_.settle();
  if (!bare_lf_) return;
  findings::Finding finding = *std::exchange(bare_lf_, std::nullopt);
  if (pending.starts_with('\r')) finding.id = "reversed-crlf";
  scene_->ledger.tell(std::move(finding));
}

void Lines::answered(const Turn& turn) {
  credentials_.answered(turn);
  literals_.answered(turn);
  if (turn.heard->is_refusal()) {
    refused(turn);
  } else if (turn.heard->is_ok() && kProgress.has(turn.line.input)) {
    scene_->root.reset();
  }
  if (turn.line.is_command() && turn.line.command() != nullptr) habits_.answered(turn);
  password_in_clear(turn);
  strays_.answered(turn);
}

void Lines::refused(const Turn& turn) {
  const Line& line = turn.line;
  if (is_consequence_) return;
  std::optional<Sight> sight = shown_by_refusal(turn, scene_->reading.known(), credentials_.user());
  const bool is_login = imap::row(line.input).begins_login;
  if (is_login && (!sight || !sight->certain)) {
    if (const auto exact = credentials_.why_refused(scene_->server)) sight = exact;
  }
  if (is_login && !sight && credentials_.acts_for_somebody())
    sight = Sight{"auth-plain-authzid", {}, false, core::same("base64(NUL user NUL password)")};
  if (stranger_ && !cause_) cause_ = scene_->ledger.tell(*std::exchange(stranger_, std::nullopt));
  // A mistake of the line itself explains the refusal better than its words.
  if (!cause_ && !sight && turn.heard->condition == imap::Condition::kBad) sight = refused_form(line);
  if (!cause_ && sight) cause_ = scene_->tell(*sight, line, scene_->slip);
  if (cause_) scene_->root = cause_;
}

// Whoever has been told so before knows that there is a better way; whoever is told by the refusal has said the password
// already.
void Lines::password_in_clear(const Turn& turn) {
  const Known& known = scene_->reading.known();
  if (known.encrypted || is_consequence_ || !credentials_.showed_password(turn)) return;
  const bool asks = turn.heard->is_refusal() && asks_for_tls(*turn.heard);
  if (!knows_better_ && !asks) return;
  const Number number = scene_->tell({"login-in-clear", {}, true, core::same("STARTTLS")}, turn.line);
  if (turn.heard->is_refusal() && !cause_) scene_->root = cause_ = number;
}

}  // namespace imap_judge
