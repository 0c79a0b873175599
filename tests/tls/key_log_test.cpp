#include "tls/key_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "tests/tls/pair.h"
#include "tls/random.h"

namespace {

TEST_CASE("tls key log: both ends log the same secrets, in the format of NSS") {
  std::vector<std::string> client;
  std::vector<std::string> server;
  tls::Settings settings;
  settings.key_log = [&](std::string_view line) { client.emplace_back(line); };
  auto one = test::client_engine(settings);
  settings.key_log = [&](std::string_view line) { server.emplace_back(line); };
  test::Pair pair(std::move(one), test::server_engine(settings));
  test::Pair silent;  // with the same identity and trust
  pair.talk();
  silent.talk();
  CHECK(test::state(*silent.client) == "open");
  REQUIRE_FALSE(client.empty());
  const std::regex format("[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{64,96}");
  for (const std::string& line : client) CHECK(std::regex_match(line, format));
  std::sort(client.begin(), client.end());
  std::sort(server.begin(), server.end());
  CHECK(client == server);
  if (pair.client->details().version == "TLSv1.2") {
    CHECK(client.size() == 1);
    CHECK(client.front().substr(0, 14) == "CLIENT_RANDOM ");
    CHECK(client.front().size() == 14 + 64 + 1 + 96);
  }
}

TEST_CASE("tls key log: lines are added to the file, whole and at once") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / ("smtplab-" + tls::random_text(12));
  std::ofstream(path) << "what was there\n";
  const auto contents = [&] {
    std::ifstream in(path);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  {
    const auto one = tls::key_log(path);
    const auto other = tls::key_log(path);
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    (*one)("first");
    (*other)("second");
    (*one)("third");
    CHECK(contents() == "what was there\nfirst\nsecond\nthird\n");
  }
  std::filesystem::remove(path);
}

TEST_CASE("tls key log: without a name there is none; a name that cannot be written is an error") {
  REQUIRE(tls::key_log("").has_value());
  CHECK_FALSE(*tls::key_log(""));
  const auto nowhere = tls::key_log("/nowhere/keys");
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(core::describe(nowhere.error(), core::Language::kEnglish) ==
        "/nowhere/keys: cannot write the TLS keys: No such file or directory (SSLKEYLOGFILE names a file that Wireshark reads; "
        "unset it if you need none)");
}

}  // namespace
