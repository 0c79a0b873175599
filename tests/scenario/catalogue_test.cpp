#include "mockserver/scenario/catalogue.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "document/document.h"
#include "mockserver/scenario/placeholders.h"
#include "talk.h"
#include "tests/scenario/beyond.h"

namespace fs = std::filesystem;
using scenario::Catalogue;

namespace {

// A folder that is gone when the test is over.
class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("smtplab-catalogue-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

constexpr const char* kPlainProvider = "title={en='P',zh='P'}\nserver={greeting='220 p'}\n";
constexpr const char* kPlainScenario = "extends='p'\nsubject='basics'\ntitle={en='t',zh='题'}\nsummary={en='s',zh='述'}\n";

// Everything a scenario holds, as text: two that are equal here are equal.
std::string dump(const scenario::Scenario& s) {
  std::string out = s.id + "|" + s.provider + "|" + s.title.en + s.title.zh + s.summary.en + s.summary.zh + s.subject + "|" +
                    s.server.name + s.server.hello_text;
  for (const std::string& line : s.server.offers) out += "\nx " + line;
  for (const auto& [limit, value] : s.server.limits) out += "\nl " + limit + std::to_string(value);
  for (const scenario::ReplyEntry& entry : s.replies) {
    out += "\nr " + entry.id + " " + entry.stage;
    for (const std::string& line : entry.lines) out += "/" + line;
    if (entry.explanation) out += entry.explanation->because.zh + entry.explanation->fix.zh;
  }
  for (const scenario::Rule& one : s.rules) {
    out += "\nw " + std::to_string(static_cast<int>(one.on)) + std::string(one.verb ? one.verb->name() : "") +
           std::to_string(one.reply.value_or(0));
    for (const scenario::Condition& asked : one.when.conditions) out += scenario::words_for(asked, core::Language::kEnglish);
  }
  for (const scenario::Step& step : s.steps)
    out += "\ns " + step.send + step.message + (step.expect ? step.expect->text : "") + step.say.zh;
  return out;
}

// Walks the guided path; the first step that is not answered as the file says is named.
std::string walk(const scenario::Scenario& scenario) {
  std::map<std::size_t, scenario::History> histories;  // of its servers
  for (std::size_t i = 0; i <= scenario.others.size(); ++i) histories[i].connections = 1;
  std::uint64_t connections = 1;
  scenario::Mailboxes mailboxes(scenario);
  std::optional<scenario_test::Talk> talk(std::in_place, scenario, histories[0], connections, &mailboxes);
  std::chrono::milliseconds running{};
  scenario_test::Responder responder(scenario);
  std::string answer = talk->greeting;
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const scenario::Step& step = scenario.steps[i];
    const scenario::Scenario& there = scenario::server_of(scenario, step.server);
    scenario::Values values = scenario::step_values(there);
    values["response"] = responder.response_for(step, answer);
    running += step.wait;
    if (step.connects) talk.emplace(there, histories[step.server], ++connections, &mailboxes);
    talk->running = running;
    answer = step.connects ? talk->greeting : talk->say(scenario::octets_of(*there.protocol, step, values));
    const std::string want = step.expect ? step.expect->text : "";
    const auto read = there.protocol->first_answer_in(answer);
    if (step.expect ? !read || read->code != want : !answer.empty()) {
      return "step " + std::to_string(i + 1) + " (" + step.send + "): " + answer + " instead of " + want;
    }
  }
  return {};
}

std::vector<std::string> providers_of(const Catalogue& catalogue) {
  std::vector<std::string> providers;
  for (const std::string& id : catalogue.ids()) {
    const std::string provider = id.substr(0, id.find('/'));
    if (providers.empty() || providers.back() != provider) providers.push_back(provider);
  }
  return providers;
}

}  // namespace

TEST_CASE("catalogue: every embedded scenario loads, twice the same, in both languages") {
  const Catalogue catalogue = Catalogue::embedded();
  REQUIRE_FALSE(catalogue.ids().empty());
  for (const std::string& id : catalogue.ids()) {
    CAPTURE(id);
    const auto loaded = catalogue.load(id);
    REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
    CHECK(loaded->id == id);
    CHECK(dump(*loaded) == dump(catalogue.load(id).value()));
    const auto bilingual = [](const core::Text& text) { return !text.en.empty() && !text.zh.empty(); };
    CHECK(bilingual(loaded->title));
    CHECK(bilingual(loaded->summary));
    for (const scenario::Step& step : loaded->steps) CHECK(bilingual(step.say));
    for (const scenario::Rule& rule : loaded->rules) {
      if (!rule.reply) continue;
      CAPTURE(loaded->replies[*rule.reply].id);
      REQUIRE(rule.explanation != nullptr);
      CHECK(bilingual(rule.explanation->because));
      CHECK(bilingual(rule.explanation->fix));
    }
  }
}

TEST_CASE("catalogue: the guided path of every embedded scenario is answered as it says") {
  const Catalogue catalogue = Catalogue::embedded();
  for (const std::string& id : catalogue.ids()) {
    CAPTURE(id);
    const auto loaded = catalogue.load(id);
    REQUIRE(loaded.has_value());
    CHECK_FALSE(loaded->steps.empty());
    if (!scenario_test::is_beyond_a_session(*loaded)) CHECK(walk(*loaded) == "");
  }
}

TEST_CASE("catalogue: every reply of every provider can be met, on a guided path of its own") {
  const Catalogue catalogue = Catalogue::embedded();
  for (const std::string& provider : providers_of(catalogue)) {
    const auto whole = catalogue.load(provider);
    REQUIRE(whole.has_value());
    for (const scenario::ReplyEntry& entry : whole->replies) {
      if (entry.explanation == nullptr) continue;
      const std::string id = provider + "#" + entry.id;
      CAPTURE(id);
      const auto loaded = catalogue.load(id);
      REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
      CHECK(loaded->id == id);
      CHECK(loaded->code == entry.code.text);
      CHECK(walk(*loaded) == "");
      // Somewhere on that path the reply was given.
      scenario::History history;
      history.connections = 1;
      std::uint64_t connections = 1;
      std::optional<scenario_test::Talk> talk(std::in_place, *loaded, history, connections);
      const scenario::Values values = scenario::step_values(*loaded);
      const auto is_it = [&] { return talk->last.explanation && talk->last.explanation->id == entry.explanation->id; };
      bool met = is_it();
      for (const scenario::Step& step : loaded->steps) {
        talk->running += step.wait;
        if (step.connects) talk.emplace(*loaded, history, ++connections);
        const std::string heard =
            step.connects ? talk->greeting : talk->say(scenario::octets_of(*loaded->protocol, step, values));
        // Of several lines in one step it may be the first that it answers.
        met = met || heard.starts_with(entry.lines.front().substr(0, entry.lines.front().find('{'))) || is_it();
      }
      CHECK(met);
    }
  }
}

TEST_CASE("catalogue: a reply called by its name says what it is about") {
  const auto loaded = Catalogue::embedded().load("netease#auth-required");
  REQUIRE(loaded.has_value());
  CHECK(loaded->title.en.ends_with(": 553 (auth-required)"));
  CHECK(loaded->subject == "sender");
  const auto gives = std::find_if(loaded->rules.begin(), loaded->rules.end(), [&](const scenario::Rule& rule) {
    return rule.reply && loaded->replies[*rule.reply].id == "auth-required";
  });
  REQUIRE(gives != loaded->rules.end());
  CHECK(loaded->summary.zh == gives->explanation->because.zh);
  CHECK(loaded->steps.back().send == "QUIT");
  scenario_test::Talk talk(*loaded);
  // Before its stage the provider behaves as ever, and at its stage order still counts.
  CHECK(talk.line("MAIL FROM:<a@163.com>").starts_with("503"));
}

TEST_CASE("catalogue: a reply for any time is met at the command the provider gives it to") {
  struct Row {
    const char* id;
    const char* send;
  };
  for (const Row& row :
       {Row{"netease#help-not-implemented", "HELP"}, Row{"rfc#252-cannot-vrfy", "VRFY {user}"},
        Row{"rfc#502-not-implemented", "EXPN staff"}, Row{"postfix#rset-ok", "RSET"}, Row{"exim#too-many-nonmail", "NOOP"},
        Row{"sina#unknown-command", "XYZZY"}, Row{"rfc#421-not-available", "RCPT TO:<{user}>"},
        Row{"qq#connection-frequency", "MAIL FROM:<{user}>"}}) {
    CAPTURE(row.id);
    const auto loaded = Catalogue::embedded().load(row.id);
    REQUIRE(loaded.has_value());
    const auto forced = std::find_if(loaded->steps.begin(), loaded->steps.end(), [](const scenario::Step& step) {
      return step.say.en.ends_with("This is where the server gives the reply this is about.");
    });
    REQUIRE(forced != loaded->steps.end());
    CHECK(forced->send == row.send);
    CHECK(walk(*loaded) == "");
  }
}

TEST_CASE("catalogue: ids that do not exist are answered with those that do") {
  Folder folder;
  folder.write("p/provider.toml", std::string(kPlainProvider) +
                                      "[[reply]]\nid='bye-bye'\nstage='quit'\nlines=['221 "
                                      "bye']\nbecause={en='b',zh='因'}\nfix={en='f',zh='法'}\nsource=['s']\n");
  folder.write("p/first-mail.toml", kPlainScenario);
  folder.write("knowledge/codes.toml", "not = 'a scenario'\n");
  folder.write("README.md", "not even TOML");
  const auto catalogue = Catalogue::from_folder(folder.path());
  REQUIRE(catalogue.has_value());
  CHECK(catalogue->ids() == std::vector<std::string>{"p/first-mail"});
  CHECK(catalogue->ids_with("subject='basics'") == catalogue->ids());
  CHECK(catalogue->ids_with("no file says this").empty());
  CHECK(catalogue->load("p/first-mail").has_value());
  CHECK(catalogue->load("p").has_value());
  CHECK(catalogue->load("p#bye-bye").has_value());
  struct Row {
    const char* name;
    const char* id;
    const char* want;
  };
  for (const Row& row : {
           Row{"misspelt", "p/frist-mail", "unknown scenario 'p/frist-mail' (did you mean 'p/first-mail'?)"},
           Row{"without its folder", "first-mail", "unknown scenario 'first-mail' (did you mean 'p/first-mail'?)"},
           Row{"nothing like it", "quux", "unknown scenario 'quux' (one of: p/first-mail, p)"},
           Row{"no scenario but knowledge", "knowledge/codes", "unknown scenario 'knowledge/codes' (one of: p/first-mail, p)"},
           Row{"an unknown reply", "p#bye", "unknown reply 'bye' of 'p' (one of: bye-bye)"},
           Row{"a reply of an unknown provider", "q#bye", "unknown scenario 'q' (one of: p/first-mail, p)"},
           Row{"nothing", "", "unknown scenario '' (one of: p/first-mail, p)"},
       }) {
    CAPTURE(row.name);
    const auto loaded = catalogue->load(row.id);
    REQUIRE_FALSE(loaded.has_value());
    CHECK(core::describe(loaded.error(), core::Language::kEnglish) == row.want);
  }
}

TEST_CASE("catalogue: errors of a folder's files carry the path as it was given") {
  Folder folder;
  folder.write("p/provider.toml", kPlainProvider);
  folder.write("p/x.toml", std::string(kPlainScenario) + "cod = 1\n");
  const auto loaded = Catalogue::from_folder(folder.path() + "/").value().load("p/x");
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().text.en ==
        folder.path() + "/p/x.toml:5:1: unknown key 'cod' at the top of the file\ncod = 1\n^\nhint: did you mean 'code'?");
}

TEST_CASE("catalogue: a path to a file is a scenario too") {
  Folder folder;
  const Catalogue catalogue = Catalogue::embedded();
  const std::string own = folder.write("own.toml", "extends='netease'\n" + std::string(kPlainScenario).substr(12));
  const auto loaded = catalogue.load(own);
  REQUIRE_MESSAGE(loaded.has_value(), loaded.error().text.en);
  CHECK(loaded->id == own);
  CHECK(loaded->provider == "netease");
  CHECK(catalogue.load(folder.write("alone.toml", std::string(kPlainScenario).substr(12))).has_value());
  const std::string mine =
      folder.write("mine/provider.toml", std::string(kPlainProvider) +
                                             "[[reply]]\nid='no'\nstage='mail'\nlines=['550 no']\n"
                                             "because={en='b',zh='因'}\nfix={en='f',zh='法'}\nsource=['s']\n");
  const auto provider = catalogue.load(mine);
  REQUIRE(provider.has_value());
  CHECK(provider->id == "mine");
  const auto forced = catalogue.load(mine + "#no");
  REQUIRE_MESSAGE(forced.has_value(), forced.error().text.en);
  CHECK(forced->id == "mine#no");
  CHECK(forced->code == "550");
  CHECK(core::describe(catalogue.load(mine + "#nay").error(), core::Language::kEnglish) ==
        "unknown reply 'nay' of 'mine' (one of: no)");
  const auto beside =
      catalogue.load(folder.write("mine/first.toml", "extends='mine'\n" + std::string(kPlainScenario).substr(12)));
  REQUIRE_MESSAGE(beside.has_value(), beside.error().text.en);
  CHECK(beside->provider == "mine");
  // Scenarios too: one beside it, by the folder's name, and one that is built in.
  const auto second =
      catalogue.load(folder.write("mine/second.toml", "extends='mine/first'\n" + std::string(kPlainScenario).substr(12)));
  REQUIRE_MESSAGE(second.has_value(), second.error().text.en);
  CHECK(second->provider == "mine");
  const std::string ring = folder.write("mine/ring.toml", "extends='mine/ring'\n" + std::string(kPlainScenario).substr(12));
  CHECK(core::describe(catalogue.load(ring).error(), core::Language::kEnglish).find("it extends itself: ") !=
        std::string::npos);
  const auto of_netease =
      catalogue.load(folder.write("third.toml", "extends='netease/auth-required'\n" + std::string(kPlainScenario).substr(12)));
  REQUIRE_MESSAGE(of_netease.has_value(), of_netease.error().text.en);
  CHECK(of_netease->provider == "netease");
  CHECK(of_netease->steps.size() == catalogue.load("netease/auth-required")->steps.size());
  // The one that lies beside it, not the one of that name that is built in.
  folder.write("netease/provider.toml", kPlainProvider);
  const auto own_netease =
      catalogue.load(folder.write("netease/x.toml", "extends='netease'\n" + std::string(kPlainScenario).substr(12)));
  REQUIRE(own_netease.has_value());
  CHECK(own_netease->provider_title.en == "P");
  CHECK(catalogue.load("netease")->provider_title.en != "P");
  const std::string misnamed = folder.write("mine.txt", kPlainScenario);
  CHECK(core::describe(catalogue.load(misnamed).error(), core::Language::kEnglish) ==
        misnamed + ": the name of a scenario's file ends in .toml (rename it)");

  CHECK(core::describe(catalogue.load(folder.path() + "/none.toml").error(), core::Language::kEnglish) ==
        folder.path() + "/none.toml: there is no such file");
  fs::create_directories(folder.path() + "/folder.toml");
  CHECK(core::describe(catalogue.load(folder.path() + "/folder.toml").error(), core::Language::kEnglish) ==
        folder.path() + "/folder.toml: this is no file (give a file that ends in .toml)");
  const std::string large = folder.write("large.toml", std::string(document::kMaxFile + 1, '#'));
  CHECK(core::describe(catalogue.load(large).error(), core::Language::kEnglish) ==
        large + ": the file is longer than 1 MiB (is it the right file?)");
}

TEST_CASE("catalogue: the lesson about a code alone counts the octets that come") {
  const auto loaded = Catalogue::embedded().load("faults/code-alone");
  REQUIRE(loaded.has_value());
  const auto bare = std::find_if(loaded->replies.begin(), loaded->replies.end(), [](const auto& reply) { return reply.raw; });
  REQUIRE(bare != loaded->replies.end());
  CHECK(*bare->raw == "250\r\n");
  CHECK(bare->raw->size() == 5);
  const core::Text& then = loaded->steps[1].then;
  CHECK(then.en.find("Five octets come: three digits and the line end") != std::string::npos);
  CHECK(then.zh.find("五个字节：三个数字和行尾") != std::string::npos);
}

TEST_CASE("catalogue: a folder that is not there") {
  const auto catalogue = Catalogue::from_folder("/nonexistent/folder");
  REQUIRE_FALSE(catalogue.has_value());
  CHECK(core::describe(catalogue.error(), core::Language::kEnglish) ==
        "/nonexistent/folder: the folder cannot be read: No such file or directory");
}
