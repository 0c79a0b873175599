#include "dialogue/json_lines.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "tests/dialogue/sample.h"

namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

using Json = nlohmann::json;

TEST_CASE("json lines: what is hidden keeps its line end and its pieces, what is let go its number") {
  dialogue::Log log(smtp::door());
  dialogue::Event event = dialogue::client_octets({"c2Vj\r\ncmV0\n", {{4, 1ms}, {7, 2ms}}});
  event.secrets = {{0, 11}};
  CHECK(dialogue::json_line(log.append(std::move(event))) ==
        R"({"number":1,"at":2.0,"kind":"client","text":"********␍␊********␊","chunks":[4,7],"times":[1.0,2.0]})"
        "\n");
  log.forget_octets(0);
  CHECK(dialogue::json_line(log.events().back()) == R"({"number":1,"at":2.0,"kind":"client","dropped":11})"
                                                    "\n");
}

TEST_CASE("json lines: a command, whole") {
  dialogue::Event event = test::client_line("HELO localhost\r\n");
  event.number = 3;
  event.at = std::chrono::microseconds(1234567);
  event.pieces = {{5, 1234500us}, {11, 1234567us}};
  CHECK(
      dialogue::json_line(event) ==
      R"({"number":3,"at":1234.567,"kind":"client","input":"helo","text":"HELO localhost␍␊","chunks":[5,11],"times":[1234.5,1234.567],)"
      R"("remarks":["helo-not-fqdn"]})"
      "\n");
  CHECK(dialogue::json_line(event, {.connection = 7}).find(R"({"connection":7,"number":3,)") == 0);
}

TEST_CASE("json lines: a reply, whole") {
  dialogue::Event event = test::server_reply(250, {"one", "two"});
  dialogue::Explanation explanation;
  explanation.id = "netease#auth-required";
  event.explanation = std::make_shared<const dialogue::Explanation>(explanation);
  event.user = "alice@163.com";
  CHECK(dialogue::json_line(event) ==
        R"({"number":0,"at":0.0,"kind":"server","input":"mail","text":"250-one␍␊250 two␍␊","code":250,"lines":["one","two"],)"
        R"("from":"ready","to":"mail","rule":"RFC 5321 §4.1.1.2","user":"alice@163.com","explanation":"netease#auth-required"})"
        "\n");
}

TEST_CASE("json lines: bytes stand beside text only when text cannot tell them") {
  struct Row {
    std::string name;
    std::string octets;
    bool has_bytes;
  };
  const std::vector<Row> rows{
      {"plain", "HELO a\r\n", false},        {"tab and UTF-8", "SUBJECT\t邮件\r\n", false},
      {"a backslash", "a\\x00b\r\n", false}, {"NUL", std::string("a\0b\r\n"sv), true},
      {"not UTF-8", "caf\xe9\r\n", true},    {"escape", "\x1b[31m", true},
      {"the sign for CR itself", "␍", true}, {"cut UTF-8", "\xe9\x82", true},
      {"a surrogate", "\xed\xa0\x80", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Json json = Json::parse(dialogue::json_line(test::octets(dialogue::Kind::kClient, row.octets)));
    CHECK(json.contains("bytes") == row.has_bytes);
    if (row.has_bytes) CHECK(json["bytes"] == core::base64_encode(row.octets));
  }
}

TEST_CASE("json lines: secrets are masked everywhere, and shown when asked for") {
  const std::string password = "s3cret-Passw0rd";
  const std::string base64 = core::base64_encode(password);
  dialogue::Event lossy = test::response_line(base64 + std::string(1, '\0') + "\n", true);
  lossy.decoded = password;
  lossy.decoded_is_secret = true;
  struct Row {
    std::string name;
    dialogue::Event event;
  };
  const std::vector<Row> rows{
      {"a line of LOGIN", test::response_line(base64 + "\r\n", true)},
      {"an initial response",
       test::client_line("AUTH PLAIN " + core::base64_encode(std::string("\0a\0"sv) + password) + "\r\n")},
      {"a line that needs bytes too", lossy},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string masked = dialogue::json_line(row.event);
    CAPTURE(masked);
    CHECK(masked.find(password) == std::string::npos);
    CHECK(masked.find(base64) == std::string::npos);
    CHECK(masked.find("********") != std::string::npos);
    const Json json = Json::parse(masked);
    CHECK(json["decoded"] == "********");
    if (json.contains("bytes")) CHECK(core::base64_decode(json["bytes"].get<std::string>())->find(base64) == std::string::npos);
    CHECK(Json::parse(dialogue::json_line(row.event, {.show_secrets = true}))["decoded"].get<std::string>().find(password) !=
          std::string::npos);
  }
}

TEST_CASE("json lines: whatever octets come, the line is one line of valid UTF-8") {
  std::string every;
  for (int octet = 0; octet < 256; ++octet) every += static_cast<char>(octet);
  dialogue::Event event = test::octets(dialogue::Kind::kServer, every);
  event.note = every;
  event.user = every;
  event.decoded = every;
  event.failure = every;
  event.reply = protocol::Answer{protocol::Outcome::kRefused, "550", {every, every}};
  dialogue::Explanation explanation;
  explanation.id = every;
  event.explanation = std::make_shared<const dialogue::Explanation>(explanation);
  const std::string line = dialogue::json_line(event);
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(Json::accept(line));
  for (const char c : line.substr(0, line.size() - 1)) CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
  CHECK(core::base64_decode(Json::parse(line)["bytes"].get<std::string>()) == every);
}

TEST_CASE("json lines: what is not on the wire has a note and no text") {
  const Json json = Json::parse(dialogue::json_line(test::note(dialogue::Kind::kNote, "nothing came for 10 s")));
  CHECK(json["kind"] == "note");
  CHECK(json["note"] == "nothing came for 10 s");
  CHECK_FALSE(json.contains("text"));
}

TEST_CASE("json lines: a failure is named by its id, and TLS is an event of its own") {
  dialogue::Event failed = test::note(dialogue::Kind::kNote, "no greeting for 10 s");
  CHECK_FALSE(Json::parse(dialogue::json_line(failed)).contains("failure"));
  failed.failure = "silent-greeting";
  CHECK(Json::parse(dialogue::json_line(failed))["failure"] == "silent-greeting");
  dialogue::Event secured = test::note(dialogue::Kind::kSecured, "TLS 1.2");
  secured.change = smtp::neutral(smtp::StateChange{smtp::State::kHandshake, smtp::State::kGreeted, "RFC 3207 §4.2"});
  const Json json = Json::parse(dialogue::json_line(secured));
  CHECK(json["kind"] == "secured");
  CHECK(json["note"] == "TLS 1.2");
  CHECK(json["from"] == "handshake");
  CHECK(json["to"] == "greeted");
}

TEST_CASE("json lines: the end of a connection says who ended it") {
  dialogue::Event event = test::note(dialogue::Kind::kClosed, "");
  CHECK(Json::parse(dialogue::json_line(event))["closed_by"] == "server");
  event.closed_by = dialogue::ClosedBy::kClient;
  CHECK(Json::parse(dialogue::json_line(event))["closed_by"] == "client");
  event.closed_by = dialogue::ClosedBy::kFailure;
  CHECK(Json::parse(dialogue::json_line(event))["closed_by"] == "failure");
}

}  // namespace
