// A scenario that starts from another one: what it takes over, what takes its place, and what cannot be.
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "mockserver/scenario/loader.h"
#include "talk.h"

namespace {

constexpr const char* kHead = "subject='basics'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n";  // three lines

// Files by the names of scenarios and providers ("p").
using Files = std::map<std::string, std::string>;

scenario::Providers providers_in(const Files& files) {
  scenario::Providers all;
  for (const auto& [name, text] : files) {
    if (name.find('/') == std::string::npos) all.files[name] = {name + "/provider.toml", text};
  }
  all.scenarios.find = [&files](const std::string& id) -> std::optional<scenario::Source> {
    const auto file = files.find(id);
    if (file == files.end() || id.find('/') == std::string::npos) return std::nullopt;
    return scenario::Source{id + ".toml", file->second};
  };
  all.scenarios.ids = [&files] {
    std::vector<std::string> ids;
    for (const auto& file : files) ids.push_back(file.first);
    return ids;
  };
  return all;
}

core::Result<scenario::Scenario> loaded(const Files& files, const std::string& id) {
  const auto file = files.find(id);
  REQUIRE(file != files.end());
  return scenario::load_scenario(id, {id + ".toml", file->second}, providers_in(files), scenario::Extends::kRequired);
}

std::string error_in(const Files& files, const std::string& id) {
  const auto scenario = loaded(files, id);
  return scenario ? "no error" : core::describe(scenario.error(), core::Language::kEnglish);
}

const Files kFiles{
    {"p", "title={en='P',zh='P'}\nserver={greeting='220 p',name='p.example'}\n[[account]]\nuser='p@p.example'\npassword='P'\n"},
    {"pop", "protocol='pop3'\ntitle={en='POP',zh='POP'}\n"},
    {"p/first", "extends='p'\ncode=550\nwith=['slow=10']\nfailure='reset'\n" + std::string(kHead) +
                    "[server]\nname='first.example'\n[[account]]\nuser='f@p.example'\npassword='F'\n"
                    "[[rule]]\non='MAIL'\nreply='550 first'\n[[rule]]\non='RCPT'\nreply='551 first'\n"
                    "[[step]]\nsend='HELO {client}'\nexpect=250\nsay={en='s',zh='说'}\n"},
    {"p/second", "extends='p/first'\n" + std::string(kHead) + "[[rule]]\non='MAIL'\nreply='552 second'\n"},
    {"p/third", "extends='p/second'\nwith=['split']\n" + std::string(kHead) +
                    "[server]\nname='third.example'\n[[account]]\nuser='t@p.example'\npassword='T'\n"
                    "[[rule]]\non='MAIL'\nreply='553 third'\n[[step]]\nsend='EHLO {client}'\nexpect=250\nsay={en='s',zh='说'}\n"
                    "[[step]]\nsend='QUIT'\nexpect=221\nsay={en='s',zh='说'}\n"},
};

// The codes of the rules' replies in the order in which the rules are asked, of probes their effects.
std::string rules_of(const scenario::Scenario& scenario) {
  std::string codes;
  for (const scenario::Rule& rule : scenario.rules) {
    if (rule.reply) codes += scenario.replies[*rule.reply].code.text + " ";
    if (!rule.reply && rule.effects.delay.count() > 0) codes += "slow ";
    if (!rule.reply && rule.effects.split) codes += "split ";
  }
  return codes;
}

}  // namespace

TEST_CASE("extends: a scenario has what the one below it has, its rules in front") {
  const auto second = loaded(kFiles, "p/second");
  REQUIRE_MESSAGE(second, core::describe(second.error(), core::Language::kEnglish));
  CHECK(second->id == "p/second");
  CHECK(second->provider == "p");
  CHECK(second->provider_title.en == "P");
  CHECK(second->server.name == "first.example");
  CHECK(second->accounts.front().user == "f@p.example");
  CHECK(rules_of(*second) == "slow 552 550 551 ");
  CHECK(second->steps.size() == 1);
  CHECK(second->failure == "reset");
  CHECK(second->code.empty());  // which reply it is about it says itself
}

TEST_CASE("extends: steps, accounts and probes of its own take the place of those below, over a chain") {
  const auto third = loaded(kFiles, "p/third");
  REQUIRE_MESSAGE(third, core::describe(third.error(), core::Language::kEnglish));
  CHECK(third->server.name == "third.example");
  CHECK(third->accounts.size() == 1);
  CHECK(third->accounts.front().user == "t@p.example");
  CHECK(rules_of(*third) == "slow split 553 552 550 551 ");
  CHECK(third->steps.size() == 2);
  CHECK(third->failure.empty());  // it goes with the steps that show it
  CHECK(loaded(kFiles, "p/first")->steps.size() == 1);
}

TEST_CASE("extends: what leads back to itself is refused, with the way") {
  Files files = kFiles;
  files["p/self"] = "extends='p/self'\n" + std::string(kHead);
  CHECK(error_in(files, "p/self") ==
        "p/self.toml:1:9: it extends itself: p/self → p/self\nextends='p/self'\n        ^\n"
        "hint: extend a provider, or a scenario that does not lead back here");
  files["p/a"] = "extends='p/b'\n" + std::string(kHead);
  files["p/b"] = "extends='p/c'\n" + std::string(kHead);
  files["p/c"] = "extends='p/a'\n" + std::string(kHead);
  CHECK(error_in(files, "p/a").find("p/c.toml:1:9: it extends itself: p/a → p/b → p/c → p/a\n") == 0);
  files["p/d"] = "extends='p/a'\n" + std::string(kHead);  // beside the circle
  CHECK(error_in(files, "p/d").find("it extends itself: p/d → p/a → p/b → p/c → p/a\n") != std::string::npos);
}

TEST_CASE("extends: what is not there, speaks another protocol or is wrong itself is said with its place") {
  Files files = kFiles;
  files["p/x"] = "extends='p/frist'\n" + std::string(kHead);
  CHECK(error_in(files, "p/x") ==
        "p/x.toml:1:9: unknown scenario 'p/frist'\nextends='p/frist'\n        ^\nhint: did you mean 'p/first'?");
  files["pop/x"] = "extends='pop'\n" + std::string(kHead);
  files["p/x"] = "extends='pop/x'\nprotocol='smtp'\n" + std::string(kHead);
  CHECK(error_in(files, "p/x").find("p/x.toml:2:10: its provider speaks POP3\n") == 0);
  files["p/wrong"] = "extends='p'\n" + std::string(kHead) + "cod=1\n";
  files["p/x"] = "extends='p/wrong'\n" + std::string(kHead);
  CHECK(error_in(files, "p/x").find("p/wrong.toml:5:1: unknown key 'cod'") == 0);
  files["p/loose"] = kHead;
  files["p/x"] = "extends='p/loose'\n" + std::string(kHead);
  CHECK(error_in(files, "p/x").find("p/loose.toml:1:1: 'extends' is missing") == 0);
  files["p/x"] = "extends='p'\nwith=['close=nowhere']\n" + std::string(kHead);
  CHECK(error_in(files, "p/x").find("p/x.toml:2:7: ") == 0);
}
