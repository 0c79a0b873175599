#include "client/commands/scenarios.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "client/base/options.h"
#include "client/commands/printer.h"
#include "client/commands/rehearsal.h"
#include "client/commands/rule_words.h"
#include "client/conversation/setup.h"
#include "client/conversation/waiting.h"
#include "client/stepper/proposal.h"
#include "document/problems.h"
#include "mockserver/scenario/names.h"

namespace commands {
namespace {

using client::Word;
using nlohmann::ordered_json;

constexpr std::size_t kIdColumns = 30;

Word word_of(scenario::Security security) {
  switch (security) {
    case scenario::Security::kNone: return Word::kSecurityNone;
    case scenario::Security::kStarttls: return Word::kSecurityStarttls;
    case scenario::Security::kTls: break;
  }
  return Word::kSecurityTls;
}

// The lesson to begin with: the usual one, or the first; empty when there is none.
std::string proposed_first(const std::vector<scenario::Head>& heads) {
  const bool has_default =
      std::any_of(heads.begin(), heads.end(), [](const scenario::Head& one) { return one.id == client::kDefaultScenario; });
  if (has_default) return std::string(client::kDefaultScenario);
  return heads.empty() ? std::string() : heads.front().id;
}

// A code of three digits is a number, as it has always been.
ordered_json json_of_code(const std::string& code) {
  if (code.empty()) return {};
  int number = 0;
  const char* const end = code.data() + code.size();
  const auto [stop, error] = std::from_chars(code.data(), end, number);
  return stop == end && error == std::errc() ? ordered_json(number) : ordered_json(code);
}

ordered_json accounts_of(const scenario::Scenario& scenario) {
  ordered_json accounts = ordered_json::array();
  for (const scenario::Account& account : scenario.accounts) {
    ordered_json one{{"user", account.user}, {"password", account.password}};
    if (!account.web_password.empty()) one["web_password"] = account.web_password;
    if (!account.token.empty()) one["token"] = account.token;
    accounts.push_back(std::move(one));
  }
  return accounts;
}

ordered_json json_of(const scenario::Scenario& scenario) {
  ordered_json object{{"id", scenario.id},
                      {"provider", scenario.provider},
                      {"title", {{"en", scenario.title.en}, {"zh", scenario.title.zh}}},
                      {"subject", scenario.subject},
                      {"code", json_of_code(scenario.code)},
                      {"accounts", accounts_of(scenario)},
                      {"security", std::string(scenario::name(scenario.security))}};
  for (const auto& other : scenario.others)
    object["others"].push_back({{"provider", other->provider}, {"accounts", accounts_of(*other)}});
  return object;
}

// At which server, where there are several.
void show_accounts(const scenario::Scenario& scenario, std::string_view server, Printer& printer) {
  if (scenario.accounts.empty()) return;
  printer.heading(std::string(printer.say(Word::kAccounts)) + (server.empty() ? "" : " · ") + std::string(server));
  for (const scenario::Account& account : scenario.accounts) {
    std::string text = "  " + account.user + "  " + std::string(printer.say(Word::kPassword)) + " " + account.password;
    if (!account.web_password.empty()) text += "  " + std::string(printer.say(Word::kWebPassword)) + " " + account.web_password;
    printer.line(text);
  }
}

void show_message(std::string_view message, Printer& printer) {
  while (!message.empty()) {
    const std::string_view line = message.substr(0, message.find('\n'));
    printer.line("       | " + std::string(line));
    message.remove_prefix(std::min(message.size(), line.size() + 1));
  }
}

// The end that goes out behind the line, where it is not the usual one.
std::string_view shown_end(protocol::LineEnd end) {
  switch (end) {
    case protocol::LineEnd::kCrlf: return {};
    case protocol::LineEnd::kLf: return "␊";
    case protocol::LineEnd::kNone: return "∅";
  }
  return {};
}

void show_steps(const scenario::Scenario& scenario, Printer& printer) {
  if (scenario.steps.empty()) return;
  printer.heading(printer.say(Word::kSteps));
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const scenario::Step& step = scenario.steps[i];
    std::string line = "  " + padded(std::to_string(i + 1), 3) + step.send + std::string(shown_end(step.line_end));
    if (!step.message.empty()) line += printer.say(Word::kMessageLines);
    if (step.connects) line += stepper::connection_shown(step.server, &scenario, printer.language());
    if (step.expect) line += "  → " + step.expect->text;
    if (step.wait.count() > 0)
      line.append("  (").append(printer.say(Word::kWaiting)).append(" ").append(client::seconds(step.wait)).append(")");
    printer.line(line);
    if (!step.message.empty()) show_message(step.message, printer);
    printer.line("     " + printer.in(step.say));
  }
}

void show_rules(const scenario::Scenario& scenario, core::Language language, Printer& printer) {
  printer.heading(printer.say(Word::kRules));
  for (const scenario::Rule& rule : scenario.rules) {
    printer.line("  " + situation_of(rule, language) + "  → " + answer_of(rule, scenario, language));
  }
  printer.line("  " + std::string(printer.say(Word::kOtherwiseRfc)));
}

// What becomes of the step that does not go as it says.
std::pair<core::Text, core::Text> told(const Stumble& stumble, const std::optional<scenario::Code>& expected) {
  if (!stumble.is_reached) {
    return {{"the dialogue does not come to this step", "对话走不到这一步"},
            {"after what was answered before, something else has to be said", "照前面的回复，这里应当说别的"}};
  }
  if (!stumble.code) {
    return {{"no reply comes to this step", "这一步得不到回复"},
            {"leave 'expect' out, or end the line", "去掉 'expect'，或者给这一行加上结尾"}};
  }
  const std::string& code = *stumble.code;
  if (!expected) {
    return {{"this step is answered, and does not say so", "这一步会得到回复，却没有写明"},
            core::phrase("the server says \"{0} {1}\"; write expect = {0}", "服务器说 \"{0} {1}\"；请写上 expect = {0}",
                         {code, stumble.reply})};
  }
  return {core::phrase("this step is answered {0}, not {1}", "这一步得到的回复是 {0}，不是 {1}", {code, expected->text}),
          core::phrase("the server says \"{0} {1}\"; write expect = {0}, or a rule that answers otherwise",
                       "服务器说 \"{0} {1}\"；请写 expect = {0}，或者写一条给出别的回复的规则", {code, stumble.reply})};
}

// Plays the path of a file through.
std::optional<core::Error> stumble_in(const std::string& file, const scenario::Scenario& scenario) {
  const std::optional<Stumble> stumble = rehearse(scenario);
  if (!stumble) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto document = document::parse_document(file, text);
  const document::Node* const steps = document ? document->root.find("step", document::NodeType::kList) : nullptr;
  if (steps == nullptr || stumble->step >= steps->items.size()) return std::nullopt;  // steps of a forced reply are no file's
  const document::Node& step = steps->items[stumble->step];
  const document::Node* const expect = step.find("expect");
  auto [message, hint] = told(*stumble, scenario.steps[stumble->step].expect);
  document::Problems problems(*document);
  problems.add(stumble->is_reached && expect != nullptr ? expect->where : step.where, std::move(message), std::move(hint));
  return problems.error();
}

}  // namespace

int list_scenarios(const scenario::Catalogue& catalogue, client::GroupBy by, core::Language language, std::ostream& out,
                   std::ostream& err) {
  Printer printer(language, out);
  const scenario::Listing listing = catalogue.list();
  for (const client::Group& group : client::group(listing.heads, by, language)) {
    printer.heading(group.heading);
    for (const std::size_t i : group.members) {
      const scenario::Head& head = listing.heads[i];
      printer.line("  " + padded(head.id, kIdColumns) + printer.in(head.title));
      printer.line("      " + printer.in(head.summary));
    }
  }
  const std::string first = proposed_first(listing.heads);
  if (!first.empty()) printer.heading(std::string(printer.say(Word::kTryIt)) + "  smtplab step " + first);
  for (const core::Error& fault : listing.faults) err << core::describe(fault, language) << '\n';
  return listing.faults.empty() ? client::kDone : client::kUsage;
}

int list_scenarios_json(const scenario::Catalogue& catalogue, core::Language language, std::ostream& out, std::ostream& err) {
  int status = client::kDone;
  ordered_json all = ordered_json::array();
  for (const std::string& id : catalogue.ids()) {
    if (const auto scenario = catalogue.load(id)) {
      all.push_back(json_of(*scenario));
    } else {
      err << core::describe(scenario.error(), language) << '\n';
      status = client::kUsage;
    }
  }
  // Scenario files are checked to be UTF-8 when they are parsed; should that fail, a replacement beats an exception.
  out << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return status;
}

int list_names(const scenario::Catalogue& catalogue, std::ostream& out) {
  for (const std::string& name : scenario::names(catalogue)) out << name << '\n';
  return client::kDone;
}

int list_replies(const scenario::Catalogue& catalogue, const std::string& provider, core::Language language, std::ostream& out,
                 std::ostream& err) {
  const auto names = scenario::reply_names(catalogue, provider);
  if (!names) {
    err << "smtplab: " << core::describe(names.error(), language) << '\n';
    return client::kUsage;
  }
  for (const std::string& name : *names) out << name << '\n';
  return client::kDone;
}

int show_scenario(const scenario::Catalogue& catalogue, const std::string& id, core::Language language, std::ostream& out,
                  std::ostream& err) {
  const auto scenario = catalogue.load(id);
  if (!scenario) {
    err << core::describe(scenario.error(), language) << '\n';
    return client::kUsage;
  }
  Printer printer(language, out);
  printer.heading(printer.in(scenario->title) + " · " + scenario->id);
  // A provider by itself has nothing to add to its title.
  if (scenario->summary != scenario->title) printer.line(printer.in(scenario->summary));
  printer.row(Word::kSubject, client::subject_text(scenario->subject, language));
  printer.row(Word::kCode, scenario->code);
  printer.row(Word::kSecurity, printer.say(word_of(scenario->security)));
  show_accounts(*scenario, scenario->others.empty() ? std::string_view() : scenario->provider, printer);
  for (const auto& other : scenario->others) show_accounts(*other, other->provider, printer);
  show_steps(*scenario, printer);
  show_rules(*scenario, language, printer);
  return client::kDone;
}

int check_scenarios(const scenario::Catalogue& catalogue, const std::vector<std::string>& files, core::Language language,
                    std::ostream& out, std::ostream& err) {
  int status = client::kDone;
  for (const std::string& file : files) {
    const auto scenario = catalogue.load(file);
    const std::optional<core::Error> error = scenario ? stumble_in(file, *scenario) : std::optional(scenario.error());
    if (error) {
      err << core::describe(*error, language) << '\n';
      status = client::kUsage;
    } else {
      out << file << ": ok\n";
    }
  }
  return status;
}

}  // namespace commands
