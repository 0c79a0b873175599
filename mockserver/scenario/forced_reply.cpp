#include "mockserver/scenario/forced_reply.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/attempt_lines.h"
#include "mockserver/scenario/attempt_rows.h"
#include "mockserver/scenario/protocol_words.h"
#include "mockserver/scenario/way.h"

namespace scenario {
namespace {

using protocol::Input;
using protocol::Role;

// What a forced reply of this stage answers.
std::vector<Input> inputs_of(const protocol::Protocol& protocol, const StageRow& row) {
  std::vector<Input> verbs;
  for (const std::string_view verb : words_of(row.verbs)) {
    if (const auto input = input_named(protocol, verb)) verbs.push_back(*input);
  }
  if (!verbs.empty() || row.on != On::kCommand) return verbs;
  // Where no command is known for it: whatever the client says, except that it may always leave.
  for (const protocol::InputRow& input : protocol.inputs()) {
    if (!input.verb.empty() && input.role != Role::kQuit) verbs.emplace_back(input);
  }
  return verbs;
}

// Which prompt of AUTH LOGIN a 334 is, told by its decoded words; kResponse when it asks for neither name nor password.
sasl::Wants prompt_of(const ReplyEntry& entry) {
  const std::string_view text = std::string_view(entry.lines.front()).substr(entry.code.text.size());
  const auto decoded = core::base64_decode(core::trim(text));
  const std::string words = decoded ? core::to_lower(*decoded) : std::string();
  if (words.find("pass") != std::string::npos) return sasl::Wants::kPassword;
  return words.find("user") != std::string::npos ? sasl::Wants::kUser : sasl::Wants::kResponse;
}

bool is_prompt(const ReplyEntry& entry) { return entry.stage == "auth" && entry.code.outcome == protocol::Outcome::kMore; }

bool has_steps(const Way& way, Login login) {
  return std::any_of(way.steps.begin(), way.steps.end(), [&](const GenericStep& step) { return step.login == login; });
}

// In the way the server offers and the reply can be met: LOGIN asks for name and password, PLAIN has one empty challenge.
Login login_for(const ReplyEntry& entry, const protocol::Protocol& protocol, const protocol::Offers& offered) {
  const std::vector<std::string> mechanisms = protocol.mechanisms_in(offered);
  const auto offers = [&](std::string_view one) {
    return std::find(mechanisms.begin(), mechanisms.end(), one) != mechanisms.end();
  };
  const bool takes_user = takes_password(protocol, offered);
  if (!is_prompt(entry) && takes_user && has_steps(way_of(protocol), Login::kUserAndPass)) return Login::kUserAndPass;
  if (is_prompt(entry) && offers("PLAIN") && (!offers("LOGIN") || prompt_of(entry) == sasl::Wants::kResponse))
    return Login::kPlainTwoSteps;
  if (offers("LOGIN")) return Login::kLogin;
  if (offers("PLAIN")) return Login::kPlain;
  return offers("XOAUTH2") && has_steps(way_of(protocol), Login::kToken) ? Login::kToken : Login::kNone;
}

// The command to which the server's own rules give a reply for any time; null when they do not, or to none of these.
const AnyTimeStep* any_time_step(const Scenario& scenario, std::size_t reply) {
  if (scenario.replies[reply].stage != "any") return nullptr;
  const std::span<const AnyTimeStep> steps = way_of(*scenario.protocol).any_time;
  for (const Rule& rule : scenario.rules) {
    if (rule.reply != reply || (rule.on != On::kCommand && rule.on != On::kUnknown)) continue;
    const std::string_view verb = rule.verb ? rule.verb->verb() : std::string_view();
    const auto hit = std::find_if(steps.begin(), steps.end(), [&](const AnyTimeStep& step) { return step.verb == verb; });
    if (hit != steps.end()) return &*hit;
  }
  return nullptr;
}

// What the vocabulary says of it, behind a banner: it does not speak of what was sent here.
std::shared_ptr<const dialogue::Explanation> forced_explanation(const ReplyEntry& entry) {
  auto forced = std::make_shared<dialogue::Explanation>(*entry.explanation);
  forced->because = {std::string(kForcedEn) + forced->because.en, std::string(kForcedZh) + forced->because.zh};
  return forced;
}

Rule rule_for(const Scenario& scenario, std::size_t reply, On on, std::optional<Input> verb = std::nullopt) {
  const ReplyEntry& entry = scenario.replies[reply];
  Rule rule;
  rule.on = on;
  rule.verb = verb;
  rule.reply = reply;
  rule.explanation = forced_explanation(entry);
  if (entry.stage == "any" || (verb && verb->is(Role::kStartTls))) rule.when.order = Wanted::kAny;
  if (entry.stage == "any" || on == On::kAuth) rule.when.syntax = Wanted::kAny;
  return rule;
}

std::vector<Rule> rules_for(const Scenario& scenario, std::size_t reply, Login login) {
  const ReplyEntry& entry = scenario.replies[reply];
  const protocol::Protocol& protocol = *scenario.protocol;
  const StageRow& row = stage_row(way_of(protocol), entry.stage);
  if (row.on == On::kAuth && login == Login::kNone)
    return {rule_for(scenario, reply, On::kCommand, protocol.input(Role::kLogin))};
  if (is_prompt(entry)) {
    Rule rule = rule_for(scenario, reply, On::kChallenge);
    const sasl::Wants wants = prompt_of(entry);
    if (login == Login::kLogin && wants != sasl::Wants::kResponse) rule.when.ask("wants", Word(wants));
    return {rule};
  }
  if (const AnyTimeStep* const step = any_time_step(scenario, reply)) {
    const std::optional<Input> verb = protocol.find_command(step->verb);
    return {rule_for(scenario, reply, verb ? On::kCommand : On::kUnknown, verb)};
  }
  std::vector<Rule> rules;
  for (const Input verb : inputs_of(protocol, row)) rules.push_back(rule_for(scenario, reply, row.on, verb));
  if (rules.empty()) rules.push_back(rule_for(scenario, reply, row.on));
  return rules;
}

Step step_from(const GenericStep& generic, const protocol::Protocol& protocol) {
  Step step;
  step.send = generic.send;
  step.message = generic.message;
  if (const auto outcome = protocol.outcome_of(generic.expect)) step.expect = Code{std::string(generic.expect), *outcome};
  step.say = {std::string(generic.en), std::string(generic.zh)};
  return step;
}

// Which way through a dialogue a client has to take at this server.
struct Route {
  Login login = Login::kNone;
  bool starttls = false;  // TLS first: in clear the server takes neither logins nor mail
  const AnyTimeStep* any_time = nullptr;
  const protocol::Offers* offers = nullptr;  // what the server says that it can do; never null
};

// A reply that the server's own rules keep for clear text is met there.
bool is_said_in_clear(const Scenario& scenario, std::size_t reply) {
  return std::any_of(scenario.rules.begin(), scenario.rules.end(),
                     [&](const Rule& rule) { return rule.reply == reply && rule.when.asks_for("tls", false); });
}

Route route_for(const Scenario& scenario, std::size_t reply) {
  const ReplyEntry& entry = scenario.replies[reply];
  const bool before_login = stage_row(way_of(*scenario.protocol), entry.stage).before_login;
  const bool starttls = scenario.security == Security::kStarttls && !before_login && !is_said_in_clear(scenario, reply);
  const protocol::ServerSettings& server = scenario.server;
  const bool encrypted = starttls || scenario.security == Security::kTls;
  return {login_for(entry, *scenario.protocol, encrypted && server.offers_tls ? *server.offers_tls : server.offers), starttls,
          any_time_step(scenario, reply), &server.offers};
}

// One of the words of what is offered. Who says nothing of it has everything.
bool mentions(const protocol::Offers& offers, std::string_view word) {
  return offers.empty() || std::any_of(offers.begin(), offers.end(), [&](const std::string& line) {
           return (" " + line + " ").find(" " + std::string(word) + " ") != std::string::npos;
         });
}

// The steps of a whole dialogue up to the last one of `stage`.
std::vector<GenericStep> way_to(const Way& all, std::string_view stage, const Route& route) {
  std::vector<GenericStep> way;
  for (const GenericStep& step : all.steps) {
    if (step.stage == all.steps.back().stage) break;
    const bool can_come = step.needs.empty() || mentions(*route.offers, step.needs);
    if (can_come && (step.login == Login::kNone || step.login == route.login)) way.push_back(step);
  }
  const auto insert = [&](std::span<const GenericStep> steps) {
    way.insert(way.begin() + static_cast<std::ptrdiff_t>(all.before_tls), steps.begin(), steps.end());
  };
  if (stage == "auth" && route.login == Login::kNone) insert(all.try_login);
  if (route.starttls) {
    insert(all.begin_tls);
  } else if (stage == "starttls") {
    insert(all.begin_tls.first(std::min<std::size_t>(1, all.begin_tls.size())));
  }
  const std::string_view last = stage == "any" ? all.any_time_behind : stage;
  const auto end = std::find_if(way.rbegin(), way.rend(), [&](const GenericStep& step) { return step.stage == last; });
  way.erase(end.base(), way.end());
  if (route.any_time != nullptr) way.push_back(route.any_time->step);
  return way;
}

// Which step of the way the forced reply answers: the last, or for a prompt the one that asks for it.
std::size_t forced_step(const std::vector<GenericStep>& way, const Rule& rule) {
  if (rule.on != On::kChallenge) return way.size() - 1;
  const auto login = std::find_if(way.begin(), way.end(), [](const GenericStep& step) { return step.stage == "auth"; });
  const auto first = static_cast<std::size_t>(login - way.begin());
  return rule.when.asks_for("wants", Word(sasl::Wants::kPassword)) ? first + 1 : first;
}

void mark_forced(Step& step, const ReplyEntry& entry) {
  step.expect = entry.code;
  step.say.en += kAnsweredEn;
  step.say.zh += kAnsweredZh;
}

std::vector<Step> steps_for(const ReplyEntry& entry, const Rule& rule, const Route& route, const protocol::Protocol& protocol) {
  const Way& all = way_of(protocol);
  const StageRow& row = stage_row(all, entry.stage);
  const std::string_view goodbye = all.steps.back().stage;
  std::vector<Step> steps;
  // Who is told to go on has to: only then may the client leave.
  const bool goes_on = !row.goes_on.empty() && entry.code.outcome == protocol::Outcome::kMore;
  if (row.on != On::kConnect && entry.stage != goodbye) {
    const std::vector<GenericStep> way = way_to(all, entry.stage, route);
    const std::vector<GenericStep> whole = goes_on ? way_to(all, row.goes_on, route) : way;
    for (const GenericStep& generic : whole) steps.push_back(step_from(generic, protocol));
    if (!way.empty()) mark_forced(steps[forced_step(way, rule)], entry);
  }
  if (entry.code.text == all.last_word) return steps;
  steps.push_back(step_from(all.steps.back(), protocol));
  if (entry.stage == goodbye) mark_forced(steps.back(), entry);
  return steps;
}

}  // namespace

std::optional<std::size_t> force_reply(Scenario& provider, std::size_t reply) {
  const Route route = route_for(provider, reply);
  std::vector<Rule> rules = rules_for(provider, reply, route.login);
  provider.steps = steps_for(provider.replies[reply], rules.front(), route, *provider.protocol);
  number_tags(provider.steps);
  provider.summary = rules.front().explanation->because;
  provider.rules.insert(provider.rules.begin(), rules.begin(), rules.end());
  const auto answered = std::find_if(provider.steps.begin(), provider.steps.end(),
                                     [](const Step& step) { return step.say.en.ends_with(kAnsweredEn); });
  if (answered == provider.steps.end()) return std::nullopt;
  return static_cast<std::size_t>(answered - provider.steps.begin());
}

}  // namespace scenario
