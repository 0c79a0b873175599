// A row of the table of conditions is whole: whatever is made of rows is tried with each of them, so that a new one cannot be
// half there.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/text.h"
#include "protocol/known.h"
#include "talk.h"

namespace {

constexpr const char* kSampled = R"([server]
extensions = ["AUTH LOGIN PLAIN", "SIZE 100000", "8BITMIME"]
[[account]]
user = "alice@p.example"
password = "CODE"
)";

// A dialogue in which the condition decides about the last line: it is hit when the rule asks for `hit`, and not when it asks
// for `miss`.
struct ConditionSample {
  std::string key;
  std::string on;
  std::vector<std::string> lines;
  std::string hit;
  std::string miss;
  std::string protocol = "smtp";

  [[nodiscard]] bool is_imap() const { return protocol == "imap"; }
};

constexpr const char* kImapSampled = R"(protocol = "imap"
[[account]]
user = "alice@p.example"
password = "CODE"
)";

std::vector<ConditionSample> imap_condition_samples() {
  const std::string login = "a LOGIN alice@p.example CODE";
  const std::string select = "b SELECT INBOX";
  return {
      {"identified", "SELECT", {login, select}, "false", "true", "imap"},
      {"mailbox", "EXAMINE", {login, "b EXAMINE Sent"}, "'sen?'", "'INBOX'", "imap"},
      {"mailbox_known", "STATUS", {login, "b STATUS Sent (MESSAGES)"}, "true", "false", "imap"},
      {"read_only", "STORE", {login, "b EXAMINE INBOX", "c STORE 1 FLAGS ()"}, "true", "false", "imap"},
      {"tag", "FETCH", {login, select, "xy9 FETCH 1 FLAGS"}, "'xy?'", "'xz*'", "imap"},
      {"uid", "FETCH", {login, select, "c UID FETCH 1 FLAGS"}, "true", "false", "imap"},
      {"messages_known", "FETCH", {login, select, "c FETCH 1:2 FLAGS"}, "false", "true", "imap"},
      {"descending", "COPY", {login, select, "c COPY 9:3 Sent"}, "true", "false", "imap"},
  };
}

std::vector<ConditionSample> condition_samples() {
  const std::string hello = "EHLO client.example";
  const std::string mail = "MAIL FROM:<a@b.c> SIZE=10";
  const std::string rcpt = "RCPT TO:<x@y.z>";
  const std::string login = "AUTH PLAIN " + core::base64_encode(std::string_view("\0alice@p.example\0CODE", 21));
  const std::vector<std::string> message{hello, mail, rcpt, "DATA", "A: b\r\nB: 1\r\nB: 2\r\nFrom: a@b.c\r\n\r\nhello\r\n."};
  std::vector<ConditionSample> samples{
      {"state", "NOOP", {hello, "NOOP"}, "'ready'", "'mail'"},
      {"authenticated", "MAIL", {hello, mail}, "false", "true"},
      {"tls", "NOOP", {"NOOP"}, "false", "true"},
      {"hello", "MAIL", {"HELO c", "MAIL FROM:<a@b.c>"}, "'HELO'", "'EHLO'"},
      {"client", "MAIL", {hello, mail}, "'client*'", "'c'"},
      {"argument", "NOOP", {"NOOP abc"}, "'a?c'", "'abcd'"},
      {"verb", "unknown", {"XTND XMIT"}, "'xtnd'", "''"},
      {"mistake", "EHLO", {"EHLO short"}, "'helo-not-fqdn'", "'helo-is-address'"},
      {"connections_over", "NOOP", {"NOOP"}, "0", "1"},
      {"messages_over", "RSET", {hello, mail, rcpt, "DATA", "A: b\r\n\r\nhello\r\n.", "RSET"}, "0", "1"},
      {"mechanism", "AUTH", {hello, "AUTH LOGIN"}, "'LOGIN'", "'PLAIN'"},
      {"initial_response", "AUTH", {hello, login}, "true", "false"},
      {"wants", "challenge", {hello, "AUTH LOGIN"}, "'user'", "'password'"},
      {"password", "auth", {hello, login}, "'right'", "'wrong'"},
      {"user", "auth", {hello, login}, "'alice@*'", "'bob@*'"},
      {"user_known", "auth", {hello, login}, "true", "false"},
      {"sender", "MAIL", {hello, mail}, "'a@*'", "''"},
      {"sender_is_login", "MAIL", {hello, mail}, "false", "true"},
      {"recipient", "RCPT", {hello, mail, rcpt}, "'x@*'", "'y@*'"},
      {"recipient_known", "RCPT", {hello, mail, rcpt}, "false", "true"},
      {"recipients_over", "RCPT", {hello, mail, rcpt}, "0", "1"},
      {"declared_size_over", "MAIL", {hello, mail}, "9", "10"},
      {"size_over", "message", message, "30", "3000"},
      {"header", "message", message, "'B: 2'", "'B: 3'"},
      {"has_header", "message", message, "true", "false"},
      {"header_missing", "message", message, "['A', 'Date']", "['A', 'B']"},
      {"header_twice", "message", message, "['A', 'B']", "'A'"},
      {"header_eight_bit", "message", message, "false", "true"},
      {"from_has_address", "message", message, "true", "false"},
      {"from_is_sender", "message", message, "true", "false"},
      {"from_is_login", "message", message, "false", "true"},
      {"body", "message", message, "'hello*'", "'hell'"},
      {"eight_bit", "message", message, "false", "true"},
      {"line_over", "message", message, "10", "11"},
  };
  for (ConditionSample& sample : imap_condition_samples()) samples.push_back(std::move(sample));
  return samples;
}

std::string rule_text(const ConditionSample& sample, const std::string& asked, const std::string& on) {
  return "[[rule]]\non = '" + on + "'\nwhen = { " + sample.key + " = " + asked + " }\nreply = '" +
         (sample.is_imap() ? "{tag} NO" : "555") + " hit'\n";
}

std::string sampled_with(const ConditionSample& sample, const std::string& rules) {
  return (sample.is_imap() ? kImapSampled : kSampled) + rules;
}

scenario::Scenario loaded_with(const ConditionSample& sample, const std::string& asked) {
  auto loaded = scenario_test::load_text(sampled_with(sample, rule_text(sample, asked, sample.on)));
  REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
  return std::move(*loaded);
}

bool is_condition_hit(const ConditionSample& sample, const std::string& asked) {
  const scenario::Scenario scenario = loaded_with(sample, asked);
  scenario_test::Talk talk(scenario);
  std::string heard;
  for (const std::string& line : sample.lines) heard = talk.line(line);
  return heard == "555 hit\r\n" || heard.ends_with(" NO hit\r\n");
}

// Whether the loader says that the second of two rules is never reached.
bool hides_second(const ConditionSample& sample, const std::string& first, const std::string& second) {
  const auto loaded = scenario_test::load_text(
      sampled_with(sample, rule_text(sample, first, sample.on) + rule_text(sample, second, sample.on)));
  if (loaded) return false;
  CHECK(core::describe(loaded.error(), core::Language::kEnglish).find("can never be reached") != std::string::npos);
  return true;
}

std::string readme_text() {
  std::ifstream file(SMTPLAB_SOURCE "/scenarios/README.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// The first column of the tables under a heading, and the whole of each line.
struct TableLine {
  std::string first;
  std::string whole;
};
std::vector<TableLine> table_lines(const std::string& heading, const std::string& end) {
  const std::string text = readme_text();
  const std::size_t begin = text.find("\n" + heading + "\n");
  REQUIRE(begin != std::string::npos);
  std::vector<TableLine> lines;
  for (std::size_t at = begin + 1; at < text.find("\n" + end + "\n", begin); at = text.find('\n', at) + 1) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    if (line.starts_with("| `")) lines.push_back({line.substr(0, line.find(" | ", 2)), line});
  }
  REQUIRE_FALSE(lines.empty());
  return lines;
}

std::set<std::string> all_found(const std::string& text, const char* expression) {
  std::set<std::string> all;
  const std::regex pattern(expression);
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) all.insert((*at)[1]);
  return all;
}

}  // namespace

TEST_CASE("condition rows: each has its sample here, which hits and misses") {
  std::set<std::string> sampled;
  for (const ConditionSample& sample : condition_samples()) {
    CAPTURE(sample.key);
    CHECK(sampled.insert(sample.key).second);
    REQUIRE(scenario::find_condition(sample.key) != nullptr);
    CHECK(is_condition_hit(sample, sample.hit));
    CHECK_FALSE(is_condition_hit(sample, sample.miss));
  }
  for (const scenario::ConditionRow& row : scenario::conditions()) {
    CAPTURE(std::string(row.key));
    CHECK(sampled.contains(std::string(row.key)));
  }
}

TEST_CASE("condition rows: each is a key of the file with a sentence about it") {
  for (const scenario::ConditionRow& row : scenario::conditions()) {
    CAPTURE(std::string(row.key));
    const scenario::KeyRow* const key = scenario::find_key("rule.when", row.key);
    REQUIRE(key != nullptr);
    CHECK(key->type == scenario::type_of(row));
    CHECK(key->about.ends_with('.'));
    const bool is_word = std::holds_alternative<scenario::WordOf>(row.look);
    if (is_word) CHECK(scenario::words_of(row.allowed).size() > 1);
    if (key->type == scenario::KeyType::kInteger) CHECK(scenario::range_of(row.allowed).has_value());
  }
}

TEST_CASE("condition rows: each is said in both languages, and what is asked is told apart") {
  for (const ConditionSample& sample : condition_samples()) {
    CAPTURE(sample.key);
    for (const auto language : {core::Language::kEnglish, core::Language::kChinese}) {
      const auto words = [&](const std::string& asked) {
        return scenario::words_for(loaded_with(sample, asked).rules.front().when.conditions.at(0), language);
      };
      const std::string hit = words(sample.hit);
      CAPTURE(hit);
      CHECK_FALSE(hit.empty());
      CHECK(hit.find_first_of("{}|") == std::string::npos);
      CHECK(hit != words(sample.miss));
      const bool is_chinese = std::any_of(hit.begin(), hit.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
      CHECK(is_chinese == (language == core::Language::kChinese));
    }
  }
}

TEST_CASE("condition rows: a rule hides_second one that asks the same, and a higher limit") {
  for (const ConditionSample& sample : condition_samples()) {
    CAPTURE(sample.key);
    CHECK(hides_second(sample, sample.hit, sample.hit));
    const bool is_limit = std::holds_alternative<scenario::NumberOf>(scenario::find_condition(sample.key)->look);
    CHECK(hides_second(sample, sample.hit, sample.miss) == is_limit);
    CHECK_FALSE(hides_second(sample, sample.miss, sample.hit));
  }
}

TEST_CASE("condition rows: each is refused where it can say nothing") {
  for (const ConditionSample& sample : condition_samples()) {
    const protocol::Protocol& spoken = *protocol::find(sample.protocol);
    const scenario::KeyRow* const on = scenario::find_key(scenario::keys(spoken), "rule", "on");
    REQUIRE(on != nullptr);
    const scenario::ConditionRow& row = *scenario::find_condition(sample.key);
    for (const std::string_view input : scenario::words_of(on->allowed)) {
      CAPTURE(sample.key);
      CAPTURE(std::string(input));
      const std::vector<std::string_view> applies = scenario::words_of(row.on);
      const bool fits = std::any_of(applies.begin(), applies.end(), [&](std::string_view word) {
        return word == input || (word == "verb" && spoken.find_command(input).has_value() && input != "auth");
      });
      const auto loaded = scenario_test::load_text(sampled_with(sample, rule_text(sample, sample.hit, std::string(input))));
      const std::string error = loaded ? "" : core::describe(loaded.error(), core::Language::kEnglish);
      CHECK((error.find("cannot apply") == std::string::npos) == fits);
    }
  }
}

TEST_CASE("condition rows: README.md has a line for each, with all its words, and none that there is not") {
  std::set<std::string> documented;
  for (const TableLine& line : table_lines("### When", "### What a rule does")) {
    for (const std::string& key : all_found(line.first, "`([a-z_]+) = ")) {
      CAPTURE(key);
      CHECK(documented.insert(key).second);
      const scenario::KeyRow* const row = scenario::find_key("rule.when", key);
      REQUIRE(row != nullptr);
      if (scenario::range_of(row->allowed)) continue;
      for (const std::string_view word : scenario::words_of(row->allowed)) {
        CAPTURE(std::string(word));
        const std::string one(word);
        CHECK(
            (line.whole.find("`" + one + "`") != std::string::npos || line.whole.find("\"" + one + "\"") != std::string::npos));
      }
    }
  }
  for (const scenario::KeyRow& row : scenario::keys()) {
    if (scenario::parent_part(row) == "rule.when") CHECK(documented.contains(std::string(scenario::last_part(row))));
  }
}

TEST_CASE("condition rows: README.md has a line for each input of a rule, and for none that there is not") {
  std::set<std::string> documented;
  for (const TableLine& line : table_lines("## Rules", "### When")) documented.merge(all_found(line.first, "`([A-Za-z0-9]+)`"));
  documented.erase("on");  // the head of the table
  const auto words = scenario::words_of(scenario::find_key("rule", "on")->allowed);
  CHECK(documented == std::set<std::string>(words.begin(), words.end()));
}
