#include "client/stepper/guide.h"

#include <algorithm>
#include <utility>

#include "client/base/spoken.h"
#include "client/base/words.h"
#include "client/stepper/untagged.h"
#include "core/text.h"
#include "mockserver/scenario/step_values.h"

namespace stepper {
namespace {

// Failures that say how the port wants to be spoken to.
constexpr std::string_view kSpeaksClear = "tls-not-tls";
constexpr std::string_view kSpeaksTls = "tls-port-in-clear";

// Whoever says EHLO where the path has HELO has greeted too.
bool is_hello(std::optional<protocol::Input> verb) { return verb && verb->is(protocol::Role::kHello); }

// What is still missing of a line's end; nothing when no line waits for it.
std::optional<Proposal> missing_end(const protocol::ClientSession& session) {
  const std::string_view unfinished = session.unfinished();
  const bool in_line = session.mode() == protocol::Mode::kCommand || session.mode() == protocol::Mode::kLogin;
  if (!in_line || unfinished.empty() || unfinished.ends_with('\n')) return std::nullopt;
  Proposal end;
  end.line_end = unfinished.ends_with('\r') ? protocol::LineEnd::kLf : protocol::LineEnd::kCrlf;
  end.why = {std::string(client::word(client::Word::kEndTheLine, core::Language::kEnglish)),
             std::string(client::word(client::Word::kEndTheLine, core::Language::kChinese))};
  return end;
}

// What ends the message behind a dot that ended nothing; nothing when no such dot was sent.
std::optional<Proposal> missing_dot(const protocol::ClientSession& session) {
  if (session.mode() != protocol::Mode::kContent || !session.looks_finished()) return std::nullopt;
  Proposal dot;
  dot.text = "\r\n.";
  dot.why = {std::string(client::word(client::Word::kEndTheMessage, core::Language::kEnglish)),
             std::string(client::word(client::Word::kEndTheMessage, core::Language::kChinese))};
  return dot;
}

// "{response}", "{response|newline}" …
bool names_response(std::string_view text) {
  const std::size_t at = text.find("{response");
  return at != std::string_view::npos && (text.substr(at + 9).starts_with('}') || text.substr(at + 9).starts_with('|'));
}

}  // namespace

// Follows the steps of a path without anybody to answer them.
class Guide::Course {
 public:
  // Where a step belongs that stands here, if it is a line.
  [[nodiscard]] Place place() const { return place_; }

  // spoken: at the server of the step.
  void go_on(const Planned& step, const protocol::Protocol& spoken) {
    const Proposal& proposal = step.proposal;
    // A line may be sent in pieces, and a step be several lines: what counts is the last of them.
    line_ += proposal.octets(spoken);
    const std::string_view lines = core::without_line_end(line_);
    const std::size_t lf = lines.rfind('\n');
    const std::string last(lines.substr(lf == std::string_view::npos ? 0 : lf + 1));
    if (line_.ends_with('\n')) line_.clear();
    if (proposal.connects()) {
      place_ = Place::kCommand;
      line_.clear();
    } else if (proposal.expect && proposal.expect->outcome == protocol::Outcome::kMore) {
      const std::optional<protocol::Input> verb = spoken.read_line(last).command;
      const bool asks_for_content = verb && verb->row().asks_for_content;
      place_ = asks_for_content || step.place == Place::kData ? Place::kData : Place::kResponse;
    } else if (proposal.expect && step.place != Place::kCommand) {
      place_ = Place::kCommand;
    }
  }

 private:
  std::string line_;
  Place place_ = Place::kCommand;
};

Guide::Guide(const scenario::Scenario& scenario) : Guide(*scenario.protocol, &scenario, identity_of(scenario)) {}

Guide::Guide(const protocol::Protocol& spoken, const scenario::Scenario* scenario, Identity identity)
    : scenario_(scenario), login_(std::in_place, identity.credentials, identity.nonce) {
  stations_.push_back({&spoken, std::move(identity), {}});
  for (std::size_t i = 1; scenario != nullptr && i <= scenario->others.size(); ++i) {
    const scenario::Scenario& other = scenario::server_of(*scenario, i);
    stations_.push_back({other.protocol, identity_of(other), {}});
  }
  if (scenario != nullptr) plan(*scenario);
}

// Who logs in is somebody else at another server.
void Guide::come_to(std::size_t server) {
  if (std::exchange(server_, server) == server) return;
  login_.emplace(here().identity.credentials, here().identity.nonce);
}

// Of the first line, where a step is several.
std::optional<protocol::Input> Guide::verb_of(std::string_view lines, const protocol::Protocol& spoken) {
  return spoken.read_line(lines.substr(0, std::min(lines.find('\r'), lines.find('\n')))).command;
}

void Guide::call(const std::string& client_name) {
  if (client_name == here().identity.client_name) return;
  for (Station& one : stations_) one.identity.client_name = client_name;
  if (scenario_ != nullptr) plan(*scenario_);
}

void Guide::plan(const scenario::Scenario& scenario) {
  for (std::size_t i = 0; i < stations_.size(); ++i)
    stations_[i].values = scenario::step_values(scenario::server_of(scenario, i), stations_[i].identity.client_name);
  steps_.clear();
  Course course;
  for (const scenario::Step& step : scenario.steps) {
    const Station& there = stations_[step.server];
    Planned planned;
    const bool is_message = !step.message.empty();
    const std::string& text = is_message ? step.message : step.send;
    if (is_message) planned.proposal.form = Form::kMessage;
    if (step.connects) planned.proposal.form = Form::kConnect;
    if (names_response(text)) planned.with_response = text;
    planned.proposal.text = scenario::text_of(*there.protocol, step, there.values);
    planned.server = planned.proposal.server = step.server;
    planned.proposal.line_end = step.line_end;
    planned.proposal.why = step.say;
    planned.proposal.then = step.then;
    planned.proposal.expect = step.expect;
    planned.proposal.wait = step.wait;
    planned.proposal.guided = true;
    planned.place = step.connects ? Place::kConnection : is_message ? Place::kData : course.place();
    if (planned.place == Place::kCommand) planned.verb = verb_of(planned.proposal.text, *there.protocol);
    course.go_on(planned, *there.protocol);
    steps_.push_back(std::move(planned));
  }
}

// The step as it is now: a response depends on the challenge before it, and in AUTH on the mechanism. Behind a detour the tags
// of the path may have been used.
Proposal Guide::filled(const Planned& step, const protocol::ClientSession& session) const {
  Proposal proposal = step.proposal;
  if (step.place == Place::kCommand && has_strayed_) proposal.text = session.renewed(std::move(proposal.text));
  if (step.with_response.empty()) return proposal;
  scenario::Values values = here().values;
  if (step.place == Place::kResponse) {
    values["response"] = login_->response().value_or("");
  } else if (const protocol::ReadLine read = spoken().read_line(proposal.text); !read.fault) {
    values["response"] = login_->initial_response(read.mechanism).value_or("=");
  }
  proposal.text = scenario::fill(step.with_response, values).value_or(step.with_response);
  return proposal;
}

// The message is over only when its final dot is answered, although what follows the dot is read as commands.
Guide::Place Guide::place_in(const protocol::ClientSession& session) {
  if (session.is_in_content()) return Place::kData;
  const protocol::Mode mode = session.mode();
  return mode == protocol::Mode::kLogin || mode == protocol::Mode::kRest ? Place::kResponse : Place::kCommand;
}

// In the middle of a chunk no line fits, whatever the state says: it would be taken for the chunk.
bool Guide::fits(const Planned& step, const protocol::ClientSession& session) {
  if (step.place == Place::kConnection) return true;
  if (step.place != place_in(session) || session.mode() == protocol::Mode::kChunk) return false;
  return step.place != Place::kCommand || (step.verb && session.may_come(*step.verb));
}

// A hello is legal again and again, but to repeat one is no way back: it would throw away what was reached.
bool Guide::is_way_back(const Planned& step, const protocol::ClientSession& session) {
  if (!fits(step, session)) return false;
  if (!is_hello(step.verb)) return true;
  return step.verb->row().lists_offers ? !session.has_asked_for_offers() : session.wants_hello();
}

// Where the path goes on. As long as it is followed, that is the next step, even one that is wrong on purpose. After a
// detour it is the nearest earlier step that is possible now, else the nearest later one, both of the same connection.
std::optional<std::size_t> Guide::current(const protocol::ClientSession& session) const {
  if (is_finished()) return std::nullopt;
  if (fits(steps_[at_], session) || (!strayed_ && steps_[at_].place == place_in(session))) return at_;
  for (std::size_t i = at_; i-- > 0 && steps_[i].place != Place::kConnection;) {
    if (is_way_back(steps_[i], session)) return i;
  }
  for (std::size_t i = at_ + 1; i < steps_.size() && steps_[i].place != Place::kConnection; ++i) {
    if (fits(steps_[i], session)) return i;
  }
  return std::nullopt;
}

// The step by which a new connection is made now: the next one, when there is nothing before it but to say goodbye; else the
// one that began this part of the path. Nothing when that is its very beginning, or all is done.
std::optional<std::size_t> Guide::way_of_connecting() const {
  if (is_finished()) return std::nullopt;
  std::size_t next = at_;
  while (next < steps_.size() && steps_[next].verb && steps_[next].verb->is(protocol::Role::kQuit)) ++next;
  if (next < steps_.size() && steps_[next].place == Place::kConnection) return next;
  for (std::size_t i = at_; i-- > 0;) {
    if (steps_[i].place == Place::kConnection) return i;
  }
  return std::nullopt;
}

Proposal Guide::connection() const {
  if (const auto step = way_of_connecting()) return steps_[*step].proposal;
  const client::Word why = failure_.empty()           ? client::Word::kConnectWhy
                           : failure_ == kSpeaksClear ? client::Word::kConnectInClear
                           : failure_ == kSpeaksTls   ? client::Word::kConnectWithTls
                                                      : client::Word::kConnectInVain;
  Proposal connection;
  connection.form = Form::kConnect;
  connection.why = client::words_of(why, spoken());
  connection.server = server_;
  return connection;
}

void Guide::failed(std::string_view failure, bool was_greeted) {
  if (!was_greeted) failure_ = failure;
  if (failure.starts_with("tls-")) here().identity.wants_tls = failure == kSpeaksClear && !was_greeted;
}

std::vector<Proposal> Guide::proposals(const protocol::ClientSession& session, bool is_open) const {
  if (!is_open) return {connection()};
  std::vector<Proposal> out;
  const std::optional<std::size_t> step = current(session);
  if (auto end = missing_end(session); end && (strayed_ || !step)) out.push_back(std::move(*end));
  if (auto dot = missing_dot(session); dot && (strayed_ || !step)) out.push_back(std::move(*dot));
  if (step) {
    Proposal guided = filled(steps_[*step], session);
    guided.is_secret = !guided.connects() && session.next_is_secret() && guided.text != "*";
    out.push_back(std::move(guided));
  }
  const auto is_there = [&](const Proposal& one) {
    return std::any_of(out.begin(), out.end(),
                       [&](const Proposal& other) { return other.text == one.text && other.form == one.form; });
  };
  for (Proposal& one : likely(session)) {
    if (!is_there(one)) out.push_back(std::move(one));
  }
  return out;
}

// A line that was just refused would be refused again: it comes last, and when it was the likeliest one, what is left is to say
// goodbye.
std::vector<Proposal> Guide::likely(const protocol::ClientSession& session) const {
  std::vector<Proposal> all;
  for (protocol::Likely& one : session.likely(here().identity, *login_)) {
    Proposal& proposal = all.emplace_back();
    proposal.text = std::move(one.text);
    proposal.form = one.form;
    proposal.is_secret = one.is_secret;
    proposal.why = std::move(one.why);
  }
  const auto is_refused = [&](const Proposal& one) {
    const auto is_it = [&](const std::string& line) { return untagged(spoken(), line) == untagged(spoken(), one.text); };
    return one.is_line() && std::any_of(refused_.begin(), refused_.end(), is_it);
  };
  if (session.mode() != protocol::Mode::kCommand || all.empty()) return all;
  const bool was_likeliest = is_refused(all.front());
  std::stable_partition(all.begin(), all.end(), [&](const Proposal& one) { return !is_refused(one); });
  const auto says_goodbye = [&](const Proposal& one) {
    const auto verb = verb_of(one.text, spoken());
    return verb && verb->is(protocol::Role::kQuit);
  };
  if (was_likeliest) std::stable_partition(all.begin(), all.end(), says_goodbye);
  return all;
}

std::optional<std::string> Guide::response() const {
  if (!login_->response()) return std::nullopt;
  return *login_->response() + "\r\n";
}

// Another name or address in the same command is the same step; so is any answer in an exchange, any mail data.
bool Guide::is_alike(const Planned& step, std::string_view line, const protocol::ClientSession& session) const {
  if (!line.ends_with('\n') || step.proposal.line_end != protocol::LineEnd::kCrlf) return false;
  switch (step.place) {
    case Place::kConnection: return false;
    case Place::kCommand: {
      const std::optional<protocol::Input> verb = verb_of(core::without_line_end(line), spoken());
      return step.verb && (verb == step.verb || (is_hello(verb) && is_hello(step.verb)));
    }
    case Place::kResponse: return place_in(session) == Place::kResponse;
    case Place::kData:
      if (place_in(session) != Place::kData) return false;
      return step.proposal.is_line() ? step.proposal.text == "." && line == "\r\n.\r\n" : core::without_line_end(line) != ".";
  }
  return false;
}

void Guide::connected() {
  login_->ended();
  refused_.clear();
  last_line_.clear();
  begun_.clear();
  part_.clear();
  pending_.reset();
  taken_.reset();
  strayed_ = has_strayed_ = false;
  failure_.clear();
  if (!std::exchange(was_connected_, true) || is_finished()) return;
  taken_ = pending_ = way_of_connecting();
  at_ = pending_.value_or(0);
  come_to(steps_[at_].server);
}

void Guide::sent(std::string_view bytes, const protocol::ClientSession& session) {
  pending_.reset();
  taken_.reset();
  const std::string line = std::exchange(begun_, {}) + std::string(bytes);
  const Place place = place_in(session);
  last_line_ = place == Place::kCommand ? std::string(core::without_line_end(line)) : std::string();
  if (place != Place::kData && !line.ends_with('\n')) begun_ = line;
  const std::optional<std::size_t> step = current(session);
  // What the step would have been is only known before the login goes on.
  const std::string so_far = std::exchange(part_, {}) + std::string(bytes);
  const std::string whole = step ? filled(steps_[*step], session).octets(spoken()) : std::string();
  const bool is_step = step && (whole == bytes || whole == so_far || is_alike(steps_[*step], line, session));
  if (place == Place::kCommand && line.ends_with('\n')) follow_login(core::without_line_end(line));
  if (!step) {
    has_strayed_ = true;
    return;
  }
  if (!is_step && whole.size() > so_far.size() && whole.starts_with(so_far) && so_far.ends_with('\n')) {
    taken_ = step;
    part_ = so_far;  // a step of several lines, of which each is told by itself
    return;
  }
  if (!is_step) {
    strayed_ = has_strayed_ = true;
    return;
  }
  at_ = *step;
  taken_ = step;
  strayed_ = false;
  if (steps_[*step].proposal.expect) {
    pending_ = step;
  } else {
    ++at_;
  }
}

void Guide::follow_login(std::string_view line) {
  const protocol::ReadLine read = spoken().read_line(line);
  if (!read.fault && read.command && read.command->is(protocol::Role::kLogin))
    login_->begun(read.mechanism, read.response.has_value());
}

void Guide::answered(const protocol::Answer& answer) {
  if (answer.outcome == protocol::Outcome::kNews) return;
  if (answer.is_more()) {
    login_->challenged(answer.lines.front());
  } else {
    login_->ended();
  }
  // Who has greeted, logged in or encrypted may do what was refused before.
  const std::optional<protocol::Input> verb = verb_of(last_line_, spoken());
  const bool opens_doors = !verb || is_hello(verb) || verb->is_of_login() || verb->is(protocol::Role::kStartTls);
  if (answer.is_positive() && opens_doors) refused_.clear();
  if (answer.is_negative() && !last_line_.empty()) refused_.push_back(std::exchange(last_line_, {}));
  if (!pending_) return;
  if (steps_[*pending_].proposal.expect->outcome == answer.outcome) {
    at_ = *pending_ + 1;
  } else {
    strayed_ = true;
  }
  pending_.reset();
}

bool Guide::connects_again() const {
  return std::any_of(steps_.begin() + static_cast<std::ptrdiff_t>(at_), steps_.end(),
                     [](const Planned& step) { return step.proposal.connects(); });
}

void Guide::restart() {
  come_to(0);
  at_ = 0;
  was_connected_ = false;
  pending_.reset();
  taken_.reset();
  strayed_ = has_strayed_ = false;
  begun_.clear();
  part_.clear();
  login_->restart();
  refused_.clear();
  last_line_.clear();
}

}  // namespace stepper
