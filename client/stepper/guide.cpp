#include "client/stepper/guide.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/step_values.h"
#include "mockserver/scenario/template.h"
#include "smtp/data_reader.h"

namespace stepper {
namespace {

constexpr std::string_view kClientName = "client.example";

// Which legal command is the likeliest wish, first to last.
constexpr std::array kLikely{smtp::Input::kData, smtp::Input::kRcpt, smtp::Input::kAuth, smtp::Input::kMail,
                             smtp::Input::kEhlo, smtp::Input::kHelo, smtp::Input::kQuit, smtp::Input::kRset,
                             smtp::Input::kNoop, smtp::Input::kVrfy, smtp::Input::kExpn, smtp::Input::kHelp};

std::string plain_response(std::string_view user, std::string_view password) {
  std::string octets;
  octets.append(1, '\0').append(user).append(1, '\0').append(password);
  return core::base64_encode(octets);
}

std::optional<smtp::Input> verb_of(std::string_view line) {
  const smtp::ParsedCommand parsed = smtp::parse_command(line, {true, true, true, true});
  const smtp::Input verb = parsed.command ? parsed.command->verb : parsed.command.error().verb;
  return verb == smtp::Input::kUnknown ? std::nullopt : std::optional(verb);
}

std::string_view without_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string Proposal::bytes() const {
  if (is_message) return smtp::dot_stuff(core::replace_all(text, "\n", "\r\n"));
  return text + (line_end == smtp::LineEnd::kCrlf ? "\r\n" : line_end == smtp::LineEnd::kLf ? "\n" : "");
}

Guide::Guide(const scenario::Scenario* scenario) {
  if (scenario == nullptr) return;
  const scenario::Values values = scenario::step_values(*scenario, kClientName);
  if (!scenario->accounts.empty()) {
    user_ = scenario->accounts.front().user;
    password_ = scenario->accounts.front().password;
    other_ = scenario->accounts.size() > 1 ? scenario->accounts[1].user : user_;
  }
  Place place = Place::kCommand;
  for (const scenario::Step& step : scenario->steps) {
    Planned planned;
    planned.proposal.is_message = !step.message.empty();
    planned.proposal.text = scenario::fill(planned.proposal.is_message ? step.message : step.send, values).value_or(step.send);
    planned.proposal.line_end = step.line_end;
    planned.proposal.why = step.say;
    planned.proposal.expect = step.expect;
    planned.proposal.guided = true;
    planned.place = planned.proposal.is_message ? Place::kData : place;
    if (planned.place == Place::kCommand) planned.verb = verb_of(planned.proposal.text);
    planned.proposal.is_secret = step.send.find("password") != std::string::npos || step.send.find("{plain") != std::string::npos;
    // What the answer makes of the dialogue decides where the next step belongs.
    if (step.expect == 334) {
      place = Place::kResponse;
    } else if (step.expect == 354) {
      place = Place::kData;
    } else if (step.expect && planned.place != Place::kCommand) {
      place = Place::kCommand;
    }
    steps_.push_back(std::move(planned));
  }
}

bool Guide::fits(const Planned& step, const smtp::ClientSession& session) const {
  switch (session.mode()) {
    case smtp::Mode::kAuth: return step.place == Place::kResponse;
    case smtp::Mode::kData: return step.place == Place::kData;
    case smtp::Mode::kCommand: break;
  }
  return step.place == Place::kCommand && step.verb && session.state().legality(*step.verb) == smtp::Legality::kLegal;
}

// Where the path goes on. As long as it is followed, that is the next step, even one that is wrong on purpose. After a
// detour it is the nearest earlier step that is possible now, else the nearest later one.
std::optional<std::size_t> Guide::current(const smtp::ClientSession& session) const {
  if (is_finished()) return std::nullopt;
  if (!strayed_ || fits(steps_[at_], session)) return at_;
  for (std::size_t i = at_; i-- > 0;) {
    if (fits(steps_[i], session)) return i;
  }
  for (std::size_t i = at_ + 1; i < steps_.size(); ++i) {
    if (fits(steps_[i], session)) return i;
  }
  return std::nullopt;
}

std::string Guide::line_for(smtp::Input input) const {
  switch (input) {
    case smtp::Input::kHelo: return "HELO " + std::string(kClientName);
    case smtp::Input::kEhlo: return "EHLO " + std::string(kClientName);
    case smtp::Input::kMail: return "MAIL FROM:<" + user_ + ">";
    case smtp::Input::kRcpt: return "RCPT TO:<" + other_ + ">";
    case smtp::Input::kAuth: return "AUTH LOGIN";
    case smtp::Input::kVrfy: return "VRFY " + other_;
    case smtp::Input::kExpn: return "EXPN staff";
    case smtp::Input::kData:
    case smtp::Input::kRset:
    case smtp::Input::kHelp:
    case smtp::Input::kNoop:
    case smtp::Input::kQuit:
    case smtp::Input::kStarttls:
    case smtp::Input::kUnknown:
    case smtp::Input::kConnect:
    case smtp::Input::kAuthResponse:
    case smtp::Input::kMessage: break;
  }
  return std::string(smtp::row(input).verb);
}

std::vector<Proposal> Guide::proposals(const smtp::ClientSession& session) const {
  std::vector<Proposal> out;
  const auto add = [&](std::string text, bool secret = false, bool message = false) {
    if (std::any_of(out.begin(), out.end(), [&](const Proposal& one) { return one.text == text; })) return;
    Proposal proposal;
    proposal.text = std::move(text);
    proposal.is_secret = secret;
    proposal.is_message = message;
    out.push_back(std::move(proposal));
  };
  if (const auto step = current(session)) out.push_back(steps_[*step].proposal);
  if (session.mode() == smtp::Mode::kAuth) {
    const auto& exchange = session.exchange();
    if (!session.next_is_secret()) {
      add(core::base64_encode(user_));
    } else if (exchange && exchange->mechanism() == "PLAIN") {
      add(plain_response(user_, password_), true);
    } else {
      add(core::base64_encode(password_), true);
    }
    add("*");
    return out;
  }
  if (session.mode() == smtp::Mode::kData) {
    if (session.state().memory().message_size == 0) add("From: <" + user_ + ">\nTo: <" + other_ + ">\nSubject: Hello\n\nHello!\n", false, true);
    add(".");
    return out;
  }
  std::vector<smtp::Input> legal = session.state().legal_commands();
  const bool sent_mail = session.state().memory().messages > 0 && session.state().state() == smtp::State::kReady;
  std::sort(legal.begin(), legal.end(), [&](smtp::Input a, smtp::Input b) {
    const auto rank = [&](smtp::Input input) {
      if (sent_mail && input == smtp::Input::kQuit) return std::ptrdiff_t{-1};
      return std::find(kLikely.begin(), kLikely.end(), input) - kLikely.begin();
    };
    return rank(a) < rank(b);
  });
  for (const smtp::Input input : legal) add(line_for(input));
  return out;
}

void Guide::sent(std::string_view bytes, const smtp::ClientSession& session) {
  pending_.reset();
  const std::optional<std::size_t> step = current(session);
  if (!step) return;
  const Planned& planned = steps_[*step];
  const bool same = planned.proposal.bytes() == bytes;
  // Another name or address in the same command is the same step; so is any answer in an exchange, any mail data.
  const bool alike = bytes.ends_with('\n') && planned.proposal.line_end == smtp::LineEnd::kCrlf &&
                     (planned.place == Place::kCommand ? planned.verb && verb_of(without_end(bytes)) == planned.verb
                      : planned.place == Place::kResponse ? session.mode() == smtp::Mode::kAuth
                                                          : session.mode() == smtp::Mode::kData && planned.proposal.is_message && without_end(bytes) != ".");
  if (!same && !alike) {
    strayed_ = true;
    return;
  }
  at_ = *step;
  strayed_ = false;
  if (planned.proposal.expect) {
    pending_ = step;
  } else {
    ++at_;
  }
}

void Guide::answered(int code) {
  if (!pending_) return;
  if (*steps_[*pending_].proposal.expect / 100 == code / 100) {
    at_ = *pending_ + 1;
  } else {
    strayed_ = true;
  }
  pending_.reset();
}

void Guide::restart() {
  at_ = 0;
  pending_.reset();
  strayed_ = false;
}

}  // namespace stepper
