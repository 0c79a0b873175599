// Refusals that do not depend on what the command says: its form, its time, the ends of its lines.
#include <algorithm>

#include "smtp/judge.h"

namespace smtp {
namespace {

bool has(const std::vector<Remark>& remarks, RemarkKind kind) {
  return std::any_of(remarks.begin(), remarks.end(), [&](const Remark& remark) { return remark.kind == kind; });
}

void drop(std::vector<Remark>& remarks, RemarkKind kind) {
  remarks.erase(std::remove_if(remarks.begin(), remarks.end(), [&](const Remark& one) { return one.kind == kind; }),
                remarks.end());
}

}  // namespace

// Inside TLS nobody offers STARTTLS, and whether AUTH is offered may change with the next EHLO: there the time is what is
// wrong.
bool Judge::is_not_offered(const Turn& turn) const {
  if (turn.legality == Legality::kAlreadyEncrypted) return false;
  if (turn.input == Input::kAuth && turn.legality != Legality::kLegal) return false;
  return !offer_.has_command(turn.input);
}

bool Judge::refuse(Turn& turn) const {
  if (is_not_offered(turn)) {
    turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
    turn.proposed = reply(502, "5.5.1", std::string(row(turn.input).verb) + " is not offered");
  } else if (turn.said.fault) {
    // Grammar first: a malformed command is 501 in every state. What remains is legality, for the rules.
    turn.proposed = malformed(*turn.said.fault);
  } else if (turn.legality != Legality::kLegal) {
    refuse_order(turn);
  } else {
    if (const auto remark = state_.order_remark(turn.input)) turn.said.remarks.push_back({*remark, {}});
    return false;
  }
  return true;
}

void Judge::refuse_order(Turn& turn) const {
  const NotNow& reason = *state_.obstacle(turn.input);
  turn.said.remarks.push_back({reason.mistake, {}});
  turn.proposed = reply(reason.answer);
}

Reply Judge::malformed(const CommandError& fault) const {
  switch (fault.fault) {
    case CommandFault::kUnknownVerb: return reply(500, "5.5.1", "Command not recognized");
    case CommandFault::kTooLong: return reply(500, "5.5.6", "Line too long");
    case CommandFault::kSyntax: break;
  }
  // RFC 6531 §3.5: 553 with X.6.7, also of a server that knows nothing of SMTPUTF8.
  if (fault.not_ascii) return reply(553, "5.6.7", "An address that is not ASCII needs SMTPUTF8");
  const bool is_hello = fault.verb == Input::kHelo || fault.verb == Input::kEhlo;  // no enhanced code: RFC 2034 §4
  // RFC 3463 §3.2: X.1.7 is a bad address of the sender, X.1.3 one of a recipient.
  const std::string_view in_argument = !fault.in_path ? "5.5.4" : fault.verb == Input::kMail ? "5.1.7" : "5.1.3";
  return reply(501, is_hello ? "" : in_argument, "Syntax error: " + fault.error.text.en);
}

bool Judge::refuse_line_end(Turn& turn) const {
  const bool bare_lf = turn.said.line_end == LineEnd::kLf;
  const bool bare_cr = turn.said.line().find('\r') != std::string_view::npos;
  if (config_.line_ends != LineEnds::kStrict || (!bare_lf && !bare_cr)) return false;
  turn.proposed =
      reply(550, "5.5.2", bare_lf ? "Bare <LF> received, lines end in <CR><LF>" : "Bare <CR> received, lines end in <CR><LF>");
  turn.closes = true;
  return true;
}

void Judge::message(Turn& turn) const {
  Said& said = turn.said;
  // RFC 3030 §3: binary octets are no lines.
  if (declares(memory().mail_parameters, "BODY", "BINARYMIME")) {
    drop(said.remarks, RemarkKind::kBareLfData);
    drop(said.remarks, RemarkKind::kBareCr);
  }
  const bool bare_lf = has(said.remarks, RemarkKind::kBareLfData);
  const bool bare_cr = has(said.remarks, RemarkKind::kBareCr);
  if (config_.line_ends == LineEnds::kStrict && (bare_lf || bare_cr)) {
    turn.proposed = reply(550, "5.5.2",
                          bare_lf ? "Bare <LF> received, lines end in <CR><LF>" : "Bare <CR> received, lines end in <CR><LF>");
    turn.closes = true;
  } else if (turn.legality != Legality::kLegal) {
    refuse_order(turn);
  } else if (said.too_large) {
    turn.proposed = reply(552, "5.3.4", "Message exceeds fixed maximum message size");
  } else if (turn.input == Input::kBdat) {
    turn.proposed = reply(250, "2.0.0", std::to_string(said.command->chunk_size) + " octets received");
  } else {
    turn.proposed = reply(250, "2.0.0", "OK: message accepted");
  }
}

}  // namespace smtp
