#include "client/conversation/setup.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "client/conversation/complain.h"
#include "smtp/door.h"

namespace {

client::StepOptions naming(std::string scenario) {
  client::StepOptions options;
  options.scenario = std::move(scenario);
  return options;
}

std::string temporary(const std::string& text) {
  std::string name = (std::filesystem::temp_directory_path() / "smtplab-setup-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  REQUIRE(descriptor >= 0);
  std::ofstream(name, std::ios::binary) << text;
  return name;
}

}  // namespace

TEST_CASE("setup: what is named is what is played, and nothing named is the default scenario") {
  struct Row {
    std::string name;
    client::StepOptions options;
    std::string id;      // of the scenario; empty: none
    std::string server;  // empty: the mock
  };
  client::StepOptions real = naming("");
  real.server = "mail.example.org";
  real.port = 587;
  client::StepOptions both = real;
  both.scenario = "netease/first-mail";
  for (const Row& row : {Row{"nothing", naming(""), "netease/auth-required", ""},
                         Row{"a scenario", naming("qq/authorization-code"), "qq/authorization-code", ""},
                         Row{"a server", real, "", "mail.example.org"},
                         Row{"a server and the path of a scenario", both, "netease/first-mail", "mail.example.org"}}) {
    CAPTURE(row.name);
    const auto setup = client::set_up(row.options);
    REQUIRE(setup);
    CHECK((setup->scenario ? setup->scenario->id : "") == row.id);
    CHECK((setup->server ? setup->server->host : "") == row.server);
    if (setup->server) CHECK(setup->server->port == 587);
  }
}

TEST_CASE("setup: what cannot be found is an error for the person") {
  const auto unknown = client::set_up(naming("netease/auth-requird"));
  REQUIRE_FALSE(unknown);
  CHECK(core::describe(unknown.error(), core::Language::kEnglish).find("netease/auth-required") != std::string::npos);
  for (const std::string server : {"127.0.0.1:2525", "mail.example.org:587", "[::1]:25"}) {
    const auto named = client::set_up(naming(server));
    REQUIRE_FALSE(named);
    CHECK(named.error().id == "server-as-scenario");
    CHECK(core::describe(named.error(), core::Language::kEnglish).find("--server " + server) != std::string::npos);
  }
  client::StepOptions options = naming("x");
  options.scenarios = "/nowhere/at/all";
  const auto folder = client::set_up(options);
  REQUIRE_FALSE(folder);
  CHECK(core::describe(folder.error(), core::Language::kEnglish).find("/nowhere/at/all") != std::string::npos);
  CHECK_FALSE(client::set_up(naming("/nowhere/x.toml")));
}

TEST_CASE("setup: --scenarios takes the place of the embedded ones") {
  client::StepOptions options = naming("qq/authorization-code");
  options.scenarios = SMTPLAB_SOURCE "/scenarios";
  const auto setup = client::set_up(options);
  REQUIRE_MESSAGE(setup, core::describe(setup.error(), core::Language::kEnglish));
  CHECK(setup->scenario->id == "qq/authorization-code");
}

TEST_CASE("setup: the conversation is with the server when one is named, else with the mock") {
  net::Loop loop;
  const auto mock = client::set_up(naming("any/accept-all"));
  REQUIRE(mock);
  CHECK(client::make_conversation(loop, *mock, [] {})->is_mock());
  client::StepOptions options = naming("any/accept-all");
  options.server = "192.0.2.1";
  const auto real = client::set_up(options);
  REQUIRE(real);
  const auto conversation = client::make_conversation(loop, *real, [] {});
  CHECK_FALSE(conversation->is_mock());
  CHECK(conversation->address() == "192.0.2.1:25");
}

TEST_CASE("setup: the port follows the security unless it is named, and trust is that of the options") {
  struct Row {
    client::Security security;
    std::optional<std::uint16_t> port;
    std::uint16_t want;
  };
  using client::Security;
  for (const Row& row : {Row{Security::kNone, {}, 25}, Row{Security::kStarttls, {}, 587}, Row{Security::kTls, {}, 465},
                         Row{Security::kTls, 2465, 2465}}) {
    client::StepOptions options;
    options.server = "mail.example.org";
    options.security = row.security;
    options.port = row.port;
    const auto setup = client::set_up(options);
    REQUIRE(setup);
    CHECK(setup->server->port == row.want);
    CHECK(setup->server->security == row.security);
    CHECK(setup->server->trust != nullptr);
    CHECK(setup->manners.gives_up);
  }
}

TEST_CASE("setup: authorities that cannot be read are an error before anything is sent") {
  client::StepOptions options;
  options.server = "mail.example.org";
  options.security = client::Security::kTls;
  options.authority = "/nowhere/at/all.pem";
  const auto missing = client::set_up(options);
  REQUIRE_FALSE(missing);
  CHECK(core::describe(missing.error(), core::Language::kEnglish).find("/nowhere/at/all.pem") != std::string::npos);
  options.insecure = true;  // then nobody asks for them
  CHECK(client::set_up(options));
}

TEST_CASE("setup: the embedded mock is waited for as long as one likes, unless told otherwise") {
  client::StepOptions options = naming("any/accept-all");
  CHECK_FALSE(client::set_up(options)->manners.gives_up);
  options.patience = std::chrono::seconds(3);
  CHECK(client::set_up(options)->manners.gives_up);
}

TEST_CASE("setup: the names of the securities are found again") {
  for (const client::Security one : {client::Security::kNone, client::Security::kStarttls, client::Security::kTls})
    CHECK(client::find_security(client::name(one)) == one);
  CHECK_FALSE(client::find_security("ssl"));
}

TEST_CASE("setup: errors are told in the person's language") {
  const core::Error error{
      core::Blame::kInput, {"cannot read the script", "脚本读不了"}, "a.txt", {"look", "看看"}, "file-unreadable"};
  std::ostringstream out;
  client::complain(error, core::Language::kEnglish, out);
  client::complain(error, core::Language::kChinese, out);
  CHECK(out.str() == "smtplab: a.txt: cannot read the script (look)\nsmtplab: a.txt：脚本读不了（看看）\n");
}

TEST_CASE("setup: a transcript is one JSON object a line, secrets masked, and only written when asked for") {
  dialogue::Log log(smtp::door());
  dialogue::Event event;
  event.kind = dialogue::Kind::kClient;
  event.bytes = "c2VjcmV0\r\n";
  event.secrets.push_back({0, 8});
  log.append(event);
  const auto none = client::open_transcript(std::nullopt, false);
  REQUIRE(none);
  CHECK(*none == nullptr);
  CHECK(client::state_of(*none));

  const std::string name = temporary("old");
  const auto lines = [&] {
    std::ifstream file(name);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    CHECK(text.find("c2VjcmV0") == std::string::npos);
    CHECK(text.find("old") == std::string::npos);
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto transcript = client::open_transcript(name, false);
  REQUIRE(transcript);
  CHECK(lines() == 0);  // opened before anything is said
  (*transcript)->follow(log);
  CHECK(lines() == 1);  // and there at once: whatever ends the program
  log.append(event);
  (*transcript)->follow(log);
  CHECK(lines() == 2);
  (*transcript)->follow(dialogue::Log(smtp::door()));  // somebody went back to the beginning
  CHECK(lines() == 0);
  CHECK(client::state_of(*transcript));
  std::filesystem::remove(name);
}

TEST_CASE("setup: a transcript that cannot be written is told before anything is said") {
  client::StepOptions options = naming("any/accept-all");
  options.transcript = "/nowhere/at/all.jsonl";
  const auto failed = client::set_up(options);
  REQUIRE_FALSE(failed);
  CHECK(core::describe(failed.error(), core::Language::kEnglish).find("/nowhere/at/all.jsonl") != std::string::npos);
}
