#include "smtp_judge/lines.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "findings/entity.h"
#include "findings/letter.h"
#include "mime/read.h"
#include "smtp_judge/envelope.h"
#include "smtp_judge/forms.h"
#include "smtp_judge/mail_data.h"
#include "smtp_judge/order.h"
#include "smtp_judge/refusal.h"

namespace smtp_judge {
namespace {

using findings::Sight;
using smtp::Input;

constexpr std::size_t kMimeLine = 76;       // characters of base64 that a MIME encoder puts on one line
constexpr std::size_t kSameAgain = 3;       // tries of one command, all refused, that are a loop
constexpr std::chrono::seconds kAtOnce{1};  // between them
constexpr std::size_t kTlsHeader = 5;       // octets: type, version, length

// What no server refuses a line for.
bool is_harmless(std::string_view id) {
  constexpr std::array<std::string_view, 5> kHarmless{"lowercase-verb", "bare-lf-command", "space-after-colon",
                                                      "trailing-space", "helo-not-fqdn"};
  return std::find(kHarmless.begin(), kHarmless.end(), id) != kHarmless.end();
}

// Mistakes that make a line another one than it was meant to be: what comes out of order then was not sent so.
bool spoils_command(const std::vector<Sight>& sights) {
  return std::any_of(sights.begin(), sights.end(), [](const Sight& sight) {
    return sight.id == "unknown-command" || sight.id == "stray-empty-line" || sight.id == "missing-crlf" ||
           sight.id == "nul-bytes" || sight.id == "length-prefix" || sight.id == "literal-backslash-crlf" ||
           sight.id == "control-characters" || sight.id == "bare-cr" || sight.id == "reversed-crlf";
  });
}

constexpr smtp::InputSet kProgress = smtp::InputSet(Input::kHelo) | Input::kEhlo | Input::kStarttls | Input::kAuth |
                                     Input::kAuthResponse | Input::kMail | Input::kRcpt | Input::kData | Input::kBdat |
                                     Input::kMessage;

}  // namespace

void Lines::said(const Line& line) {
  cause_.reset();
  is_consequence_ = false;
  if (line.unanswered) {  // what the server made of it, and of what came before, nobody knows
    said_quit_ = said_quit_ || line.is(Input::kQuit);
    if (line.heard_octets > 0 && !said_quit_) haste_.look_at(line, before_);
    return;
  }
  if (line.early == 0 && line.heard_octets == 0) pace_.answered_after(line.first - scene_->reading.last_reply());
  if (line.input == Input::kMessage) {
    message(line);
  } else if (line.input == Input::kAuthResponse) {
    response(line);
  } else {
    command(line);
  }
  const bool is_base64 = line.input == Input::kAuthResponse ||
                         (line.is(Input::kAuth) && line.parsed.command->initial_response) ||
                         (line.input == Input::kUnknown && strays_.is_in_login());
  is_first_ = false;
  before_ = line.input;
  last_end_ = line.line_end;
  last_text_ = line.input == Input::kMessage ? std::string_view() : line.text();
  is_last_base64_ = is_base64;
}

void Lines::command(const Line& line) {
  const Known& known = scene_->reading.known();
  if (line.is(Input::kQuit)) said_quit_ = true;
  if (speaks_otherwise(line)) return;
  if (is_extra_newline(line)) return extra_newline(line);
  look_back(line);
  if (before_ == Input::kData && line.early > 0) {  // the message did not wait, and now it comes as commands
    haste_.look_at(line, before_);
    if (!scene_->root) scene_->root = scene_->slip;
  }
  const bool is_stray = strays_.take(line);
  if (!strays_.is_undecided()) release_letter();
  if (is_stray) {
    is_consequence_ = true;
    return;
  }
  const std::vector<Sight> sights = forms_of(line, known);
  const bool is_empty = line.text().empty();
  if (!is_empty) haste_.look_at(line, before_);
  tell_forms(line, sights);
  if (is_empty) scene_->slip = cause_;
  if (!is_empty) hold_bare_lf(line);
  if (!spoils_command(sights)) check_order(line);
}

void Lines::check_order(const Line& line) {
  const Known& known = scene_->reading.known();
  if (const auto sight = ignores_refusal(line, known)) {
    is_consequence_ = true;
    const Number number = scene_->tell(*sight, line, scene_->root ? scene_->root : scene_->slip);
    if (!scene_->root) scene_->root = number;
    return;
  }
  std::optional<Sight> sight = out_of_order(line, known);
  if (sight && scene_->root) is_consequence_ = true;
  if (!sight) sight = not_offered(line, known);
  if (sight) cause_ = scene_->tell(*sight, line, scene_->root);
  if (line.is(Input::kAuth)) {
    tell_forms(line, login_.said(line));
    scene_->reading.set_claimed_user(login_.user());
    if (scene_->server.is_not_to_be_trusted && known.encrypted) scene_->tell({"certificate-not-checked", {}}, line);
  }
}

// TLS, HTTP, POP3, IMAP: told once, and then waited for what is SMTP again.
bool Lines::speaks_otherwise(const Line& line) {
  const bool is_tls = line.text().starts_with(kTlsRecord);
  if (is_tls || (is_first_ && is_foreign(line.text()))) {
    is_foreign_ = true;
    const core::Span where{0, is_tls ? kTlsHeader : line.text().size()};
    scene_->root = scene_->tell({is_tls ? "tls-on-plain-port" : "wrong-protocol", where}, line);
  }
  is_foreign_ = is_foreign_ && !line.parsed.command;
  return is_foreign_;
}

void Lines::tell_forms(const Line& line, const std::vector<Sight>& sights) {
  for (const Sight& sight : sights) {
    const Number number = scene_->tell(sight, line);
    if (!cause_ && !is_harmless(sight.id)) cause_ = number;
    const bool is_torn = sight.id == "bad-address" && line.text().find('>') == std::string_view::npos;
    if (sight.id == "empty-address" || is_torn) strays_.address_goes_on(number);
  }
}

// An encoder's line end behind base64, and then the program's. Where the encoder begins a new line every 76 characters
// (RFC 2045 §6.8) what follows is not empty. One that ends its lines in CRLF shows by being there too early.
bool Lines::is_extra_newline(const Line& line) const {
  if (!is_last_base64_ || last_text_.empty()) return false;
  const bool is_empty = line.text().empty();
  if (is_empty && line.line_end == smtp::LineEnd::kCrlf && last_end_ == smtp::LineEnd::kLf) return true;
  if (is_empty) return line.early > 0;
  const bool is_folded = last_text_.size() >= kMimeLine && last_text_.size() % 4 == 0 && line.early > 0;
  return is_folded && line.text().find_first_of(" @<:") == std::string_view::npos;
}

void Lines::extra_newline(const Line& line) {
  bare_lf_.reset();
  scene_->root = scene_->slip = cause_ = scene_->tell({"base64-extra-newline", {0, line.bytes.size()}}, line);
  is_consequence_ = true;
}

void Lines::hold_bare_lf(const Line& line) {
  if (line.line_end != smtp::LineEnd::kLf || scene_->ledger.has("reversed-crlf")) return;
  const std::size_t end = line.bytes.size();
  bare_lf_ = scene_->finding({"bare-lf-command", {end - 1, end}, true, core::same("\\r\\n")}, line);
}

// What this line shows about the one before.
void Lines::look_back(const Line& line) {
  if (empty_answer_) {
    // The password comes all the same, now as a command.
    const bool comes_late = line.is_command() && line.input == Input::kUnknown && line.text().size() > 1;
    if (comes_late) empty_answer_->id = "base64-extra-newline";
    const Number number = scene_->ledger.tell(*std::exchange(empty_answer_, std::nullopt));
    scene_->root = number;
    if (comes_late) scene_->slip = number;
  }
  if (bare_lf_ && !line.bytes.starts_with('\r')) {
    bare_lf_->follows = strays_.torn_before(line);
    scene_->ledger.tell(*bare_lf_);
  }
  bare_lf_.reset();
}

void Lines::response(const Line& line) {
  if (is_extra_newline(line)) {
    extra_newline(line);
    static_cast<void>(login_.said(line));
    return;
  }
  look_back(line);
  const smtp::ParsedCommand parsed = smtp::parse_command(line.text(), {true, true, true, true});
  if (parsed.command && line.text() != "*") {
    const bool gives_up = parsed.command->verb == Input::kQuit;
    said_quit_ = said_quit_ || gives_up;
    cause_ = scene_->tell({gives_up ? "wrong-expected-code" : "bad-sequence", {0, line.text().size()}, !gives_up, {}}, line);
    scene_->root = cause_;
    return;
  }
  haste_.look_at(line, before_);
  if (const std::size_t zeros = line.text().find_first_not_of('\0'); zeros > 0 && !line.text().empty()) {
    cause_ = scene_->tell({"nul-bytes", {0, std::min(zeros, line.text().size())}}, line);  // of the line before
    return;
  }
  std::vector<Sight> sights = login_.said(line);
  scene_->reading.set_claimed_user(login_.user());
  if (login_.has_empty_password()) {
    empty_answer_ = scene_->finding(sights.front(), line);
    return;
  }
  tell_forms(line, sights);
  hold_bare_lf(line);
}

void Lines::message(const Line& line) {
  const Known& known = scene_->reading.known();
  release_letter();
  haste_.look_at(line, before_);
  if (line.chunk_begin > 0 || line.is_cut) return;
  if (line.zeros > 0) zeros_before(line);
  if (const auto sight = lenient_end(line.bytes)) scene_->tell(*sight, line);
  if (const auto sight = undoubled_dot(line.message, line.dots)) scene_->tell(*sight, line);
  std::optional<Number> why = scene_->ledger.number_of("reversed-crlf");
  for (const Sight& sight : line.is_smooth ? std::vector<Sight>() : line_end_flaws(line.message)) {
    const Number number = scene_->tell(sight, line, why);
    if (sight.id == "bare-lf-data") why = number;
  }
  findings::Announced announced;
  announced.eight_bit = smtp::declares(known.mail.parameters, "BODY", "8BITMIME") || !known.extensions.offers("8BITMIME");
  announced.utf8 = smtp::find_parameter(known.mail.parameters, "SMTPUTF8") != nullptr;
  const findings::Entity letter(mime::without_mbox_line(line.message));
  for (const Sight& sight : findings::letter_flaws(line.message, letter, announced))
    letter_.push_back(scene_->finding(sight, line));
  for (const Sight& sight : beside_envelope(line.message, letter, known)) letter_.push_back(scene_->finding(sight, line));
}

// DATA was sent with the end of its C string, and the server takes that for the first octet of the message.
void Lines::zeros_before(const Line& line) {
  findings::Finding zeros = findings::made_of({"nul-bytes", {}});
  zeros.octets = scene_->reading.track().where(line.begin, line.begin + line.zeros);
  findings::add_events(zeros, zeros.octets);
  scene_->ledger.tell(std::move(zeros));
}

void Lines::release_letter() {
  for (findings::Finding& finding : std::exchange(letter_, {})) {
    if (strays_.letter_was_cut() && finding.id == "multipart-boundary") continue;
    scene_->ledger.tell(std::move(finding));
  }
}

void Lines::settle(std::string_view pending) {
  haste_.settle();
  strays_.settle();
  release_letter();
  if (empty_answer_) scene_->ledger.tell(*std::exchange(empty_answer_, std::nullopt));
  if (!bare_lf_) return;
  findings::Finding finding = *std::exchange(bare_lf_, std::nullopt);
  if (pending.starts_with('\r')) finding.id = "reversed-crlf";
  scene_->ledger.tell(std::move(finding));
}

void Lines::answered(const Turn& turn) {
  const Input input = turn.line.input;
  const smtp::ReplyCode code = turn.heard->reply.code;
  if (input == Input::kAuth || input == Input::kAuthResponse) {
    login_.answered(*turn.heard);
    password_in_clear(turn);
  }
  if (input == Input::kMail) sender_of_another(turn);
  if (code.is_negative()) {
    refused(turn);
  } else if (kProgress.has(input)) {
    scene_->root.reset();
  }
  strays_.answered(turn);
  // What spoilt DATA has brought about all that follows.
  if (input == Input::kUnknown && strays_.is_in_body() && !scene_->root) scene_->root = cause_;
  count_refusal(turn);
}

void Lines::refused(const Turn& turn) {
  if (is_consequence_) return;
  const Line& line = turn.line;
  std::optional<Sight> sight = shown_by_refusal(turn, scene_->reading.known());
  const bool is_login = line.input == Input::kAuth || line.input == Input::kAuthResponse;
  if (is_login && !cause_) {
    if (const auto exact = login_.why_refused(scene_->server)) sight = exact;
  }
  const bool is_local = (line.input == Input::kMail || line.input == Input::kRcpt) && is_local_name(line);
  const int code = turn.heard->code();
  if (!sight && is_local && (code == 501 || code == 504 || code == 553 || code == 555))
    sight = Sight{"bad-address", {0, line.text().size()}, true, core::same("<user@domain>")};
  // A mistake of the line itself explains the refusal better than its words, but where they ask for a login or for TLS.
  if (sight && (!cause_ || sight->id == "mail-before-auth" || sight->id == "starttls-required")) {
    scene_->root = scene_->tell(*sight, line);
  } else if (cause_) {
    scene_->root = cause_;
  }
}

// The same command again and again will not be taken either.
void Lines::count_refusal(const Turn& turn) {
  const Line& line = turn.line;
  const bool is_refused = turn.heard->reply.code.is_negative() && line.is_command() && !line.text().empty();
  const bool is_again = is_refused && line.bytes == refused_line_ && line.first - refused_at_ < kAtOnce;
  if (!is_again) refusals_.clear();
  if (!is_refused) return;
  refused_line_ = line.bytes;
  refused_at_ = turn.heard->last;
  refusals_.push_back(scene_->finding({"retry-loop", {0, line.text().size()}}, line));
  if (refusals_.size() != kSameAgain) return;
  findings::Finding loop = refusals_.front();
  for (const findings::Finding& one : refusals_) {
    if (one.events != loop.events) loop.events.insert(loop.events.end(), one.events.begin(), one.events.end());
  }
  scene_->ledger.tell(std::move(loop));
}

void Lines::password_in_clear(const Turn& turn) {
  const bool is_taken = !turn.heard->reply.code.is_negative();
  const bool was_sent =
      turn.line.input == Input::kAuthResponse || (turn.line.is(Input::kAuth) && turn.line.parsed.command->initial_response);
  if (scene_->reading.known().encrypted || !login_.shows_password() || !(is_taken || was_sent)) return;
  scene_->tell({"auth-in-clear", {}}, turn.line);
}

// Providers let nobody send in another's name; where the server takes it, it may rewrite it, or know both names.
void Lines::sender_of_another(const Turn& turn) {
  const Known& known = scene_->reading.known();
  if (!turn.line.is_meant_as(Input::kMail) || !known.has_user || known.user.find('@') == std::string::npos) return;
  const auto command = turn.line.parsed.command
                           ? *turn.line.parsed.command
                           : smtp::taken_as_written(turn.line.text(), Input::kMail).value_or(smtp::Command{});
  const std::string sender = command.path.address();
  if (sender.empty() || core::equals_ignoring_case(sender, known.user)) return;
  const Number number = scene_->tell({"sender-not-login",
                                      {0, turn.line.text().size()},
                                      turn.heard->reply.code.is_negative(),
                                      core::same("MAIL FROM:<" + known.user + ">")},
                                     turn.line);
  if (!cause_) cause_ = number;
}

}  // namespace smtp_judge
