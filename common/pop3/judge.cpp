#include "pop3/judge.h"

#include <utility>

namespace pop3 {
namespace {

std::string count_of(std::uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

Capabilities announced(const ServerConfig& config, bool encrypted) {
  if (!encrypted) return config.capabilities;
  return config.capabilities_tls ? *config.capabilities_tls : config.capabilities.without("STLS");
}

Judge::Judge(const ServerConfig& config, const SessionState& state, const Maildrop& maildrop)
    : config_(config), state_(state), maildrop_(maildrop), offer_(announced(config, state.memory().encrypted)) {}

Answer Judge::refused(std::string_view code, std::string text) const {
  const bool is_announced = offer_.offers("RESP-CODES") && (code != kCodeAuth || offer_.offers("AUTH-RESP-CODE"));
  return {Outcome::kRefused, is_announced ? std::string(code) : std::string(), std::move(text)};
}

Answer Judge::failed(const core::Error& error) const {
  if (error.id == "in-use") return refused(kCodeInUse, "unable to lock maildrop: another session holds it");
  return refused(kCodeTemporary, "the maildrop cannot be read now");
}

std::string Judge::amount() const {
  const Marks& marks = state_.memory().marks;
  return count_of(maildrop_.count_without(marks), "message") + " (" + count_of(maildrop_.octets_without(marks), "octet") + ")";
}

// RFC 1939 §4, and §7 for the time stamp: it differs each time.
void Judge::greet(Turn& turn, std::string_view nonce) const {
  std::string text = "POP3 server ready";
  if (config_.has_apop) text += " <" + std::string(nonce) + "@" + config_.name + ">";
  turn.proposed = ok(std::move(text));
}

bool Judge::refuse_line_end(Turn& turn) const {
  if (turn.said.line_end != LineEnd::kLf || config_.takes_bare_lf) return false;
  turn.proposed = refused({}, "a line has to end in CRLF");
  return true;
}

bool Judge::refuse(Turn& turn) const {
  if (turn.input == Input::kUnknown) {
    const bool is_long = turn.said.fault && turn.said.fault->fault == CommandFault::kTooLong;
    turn.proposed = refused({}, is_long ? "the line is too long" : "unknown command");
    return true;
  }
  if (turn.not_now != nullptr) {
    turn.said.remarks.push_back({turn.not_now->remark, {}});
    turn.proposed = refused({}, std::string(turn.not_now->text));
    return true;
  }
  if (!state_.is_offered(turn.input, offer_)) {
    turn.said.remarks.push_back({RemarkKind::kNotOffered, {}});
    const bool needs_tls = !state_.memory().encrypted && state_.is_offered(turn.input, announced(config_, true));
    turn.proposed = needs_tls ? refused(kCodeAuth, "only inside TLS: send STLS first") : refused({}, "not supported here");
    return true;
  }
  if (!turn.said.fault) return false;
  turn.proposed = refused({}, turn.said.fault->error.text.en);
  return true;
}

bool Judge::refuse_message(Turn& turn) const {
  const Command& command = *turn.said.command;
  const std::optional<RemarkKind> remark = state_.number_remark(command);
  if (remark) turn.said.remarks.push_back({*remark, {}});
  const std::string number = std::to_string(command.message);
  if (remark == RemarkKind::kNumberDeleted) {
    turn.proposed = refused({}, "message " + number + (command.verb == Input::kDele ? " already deleted" : " is deleted"));
    return true;
  }
  const Argument argument = row(command.verb).argument;
  const bool names_one = argument != Argument::kNone && !(argument == Argument::kMessageOrNone && command.argument.empty());
  if (!names_one) return false;
  if (maildrop_.has(command.message)) {
    turn.octets = maildrop_.octets(command.message);
    return false;
  }
  turn.proposed = refused({}, "no such message, only " + count_of(maildrop_.count(), "message") + " in maildrop");
  return true;
}

void Judge::command(Turn& turn) const {
  if (refuse(turn) || refuse_message(turn)) return;
  const Command& command = *turn.said.command;
  switch (turn.input) {
    case Input::kCapa:
      turn.proposed = ok("Capability list follows");
      turn.proposed.lines = offer_.lines();
      break;
    case Input::kStls: turn.proposed = ok("Begin TLS negotiation"); break;
    case Input::kUtf8: turn.proposed = ok("UTF8 enabled"); break;
    case Input::kStat: {
      const Marks& marks = state_.memory().marks;
      turn.proposed =
          ok(std::to_string(maildrop_.count_without(marks)) + " " + std::to_string(maildrop_.octets_without(marks)));
      break;
    }
    case Input::kList: turn.proposed = listing(command, Maildrop::Column::kOctets); break;
    case Input::kUidl: turn.proposed = listing(command, Maildrop::Column::kUniqueId); break;
    case Input::kRetr:
    case Input::kTop: turn.proposed = text(command); break;
    case Input::kDele: turn.proposed = ok("message " + std::to_string(command.message) + " deleted"); break;
    case Input::kRset:
      turn.proposed = ok("maildrop has " + count_of(maildrop_.count(), "message") + " (" +
                         count_of(maildrop_.octets_without({}), "octet") + ")");
      break;
    case Input::kQuit: quit(turn); break;
    case Input::kNoop:
    case Input::kUser:
    case Input::kPass:
    case Input::kApop:
    case Input::kAuth:
    case Input::kAuthResponse:
    case Input::kUnknown:
    case Input::kConnect: turn.proposed = ok(); break;
  }
}

Answer Judge::listing(const Command& command, Maildrop::Column column) const {
  if (!command.argument.empty()) {
    return ok(std::to_string(command.message) + " " +
              (column == Maildrop::Column::kOctets ? std::to_string(maildrop_.octets(command.message))
                                                   : maildrop_.unique_id(command.message)));
  }
  Answer answer = ok(column == Maildrop::Column::kOctets ? amount() : std::string());
  answer.source = maildrop_.listing(column, state_.memory().marks);
  return answer;
}

Answer Judge::text(const Command& command) const {
  auto content = maildrop_.content(command.message);
  if (!content) return refused({}, "message " + std::to_string(command.message) + " cannot be read");
  const bool whole = command.verb == Input::kRetr;
  Answer answer = ok(whole ? count_of(maildrop_.octets(command.message), "octet") : std::string());
  answer.source = source_of(std::move(*content), whole ? std::nullopt : std::optional(command.body_lines));
  return answer;
}

// RFC 1939 §6. What is proposed holds when all that is marked can be removed: ServerSession::update() says whether.
void Judge::quit(Turn& turn) const {
  std::string text = config_.name + " POP3 server signing off";
  turn.updates = state_.state() == State::kTransaction;
  if (turn.updates) {
    const std::uint32_t left = maildrop_.count_without(state_.memory().marks);
    text += left == 0 ? " (maildrop empty)" : " (" + count_of(left, "message") + " left)";
  }
  turn.proposed = ok(std::move(text));
}

}  // namespace pop3
