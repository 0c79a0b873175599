#include "pop3_judge/lines.h"

#include <utility>

#include "core/text.h"
#include "pop3/strangers.h"
#include "pop3_judge/forms.h"
#include "pop3_judge/order.h"
#include "pop3_judge/refusal.h"

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;

constexpr std::size_t kMimeLine = 76;  // characters of base64 that a MIME encoder puts on one line

// What +OK to these changes: the client is where it wanted to be, and what it does wrong from here on has reasons of its own.
constexpr pop3::InputSet kProgress = pop3::InputSet(Input::kPass) | Input::kApop | Input::kAuth | Input::kAuthResponse |
                                     Input::kStls | Input::kStat | Input::kList | Input::kRetr | Input::kDele | Input::kRset |
                                     Input::kTop | Input::kUidl;

}  // namespace

void Lines::said(const Line& line) {
  cause_.reset();
  stranger_.reset();
  is_consequence_ = false;
  if (!line.unanswered && line.early == 0 && line.heard_octets == 0)
    pace_.answered_after(line.first - scene_->reading.last_answer());
  if (line.input == Input::kAuthResponse) {
    response(line);
  } else {
    command(line);
  }
  before_ = line.input;
  last_ = line;
}

void Lines::command(const Line& line) {
  if (line.is(Input::kQuit)) said_quit_ = true;
  if (pop3::begins_tls(line.text())) return;  // told when its first octets came
  if (is_extra_newline(line)) return extra_newline(line);
  const bool is_reversed = look_back(line);
  if (strays_.take(line)) {
    is_consequence_ = true;
    return;
  }
  std::vector<Sight> sights = forms_of(line, scene_->reading.known());
  if (is_reversed) std::erase_if(sights, [](const Sight& sight) { return sight.id == "cr-only"; });
  const bool is_empty = line.text().empty();
  if (!is_empty && !line.unanswered) haste_.look_at(line, before_);
  tell_forms(line, sights);
  if (is_empty) scene_->slip = cause_;
  hold_bare_lf(line);
  if (is_reversed) {
    cause_ = scene_->ledger.number_of("reversed-crlf");
  } else if (!spoils_command(sights)) {
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
    cause_ = scene_->tell(*sight, line, before);
  } else if (const auto number = wrong_number(line, known)) {
    const Number told = scene_->tell(*number, line, scene_->slip);
    if (!cause_) cause_ = told;
  }
  knows_better_ = known.offers("STLS") || (known.capabilities && line.is(Input::kPass) && !known.offers("USER"));
  tell_forms(line, credentials_.said(line));
  const bool begins_login = line.is(Input::kPass) || line.is(Input::kApop) || line.is(Input::kAuth);
  if (begins_login && scene_->server.is_not_to_be_trusted && known.encrypted)
    scene_->tell({"certificate-not-checked", {}}, line);
}

void Lines::tell_forms(const Line& line, const std::vector<Sight>& sights) {
  for (const Sight& sight : sights) {
    if (sight.id == "pop3-unknown-command") {  // a server may have more commands than we know
      stranger_ = scene_->finding(sight, line);
      continue;
    }
    const Number number = scene_->tell(sight, line);
    if (!cause_ && !is_harmless(sight.id)) cause_ = number;
  }
}

// An encoder's line end behind base64, and then the program's. Where the encoder begins a new line every 76 characters
// (RFC 2045 §6.8) what follows is not empty. One that ends its lines in CRLF shows by being there too early.
bool Lines::is_extra_newline(const Line& line) const {
  const bool is_base64 = last_.input == Input::kAuthResponse || (last_.is(Input::kAuth) && last_.command()->initial_response);
  if (!is_base64 || last_.text().empty()) return false;
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
  const bool is_reversed = line.bytes.starts_with('\r') && !line.text().empty();
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
  const pop3::ParsedCommand parsed = pop3::parse_command(line.text());
  const bool is_quit = parsed.command && parsed.command->verb == Input::kQuit;
  said_quit_ = said_quit_ || is_quit;
  if (is_quit || line.text() == "*") return;  // it gives up
  // A command with something behind it is no base64.
  if (parsed.command && !parsed.command->argument.empty()) {
    scene_->root = cause_ = scene_->tell({"pop3-bad-sequence", {0, line.text().size()}}, line, scene_->slip);
    return;
  }
  if (!line.unanswered) haste_.look_at(line, before_);
  tell_forms(line, credentials_.said(line));
  hold_bare_lf(line);
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
  if (turn.heard->is_refusal()) {
    refused(turn);
  } else if (turn.heard->is_ok() && kProgress.has(turn.line.input)) {
    scene_->root.reset();
  }
  password_in_clear(turn);
  strays_.answered(turn);
}

void Lines::refused(const Turn& turn) {
  const Line& line = turn.line;
  if (is_consequence_ || line.is_connection()) return;
  std::optional<Sight> sight = shown_by_refusal(turn, scene_->reading.known(), credentials_.user());
  const bool is_login = pop3::row(line.input).begins_login && line.input != Input::kUser;
  if (is_login && (!sight || !sight->certain)) {
    if (const auto exact = credentials_.why_refused(scene_->server)) sight = exact;
  }
  if (stranger_ && !cause_) cause_ = scene_->ledger.tell(*std::exchange(stranger_, std::nullopt));
  // A mistake of the line itself explains the refusal better than its words.
  if (!cause_ && sight) cause_ = scene_->tell(*sight, line, scene_->slip);
  if (cause_) scene_->root = cause_;
}

// Whoever has asked CAPA knows that there is a better way; whoever is told so by the refusal has said the password already.
void Lines::password_in_clear(const Turn& turn) {
  const Known& known = scene_->reading.known();
  if (known.encrypted || is_consequence_ || !credentials_.showed_password(turn)) return;
  const bool asks = turn.heard->is_refusal() && asks_for_tls(*turn.heard);
  if (!knows_better_ && !asks) return;
  const Number number = scene_->tell({"login-in-clear", {}, true, core::same("STLS")}, turn.line);
  if (turn.heard->is_refusal() && !cause_) scene_->root = cause_ = number;
}

}  // namespace pop3_judge
