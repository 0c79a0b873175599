#include "client/stepper/guide.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/base/words.h"
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

// Whoever says EHLO where the path has HELO has greeted too.
bool is_hello(std::optional<smtp::Input> verb) { return verb == smtp::Input::kHelo || verb == smtp::Input::kEhlo; }

std::string_view without_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void add(std::vector<Proposal>& out, std::string text, bool is_secret = false, bool is_message = false) {
  if (std::any_of(out.begin(), out.end(), [&](const Proposal& one) { return one.text == text; })) return;
  Proposal proposal;
  proposal.text = std::move(text);
  proposal.is_secret = is_secret;
  proposal.is_message = is_message;
  out.push_back(std::move(proposal));
}

// What is still missing of a line's end; nothing when no line waits for it.
std::optional<Proposal> missing_end(const smtp::ClientSession& session) {
  const std::string_view unfinished = session.unfinished();
  if (session.mode() == smtp::Mode::kData || unfinished.empty() || unfinished.ends_with('\n')) return std::nullopt;
  Proposal end;
  end.line_end = unfinished.ends_with('\r') ? smtp::LineEnd::kLf : smtp::LineEnd::kCrlf;
  end.why = {std::string(client::word(client::Word::kEndTheLine, core::Language::kEnglish)),
             std::string(client::word(client::Word::kEndTheLine, core::Language::kChinese))};
  return end;
}

}  // namespace

std::string Proposal::bytes() const {
  if (is_message) return smtp::dot_stuff(core::replace_all(core::replace_all(text, "\r\n", "\n"), "\n", "\r\n"));
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
    planned.proposal.is_secret =
        step.send.find("password") != std::string::npos || step.send.find("{plain") != std::string::npos;
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

// The message is over only when its final dot is answered, although what follows the dot is read as commands.
Guide::Place Guide::place_in(const smtp::ClientSession& session) {
  if (session.state().state() == smtp::State::kData) return Place::kData;
  return session.mode() == smtp::Mode::kAuth ? Place::kResponse : Place::kCommand;
}

bool Guide::fits(const Planned& step, const smtp::ClientSession& session) {
  if (step.place != place_in(session)) return false;
  return step.place != Place::kCommand || (step.verb && session.state().legality(*step.verb) == smtp::Legality::kLegal);
}

// HELO and EHLO are legal again and again, but to repeat one is no way back: it would throw away what was reached.
bool Guide::is_way_back(const Planned& step, const smtp::ClientSession& session) {
  if (!fits(step, session)) return false;
  if (step.verb == smtp::Input::kHelo) return session.state().state() == smtp::State::kGreeted;
  return step.verb != smtp::Input::kEhlo || !session.state().memory().extended;
}

// Where the path goes on. As long as it is followed, that is the next step, even one that is wrong on purpose. After a
// detour it is the nearest earlier step that is possible now, else the nearest later one.
std::optional<std::size_t> Guide::current(const smtp::ClientSession& session) const {
  if (is_finished()) return std::nullopt;
  if (fits(steps_[at_], session) || (!strayed_ && steps_[at_].place == place_in(session))) return at_;
  for (std::size_t i = at_; i-- > 0;) {
    if (is_way_back(steps_[i], session)) return i;
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

void Guide::add_responses(std::vector<Proposal>& out, const smtp::ClientSession& session) const {
  const auto& exchange = session.exchange();
  if (!session.next_is_secret()) {
    add(out, core::base64_encode(user_));
  } else if (!password_.empty()) {  // of an account at a real server nobody knows it
    const bool plain = exchange && exchange->mechanism() == "PLAIN";
    add(out, plain ? plain_response(user_, password_) : core::base64_encode(password_), true);
  }
  add(out, "*");
}

void Guide::add_data(std::vector<Proposal>& out, const smtp::ClientSession& session) const {
  if (session.state().memory().message_size == 0) {
    add(out, "From: <" + user_ + ">\nTo: <" + other_ + ">\nSubject: Hello\n\nHello!\n", false, true);
  }
  add(out, ".");
}

std::vector<std::string> Guide::likely_lines(const smtp::SessionState& state) const {
  std::vector<smtp::Input> legal = state.legal_commands();
  const bool sent_mail = state.memory().messages > 0 && state.state() == smtp::State::kReady;
  const auto rank = [&](smtp::Input input) {
    if (sent_mail && input == smtp::Input::kQuit) return std::ptrdiff_t{-1};
    return std::find(kLikely.begin(), kLikely.end(), input) - kLikely.begin();
  };
  std::sort(legal.begin(), legal.end(), [&](smtp::Input a, smtp::Input b) { return rank(a) < rank(b); });
  std::vector<std::string> lines;
  for (const smtp::Input input : legal) lines.push_back(line_for(input));
  return lines;
}

std::vector<Proposal> Guide::proposals(const smtp::ClientSession& session) const {
  std::vector<Proposal> out;
  const std::optional<std::size_t> step = current(session);
  if (auto end = missing_end(session); end && (strayed_ || !step)) out.push_back(std::move(*end));
  if (step) out.push_back(steps_[*step].proposal);
  switch (session.mode()) {
    case smtp::Mode::kAuth: add_responses(out, session); break;
    case smtp::Mode::kData: add_data(out, session); break;
    case smtp::Mode::kCommand:
      for (std::string& line : likely_lines(session.state())) add(out, std::move(line));
      break;
  }
  return out;
}

// Another name or address in the same command is the same step; so is any answer in an exchange, any mail data.
bool Guide::is_alike(const Planned& step, std::string_view line, const smtp::ClientSession& session) {
  if (!line.ends_with('\n') || step.proposal.line_end != smtp::LineEnd::kCrlf) return false;
  switch (step.place) {
    case Place::kCommand: {
      const std::optional<smtp::Input> verb = verb_of(without_end(line));
      return step.verb && (verb == step.verb || (is_hello(verb) && is_hello(step.verb)));
    }
    case Place::kResponse: return place_in(session) == Place::kResponse;
    case Place::kData: return place_in(session) == Place::kData && step.proposal.is_message && without_end(line) != ".";
  }
  return false;
}

void Guide::sent(std::string_view bytes, const smtp::ClientSession& session) {
  pending_.reset();
  const std::string line = std::exchange(begun_, {}) + std::string(bytes);
  if (place_in(session) != Place::kData && !line.ends_with('\n')) begun_ = line;
  const std::optional<std::size_t> step = current(session);
  if (!step) return;
  const Planned& planned = steps_[*step];
  if (planned.proposal.bytes() != bytes && !is_alike(planned, line, session)) {
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
  begun_.clear();
}

}  // namespace stepper
