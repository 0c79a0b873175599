// No PROVIDER#REPLY explains what did not happen: each is earned, by the rules of its provider or of one of the provider's
// scenarios, or says that it is forced.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/step_values.h"
#include "tests/scenario/talk.h"

namespace {

using scenario::Catalogue;
using scenario::Scenario;

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = Catalogue::embedded();
  return kCatalogue;
}

// What a server answers to each of the steps, the greeting first. Played with sessions of its own, on one history.
std::vector<std::string> answers_of(const Scenario& server, const std::vector<scenario::Step>& steps) {
  scenario::History history;
  history.connections = 1;
  std::optional<scenario_test::Talk> talk;
  talk.emplace(server, history, 1);
  std::vector<std::string> answers{talk->greeting};
  const scenario::Values values = scenario::step_values(server);
  std::chrono::milliseconds running{};
  for (const scenario::Step& step : steps) {
    running += step.wait;
    if (step.connects) talk.emplace(server, history, answers.size() + 1);
    talk->running = running;
    answers.push_back(step.connects     ? talk->greeting
                      : talk->is_over() ? ""
                                        : talk->say(scenario::octets_of(*server.protocol, step, values)));
  }
  return answers;
}

std::size_t place_of(const scenario::Called& called) { return called.at ? *called.at + 1 : 0; }

// The provider itself, its scenarios, and each with one more of the rules that stand in it for this: whoever may earn it.
std::vector<Scenario> servers_of(const std::string& provider) {
  std::vector<Scenario> servers{catalogue().load(provider).value()};
  for (const std::string& id : catalogue().ids()) {
    if (id.starts_with(provider + "/")) servers.push_back(catalogue().load(id).value());
  }
  for (std::size_t i = 0, count = servers.size(); i < count; ++i) {
    for (const scenario::Rule& rule : std::vector<scenario::Rule>(servers[i].called_rules)) {
      servers.push_back(servers[i]);
      servers.back().rules.insert(servers.back().rules.begin(), rule);
    }
  }
  for (Scenario& server : servers) {
    if (server.accounts.empty()) server.accounts.push_back({"student@example.com", "authorization-code", {}});
  }
  return servers;
}

bool has_banner(const core::Text& text) { return text.en.starts_with("FORCED: ") && text.zh.starts_with("【强制】"); }

// The rule of the called scenario that gives the reply.
const scenario::Rule& rule_of(const Scenario& called, const std::string& reply) {
  for (const scenario::Rule& rule : called.rules) {
    if (rule.reply && called.replies[*rule.reply].id == reply) return rule;
  }
  FAIL("no rule gives " << reply);
  return called.rules.front();
}

}  // namespace

TEST_CASE("catalogue: a reply called by its name is earned by the provider's own condition, or bears the banner") {
  std::size_t forced = 0;
  std::size_t earned = 0;
  for (const std::string& provider : catalogue().provider_names()) {
    const std::vector<Scenario> servers = servers_of(provider);
    for (const scenario::ReplyEntry& entry : servers.front().replies) {
      if (entry.explanation == nullptr) continue;  // written in place by a rule
      const Scenario called = catalogue().load(provider + "#" + entry.id).value();
      CAPTURE(called.id);
      REQUIRE(called.called.has_value());
      const std::size_t place = place_of(*called.called);
      const std::string answer = answers_of(called, called.steps).at(place);
      CAPTURE(answer);
      if (called.called->is_forced) {
        ++forced;
        CHECK(has_banner(called.summary));
        CHECK(has_banner(rule_of(called, entry.id).explanation->because));
        CHECK_FALSE(rule_of(called, entry.id).explanation->because.zh.ends_with("："));
        // A success that the server would have given anyway is no case for it.
        CHECK((entry.code.is_negative() || entry.code.text == "334" || entry.code.text == "+"));
        continue;
      }
      ++earned;
      CHECK_FALSE(has_banner(called.summary));
      bool is_given = false;
      for (const Scenario& server : servers) is_given = is_given || answers_of(server, called.steps).at(place) == answer;
      // What goes well is said in other words elsewhere: the provider has to grant it here.
      const auto succeeds = [&](const std::string& one) {
        const auto read = called.protocol->first_answer_in(one);
        return read && !read->is_negative();
      };
      const bool goes_well = succeeds(answer);
      const std::string own = is_given || !goes_well ? std::string() : answers_of(servers.front(), called.steps).at(place);
      CHECK((is_given || (!own.empty() && succeeds(own))));
    }
  }
  CHECK(earned >= 1081);
  CHECK(forced <= 312);
}

TEST_CASE("catalogue: the line that is proposed earns the reply") {
  struct Row {
    const char* id;
    const char* line;  // a part of the step that is answered so, filled in
  };
  for (const Row& row : {Row{"netease#sender-mismatch", "MAIL FROM:<nobody@163.com>"},
                         Row{"netease#null-sender", "MAIL FROM:<>"}, Row{"netease#local-user-only", "@example.net"},
                         Row{"netease#user-not-found", "nobody@"}, Row{"qq#sender-mismatch", "MAIL FROM:<nobody@qq.com>"},
                         Row{"qq#mailbox-not-found", "nobody@qq.com"}, Row{"rfc#503-bad-sequence", "MAIL"},
                         Row{"rfc#552-storage", "SIZE="}, Row{"exim#nul-characters", std::string_view("XYZZY a\0b", 9).data()},
                         Row{"postfix#sender-domain-not-found", ""}, Row{"sina#unknown-command", "XYZZY"}}) {
    CAPTURE(row.id);
    const Scenario called = catalogue().load(row.id).value();
    REQUIRE(called.called.has_value());
    CHECK_FALSE(called.called->is_forced);
    REQUIRE(called.called->at.has_value());
    const std::string octets =
        scenario::octets_of(*called.protocol, called.steps[*called.called->at], scenario::step_values(called));
    CHECK(octets.find(row.line) != std::string::npos);
  }
}

TEST_CASE("catalogue: a name without a dot earns what Postfix says of one, two commands later") {
  const Scenario called = catalogue().load("postfix#helo-not-fqdn").value();
  CHECK(called.steps.front().send.find('.') == std::string::npos);
  CHECK(called.steps.front().send.find("{client}") == std::string::npos);
  CHECK_FALSE(called.called->is_forced);
}

TEST_CASE("catalogue: what a scenario says in place of a greeting is what a client hears first") {
  for (const std::string& id : catalogue().ids()) {
    CAPTURE(id);
    const Scenario server = catalogue().load(id).value();
    if (!server.greeting || server.replies[*server.greeting].raw) continue;
    bool answers_connect = false;
    for (const scenario::Rule& rule : server.rules) answers_connect = answers_connect || rule.on == scenario::On::kConnect;
    const std::string greeting = answers_of(server, {}).front();
    if (!answers_connect) CHECK(greeting.substr(0, 3) == server.replies[*server.greeting].lines.front().substr(0, 3));
  }
}
