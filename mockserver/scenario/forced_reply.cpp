#include "mockserver/scenario/forced_reply.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/generic_steps.h"

namespace scenario {
namespace {

using smtp::Input;

struct StageRow {
  std::string_view stage;
  On on;
  std::vector<Input> verbs;  // for kCommand
  std::string_view subject;
};

std::vector<Input> all_but_quit() {
  std::vector<Input> verbs;
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (!row.verb.empty() && row.input != Input::kQuit) verbs.push_back(row.input);
  }
  return verbs;
}

const std::array<StageRow, 10>& stages() {
  static const std::array<StageRow, 10> kRows{
      StageRow{"connect", On::kConnect, {}, "network"},
      StageRow{"ehlo", On::kCommand, {Input::kEhlo, Input::kHelo}, "basics"},
      StageRow{"starttls", On::kCommand, {Input::kStarttls}, "tls"},
      StageRow{"auth", On::kAuth, {}, "authentication"},
      StageRow{"mail", On::kCommand, {Input::kMail}, "sender"},
      StageRow{"rcpt", On::kCommand, {Input::kRcpt}, "recipient"},
      StageRow{"data", On::kCommand, {Input::kData}, "content"},
      StageRow{"message", On::kMessage, {}, "content"},
      StageRow{"quit", On::kCommand, {Input::kQuit}, "basics"},
      // Where no command is known for it: whatever the client says, except that it may always leave.
      StageRow{"any", On::kCommand, all_but_quit(), "basics"},
  };
  return kRows;
}

const StageRow& stage_row(std::string_view stage) {
  const auto hit = std::find_if(stages().begin(), stages().end(), [&](const StageRow& row) { return row.stage == stage; });
  return hit == stages().end() ? stages().back() : *hit;
}

// Which prompt of AUTH LOGIN a 334 is, told by its decoded words; kResponse when it asks for neither name nor password.
sasl::Wants prompt_of(const ReplyEntry& entry) {
  const auto decoded = core::base64_decode(core::trim(std::string_view(entry.lines.front()).substr(3)));
  const std::string words = decoded ? core::to_lower(*decoded) : std::string();
  if (words.find("pass") != std::string::npos) return sasl::Wants::kPassword;
  return words.find("user") != std::string::npos ? sasl::Wants::kUser : sasl::Wants::kResponse;
}

bool is_prompt(const ReplyEntry& entry) { return entry.stage == "auth" && entry.code.is_intermediate(); }

// In the way the server offers and the reply can be met: LOGIN asks for name and password, PLAIN has one empty challenge.
Login login_for(const ReplyEntry& entry, const smtp::Extensions& offered) {
  const bool plain = offered.offers_mechanism("PLAIN");
  const bool login = offered.offers_mechanism("LOGIN");
  if (is_prompt(entry) && plain && (!login || prompt_of(entry) == sasl::Wants::kResponse)) return Login::kPlainTwoSteps;
  if (login) return Login::kLogin;
  return plain ? Login::kPlain : Login::kNone;
}

// The command to which the server's own rules give a reply for any time; null when they do not, or to none of these.
const AnyTimeStep* any_time_step(const Scenario& scenario, std::size_t reply) {
  if (scenario.replies[reply].stage != "any") return nullptr;
  for (const Rule& rule : scenario.rules) {
    if (rule.reply != reply || (rule.on != On::kCommand && rule.on != On::kUnknown)) continue;
    const auto* const hit = std::find_if(kAnyTimeSteps.begin(), kAnyTimeSteps.end(),
                                         [&](const AnyTimeStep& step) { return step.command == rule.verb; });
    if (hit != kAnyTimeSteps.end()) return hit;
  }
  return nullptr;
}

// What the vocabulary says of it, behind a banner: it does not speak of what was sent here.
std::shared_ptr<const dialogue::Explanation> forced_explanation(const ReplyEntry& entry) {
  auto forced = std::make_shared<dialogue::Explanation>(*entry.explanation);
  forced->because = {std::string(kForcedEn) + forced->because.en, std::string(kForcedZh) + forced->because.zh};
  return forced;
}

Rule rule_for(const Scenario& scenario, std::size_t reply, On on, Input verb) {
  const ReplyEntry& entry = scenario.replies[reply];
  Rule rule;
  rule.on = on;
  rule.verb = verb;
  rule.reply = reply;
  rule.explanation = forced_explanation(entry);
  if (entry.stage == "any" || verb == Input::kStarttls) rule.when.order = Wanted::kAny;
  if (entry.stage == "any" || on == On::kAuth) rule.when.syntax = Wanted::kAny;
  return rule;
}

std::vector<Rule> rules_for(const Scenario& scenario, std::size_t reply, Login login) {
  const ReplyEntry& entry = scenario.replies[reply];
  const StageRow& row = stage_row(entry.stage);
  if (row.on == On::kAuth && login == Login::kNone) return {rule_for(scenario, reply, On::kCommand, Input::kAuth)};
  if (is_prompt(entry)) {
    Rule rule = rule_for(scenario, reply, On::kChallenge, Input::kUnknown);
    const sasl::Wants wants = prompt_of(entry);
    if (login == Login::kLogin && wants != sasl::Wants::kResponse) rule.when.ask("wants", Word(wants));
    return {rule};
  }
  if (const AnyTimeStep* const step = any_time_step(scenario, reply)) {
    return {rule_for(scenario, reply, step->command == Input::kUnknown ? On::kUnknown : On::kCommand, step->command)};
  }
  std::vector<Rule> rules;
  for (const Input verb : row.verbs) rules.push_back(rule_for(scenario, reply, row.on, verb));
  if (rules.empty()) rules.push_back(rule_for(scenario, reply, row.on, Input::kUnknown));
  return rules;
}

Step step_from(const GenericStep& generic) {
  Step step;
  step.send = generic.send;
  step.message = generic.message;
  if (generic.expect != 0) step.expect = generic.expect;
  step.say = {std::string(generic.en), std::string(generic.zh)};
  return step;
}

// Which way through a dialogue a client has to take at this server.
struct Route {
  Login login = Login::kNone;
  bool starttls = false;  // TLS first: in clear the server takes neither logins nor mail
  const AnyTimeStep* any_time = nullptr;
};

// A reply that the server's own rules keep for clear text is met there.
bool is_said_in_clear(const Scenario& scenario, std::size_t reply) {
  return std::any_of(scenario.rules.begin(), scenario.rules.end(),
                     [&](const Rule& rule) { return rule.reply == reply && rule.when.asks_for("tls", false); });
}

Route route_for(const Scenario& scenario, std::size_t reply) {
  const ReplyEntry& entry = scenario.replies[reply];
  const auto& stage = entry.stage;
  const bool before_login = stage == "connect" || stage == "ehlo" || stage == "starttls" || stage == "quit" || stage == "any";
  const bool starttls = scenario.security == Security::kStarttls && !before_login && !is_said_in_clear(scenario, reply);
  const smtp::ServerConfig& server = scenario.server;
  const bool encrypted = starttls || scenario.security == Security::kTls;
  return {login_for(entry, encrypted && server.extensions_tls ? *server.extensions_tls : server.extensions), starttls,
          any_time_step(scenario, reply)};
}

// The steps of a whole dialogue up to the last one of `stage`.
std::vector<GenericStep> way_to(std::string_view stage, const Route& route) {
  std::vector<GenericStep> way;
  for (const GenericStep& step : kGenericSteps) {
    if (step.stage == "quit") break;
    if (step.login == Login::kNone || step.login == route.login) way.push_back(step);
  }
  if (stage == "auth" && route.login == Login::kNone) way.insert(way.begin() + 1, kAuthStep);
  if (route.starttls) way.insert(way.begin() + 1, kEhloAgainStep);
  if (route.starttls || stage == "starttls") way.insert(way.begin() + 1, kStarttlsStep);
  const std::string_view last = stage == "any" ? "ehlo" : stage;
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
  step.expect = entry.code.value();
  step.say.en += kAnsweredEn;
  step.say.zh += kAnsweredZh;
}

std::vector<Step> steps_for(const ReplyEntry& entry, const Rule& rule, const Route& route) {
  std::vector<Step> steps;
  // A 354 has to be followed by a message: only then may the client leave.
  const bool into_data = entry.stage == "data" && entry.code.is_intermediate();
  if (entry.stage != "connect" && entry.stage != "quit") {
    const std::vector<GenericStep> way = way_to(entry.stage, route);
    const std::vector<GenericStep> whole = into_data ? way_to("message", route) : way;
    for (const GenericStep& generic : whole) steps.push_back(step_from(generic));
    mark_forced(steps[forced_step(way, rule)], entry);
  }
  if (entry.code.value() == 421) return steps;
  steps.push_back(step_from(kGenericSteps.back()));
  if (entry.stage == "quit") mark_forced(steps.back(), entry);
  return steps;
}

}  // namespace

std::optional<std::size_t> force_reply(Scenario& provider, std::size_t reply) {
  const Route route = route_for(provider, reply);
  std::vector<Rule> rules = rules_for(provider, reply, route.login);
  provider.steps = steps_for(provider.replies[reply], rules.front(), route);
  provider.summary = rules.front().explanation->because;
  provider.rules.insert(provider.rules.begin(), rules.begin(), rules.end());
  const auto answered = std::find_if(provider.steps.begin(), provider.steps.end(),
                                     [](const Step& step) { return step.say.en.ends_with(kAnsweredEn); });
  if (answered == provider.steps.end()) return std::nullopt;
  return static_cast<std::size_t>(answered - provider.steps.begin());
}

}  // namespace scenario
