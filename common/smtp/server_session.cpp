#include "smtp/server_session.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "smtp/auth_line.h"

namespace smtp {
namespace {

// Which extension a parameter of MAIL or RCPT belongs to; without it the parameter is refused with 555 (RFC 5321 §4.1.1.11).
struct ParameterRow {
  Input command;
  std::string_view keyword;
  std::string_view extension;
};
constexpr std::array kParameters{
    ParameterRow{Input::kMail, "SIZE", "SIZE"},         ParameterRow{Input::kMail, "BODY", "8BITMIME"},
    ParameterRow{Input::kMail, "SMTPUTF8", "SMTPUTF8"}, ParameterRow{Input::kMail, "AUTH", "AUTH"},
    ParameterRow{Input::kMail, "RET", "DSN"},           ParameterRow{Input::kMail, "ENVID", "DSN"},
    ParameterRow{Input::kRcpt, "NOTIFY", "DSN"},        ParameterRow{Input::kRcpt, "ORCPT", "DSN"},
};

// RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets, code, space and CRLF included; what a client said may be longer.
constexpr std::size_t kMaxReplyText = 512 - 6;

std::string clipped(std::string text) {
  if (text.size() <= kMaxReplyText) return text;
  std::size_t end = kMaxReplyText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;  // not inside a character
  text.resize(end);
  return text;
}

std::string help_text() {
  std::string text = "Commands:";
  for (const CommandRow& row : kCommands) {
    if (!row.verb.empty()) text += " " + std::string(row.verb);
  }
  return text;
}

}  // namespace

ServerSession::ServerSession(const ServerConfig& config)
    : config_(&config), state_(config.auth_after_helo), stream_(config.line_ends, config.leniency, config.limits.stream) {}

void ServerSession::receive(std::string_view bytes) {
  if (!over_) stream_.receive(bytes);
}

std::optional<Turn> ServerSession::next_turn() {
  if (over_ || answering_) return std::nullopt;
  std::optional<Turn> turn;
  if (state_.state() == State::kConnected) {
    turn = Turn{};
    turn->proposed = reply(220, "", config_->name + " ESMTP");
  } else if (std::optional<Said> said = stream_.next()) {
    turn = turn_for(std::move(*said));
  } else if (stream_.gave_up()) {
    turn = Turn{};
    turn->input = Input::kUnknown;
    turn->said.bytes = stream_.pending();
    turn->said.line_end = LineEnd::kNone;
    turn->said.fault = CommandError{
        CommandFault::kTooLong, Input::kUnknown, {core::Blame::kPeer, "a line without end", "RFC 5321 §4.5.3.1.4", {}}};
    turn->said.remarks.push_back({RemarkKind::kLineTooLong, {0, turn->said.bytes.size()}});
    turn->proposed = reply(421, "4.5.6", config_->name + " Line too long, closing connection");
    turn->closes = true;
  } else {
    if (stream_.mode() == Mode::kData) state_.set_message_octets(stream_.message_octets());
    return std::nullopt;
  }
  answering_ = turn->input;
  closes_ = turn->closes;
  command_ = turn->said.command;
  return turn;
}

Turn ServerSession::turn_for(Said said) {
  Turn turn;
  turn.input = said.input;
  turn.said = std::move(said);
  turn.legality = state_.legality(turn.input);
  if (turn.said.line_end == LineEnd::kLf && config_->line_ends == LineEnds::kStrict) {
    turn.proposed = reply(550, "5.5.2", "Bare <LF> received, lines end in <CR><LF>");
    turn.closes = true;
  } else if (turn.input == Input::kMessage) {
    judge_message(turn);
  } else if (turn.input == Input::kAuthResponse) {
    judge_response(turn, turn.said.line());
  } else {
    judge_command(turn);
  }
  if (turn.input != Input::kMessage && ++commands_ > config_->limits.commands_without_mail) {
    turn.proposed = reply(421, "4.7.0", config_->name + " Too many commands without a message, closing connection");
    turn.closes = true;
    turn.challenge.reset();
    turn.claim.reset();
  }
  return turn;
}

void ServerSession::judge_command(Turn& turn) {
  if (turn.input == Input::kStarttls) {
    turn.proposed = reply(502, "5.5.1", "STARTTLS is not offered");
    turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
    return;
  }
  if (turn.said.fault) {
    const CommandError& fault = *turn.said.fault;
    const bool hello = turn.input == Input::kHelo || turn.input == Input::kEhlo;  // no enhanced code: RFC 2034 §4
    turn.proposed = fault.fault == CommandFault::kUnknownVerb ? reply(500, "5.5.1", "Command not recognized")
                    : fault.fault == CommandFault::kTooLong
                        ? reply(500, "5.5.6", "Line too long")
                        : reply(501, hello ? "" : "5.5.4", "Syntax error: " + fault.error.text);
    // Grammar first: a malformed command is 501 in every state. What remains is legality, for the rules.
    return;
  }
  if (turn.legality != Legality::kLegal) {
    judge_order(turn);
    return;
  }
  switch (turn.input) {
    case Input::kHelo:
    case Input::kEhlo: turn.proposed = hello_reply(*turn.said.command); break;
    case Input::kAuth: judge_auth(turn); break;
    case Input::kMail: judge_mail(turn); break;
    case Input::kRcpt: judge_rcpt(turn); break;
    case Input::kData: turn.proposed = reply(354, "", "Start mail input; end with <CRLF>.<CRLF>"); break;
    case Input::kRset: turn.proposed = reply(250, "2.0.0", "OK"); break;
    case Input::kNoop: turn.proposed = reply(250, "2.0.0", "OK"); break;
    // RFC 5321 §7.3: not to tell who exists is allowed, and 252 is the honest way not to.
    case Input::kVrfy:
      turn.proposed = reply(252, "2.5.2", "Cannot VRFY user, but will accept message and attempt delivery");
      break;
    case Input::kExpn: turn.proposed = reply(502, "5.5.1", "EXPN is not implemented"); break;
    case Input::kHelp: turn.proposed = reply(214, "2.0.0", help_text()); break;
    case Input::kQuit: turn.proposed = reply(221, "2.0.0", config_->name + " Service closing transmission channel"); break;
    case Input::kStarttls:
    case Input::kUnknown:
    case Input::kConnect:
    case Input::kAuthResponse:
    case Input::kMessage: break;  // never commands: handled before
  }
}

void ServerSession::judge_order(Turn& turn) {
  if (const auto remark = state_.order_remark(turn.input)) turn.said.remarks.push_back({*remark, {}});
  const State state = state_.state();
  if (turn.input == Input::kAuth && turn.legality == Legality::kAlreadyLoggedIn) {
    turn.proposed = reply(503, "5.5.1", "Already authenticated");
  } else if (turn.input == Input::kAuth && turn.legality == Legality::kNeedsEhlo) {
    turn.proposed = reply(503, "5.5.1", "AUTH needs EHLO first");
  } else if (state == State::kGreeted) {
    turn.proposed = reply(503, "5.5.1", "Send HELO or EHLO first");
  } else if (turn.input == Input::kData && state_.memory().refused_recipients > 0) {
    turn.proposed = reply(554, "5.5.1", "No valid recipients");
  } else if (turn.input == Input::kMail && state != State::kRefused) {
    turn.proposed = reply(503, "5.5.1", "Nested MAIL command");
  } else if (state == State::kReady && (turn.input == Input::kRcpt || turn.input == Input::kData)) {
    turn.proposed = reply(503, "5.5.1", "Need MAIL command first");
  } else if (state == State::kMail && turn.input == Input::kData) {
    turn.proposed = reply(503, "5.5.1", "Need RCPT command first");
  } else {
    turn.proposed = reply(503, "5.5.1", "Bad sequence of commands");
  }
}

void ServerSession::judge_auth(Turn& turn) {
  const Command& command = *turn.said.command;
  // After HELO nothing was announced; a server with that quirk takes what it would have.
  const Extensions& offered = state_.memory().extended ? state_.memory().extensions : config_->extensions;
  exchange_ = sasl::Exchange::begin(command.mechanism);
  if (!exchange_ || !offered.offers_mechanism(command.mechanism)) {
    turn.proposed = reply(504, "5.5.4", "Authentication mechanism not supported");
    turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
    exchange_.reset();
  } else if (command.initial_response) {
    judge_response(turn, *command.initial_response);
  } else {
    turn.challenge = exchange_->first_challenge();
    turn.proposed = reply(334, "", core::base64_encode(turn.challenge->octets));
  }
}

void ServerSession::judge_response(Turn& turn, std::string_view base64) {
  const auto refuse = [&](core::Error error, std::string_view enhanced, std::string_view text) {
    turn.said.fault = CommandError{CommandFault::kSyntax, turn.input, std::move(error)};
    turn.proposed = reply(501, enhanced, text);
  };
  if (turn.said.fault) {  // too long
    turn.proposed = reply(500, "5.5.6", "Authentication exchange line is too long");
    return;
  }
  if (base64 == "*") {
    // RFC 4954 §4: a line of one asterisk cancels the exchange and is answered 501.
    refuse({core::Blame::kPeer, "the client cancelled the exchange", "RFC 4954 §4", {}}, "5.7.0", "Authentication cancelled");
    return;
  }
  if (!exchange_) {
    // A scenario said 334 to a mechanism that the core does not know.
    refuse({core::Blame::kCaller, "this mechanism is not known here", "RFC 4954 §4", {}}, "5.5.4",
           "Authentication mechanism not supported");
    return;
  }
  // RFC 4954 §4: "=" is the empty response only behind the mechanism; later an empty line is.
  const auto decoded = turn.input == Input::kAuth ? decode_response(base64) : core::base64_decode(base64);
  if (!decoded) {
    refuse(decoded.error(), "5.5.2", "Cannot decode the response, it must be base64");
    return;
  }
  auto step = exchange_->respond(*decoded);
  if (!step) {
    refuse(step.error(), "5.5.2", "The response does not fit the mechanism");
  } else if (auto* challenge = std::get_if<sasl::Challenge>(&*step)) {
    turn.challenge = *challenge;
    turn.proposed = reply(334, "", core::base64_encode(challenge->octets));
  } else {
    turn.claim = std::move(std::get<sasl::Claim>(*step));
    claimed_user_ = turn.claim->user;
    turn.proposed = reply(535, "5.7.8", "Authentication credentials invalid");
  }
}

bool ServerSession::judge_parameters(Turn& turn) {
  for (const Parameter& parameter : turn.said.command->parameters) {
    const auto* const known = std::find_if(kParameters.begin(), kParameters.end(), [&](const ParameterRow& row) {
      return row.command == turn.input && core::equals_ignoring_case(row.keyword, parameter.keyword);
    });
    if (known == kParameters.end() || !state_.memory().extensions.offers(known->extension)) {
      turn.proposed =
          reply(555, "5.5.4", "Parameter " + core::show_bytes(parameter.keyword) + " not recognized or not offered");
      turn.said.remarks.push_back({RemarkKind::kExtensionNotOffered, {}});
      return false;
    }
  }
  return true;
}

void ServerSession::judge_mail(Turn& turn) {
  if (!judge_parameters(turn)) return;
  for (const Parameter& parameter : turn.said.command->parameters) {
    if (!core::equals_ignoring_case(parameter.keyword, "SIZE")) continue;
    // RFC 1870 §4: size-value = 1*20DIGIT
    const std::string value = parameter.value.value_or("");
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
    if (value.empty() || value.size() > 20 || end != value.data() + value.size() || error == std::errc::invalid_argument) {
      turn.proposed = reply(501, "5.5.4", "SIZE needs a number");
      return;
    }
    if (error == std::errc::result_out_of_range || size > config_->limits.stream.message) {
      turn.proposed = reply(552, "5.3.4", "Message size exceeds fixed maximum message size");
      return;
    }
  }
  turn.proposed = reply(250, "2.1.0", "OK");
}

void ServerSession::judge_rcpt(Turn& turn) {
  if (!judge_parameters(turn)) return;
  if (state_.memory().forward_paths.size() >= config_->limits.recipients) {
    turn.proposed = reply(452, "4.5.3", "Too many recipients");
    return;
  }
  turn.proposed = reply(250, "2.1.5", "OK");
}

void ServerSession::judge_message(Turn& turn) {
  const bool bare_lf = std::any_of(turn.said.remarks.begin(), turn.said.remarks.end(),
                                   [](const Remark& remark) { return remark.kind == RemarkKind::kBareLfData; });
  state_.set_message_octets(turn.said.message_size);
  if (bare_lf && config_->line_ends == LineEnds::kStrict) {
    turn.proposed = reply(550, "5.5.2", "Bare <LF> received, lines end in <CR><LF>");
    turn.closes = true;
  } else if (turn.said.too_large) {
    turn.proposed = reply(552, "5.3.4", "Message exceeds fixed maximum message size");
  } else {
    turn.proposed = reply(250, "2.0.0", "OK: message accepted");
  }
}

Reply ServerSession::hello_reply(const Command& command) const {
  if (command.verb == Input::kHelo) return reply(250, "", config_->name);
  Reply out =
      reply(250, "",
            config_->ehlo_text.empty() ? config_->name + " greets " + core::show_bytes(command.argument) : config_->ehlo_text);
  const auto& lines = config_->extensions.lines();
  out.lines.insert(out.lines.end(), lines.begin(), lines.end());
  return out;
}

// RFC 2034 §3: enhanced codes only where they were announced.
Reply ServerSession::reply(int code, std::string_view enhanced, std::string_view text) const {
  std::string line;
  if (!enhanced.empty() && state_.memory().extensions.offers("ENHANCEDSTATUSCODES")) line = std::string(enhanced) + " ";
  return Reply{ReplyCode(code), {clipped(line + std::string(text))}};
}

Answered ServerSession::answer(const Reply& reply, std::string bytes, bool close) {
  const Input input = *answering_;
  answering_.reset();
  const StateChange change = state_.apply(input, command_ ? &*command_ : nullptr, reply, claimed_user_);
  follow_state(input, reply);
  actions_.emplace_back(core::Send{std::move(bytes)});
  if (close || closes_ || state_.state() == State::kClosed) {
    actions_.emplace_back(core::Close{});
    over_ = true;
  }
  command_.reset();
  return {input, change};
}

void ServerSession::follow_state(Input input, const Reply& reply) {
  if (state_.state() == State::kAuth) {
    stream_.set_mode(Mode::kAuth);
    stream_.expect_response(!exchange_ || exchange_->next_is_secret(), exchange_ && exchange_->mechanism() == "PLAIN");
    return;
  }
  exchange_.reset();
  claimed_user_.clear();
  stream_.set_mode(state_.state() == State::kData ? Mode::kData : Mode::kCommand);
  if (input == Input::kMessage && reply.code.is_positive()) commands_ = 0;
}

std::string ServerSession::time_out() {
  std::string bytes = serialise(reply(421, "4.4.2", config_->name + " Timeout, closing connection"));
  actions_.emplace_back(core::Send{bytes});
  actions_.emplace_back(core::Close{});
  over_ = true;
  return bytes;
}

core::Actions ServerSession::take_actions() { return std::exchange(actions_, {}); }

}  // namespace smtp
