#include "mockserver/scenario/keys.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "mockserver/scenario/placeholders.h"
#include "smtp/transitions.h"
#include "talk.h"

TEST_CASE("keys: every row has one sentence about it, and only rows with values say what is allowed") {
  for (const scenario::KeyRow& row : scenario::keys()) {
    CAPTURE(std::string(row.path));
    CHECK(row.about.ends_with('.'));
    CHECK(scenario::find_key(scenario::parent_part(row), scenario::last_part(row)) == &row);
    CHECK_FALSE(scenario::name(row.type).empty());
    const bool number = row.type == scenario::KeyType::kInteger || row.type == scenario::KeyType::kNumber ||
                        row.type == scenario::KeyType::kIntegers || row.type == scenario::KeyType::kCode;
    if (number) CHECK(scenario::range_of(row.allowed).has_value());
    if (!row.allowed.empty() && !number) CHECK(scenario::words_of(row.allowed).size() > 1);
  }
}

TEST_CASE("keys: README.md shows every key and every word that a key may have") {
  std::ifstream file(SMTPLAB_SOURCE "/scenarios/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  REQUIRE_FALSE(readme.empty());
  for (const scenario::KeyRow& row : scenario::keys()) {
    CAPTURE(std::string(row.path));
    CHECK(readme.find(scenario::last_part(row)) != std::string::npos);
    if (scenario::range_of(row.allowed)) continue;
    for (const std::string_view word : scenario::words_of(row.allowed)) {
      CAPTURE(std::string(word));
      CHECK(readme.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("keys: README.md shows every placeholder, and none that there is not") {
  std::ifstream file(SMTPLAB_SOURCE "/scenarios/README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string, std::less<>> known;
  for (const auto& one : scenario::reply_placeholders()) known.emplace(one.name);
  for (const auto& one : scenario::kStepPlaceholders) known.emplace(one.name);
  for (const std::string& name : known) {
    CAPTURE(name);
    CHECK(readme.find("{" + name + "}") != std::string::npos);
  }
  // Of regular expressions, named groups are placeholders too.
  const std::regex group("\\(\\?P<([a-z]+)>");
  for (std::sregex_iterator at(readme.begin(), readme.end(), group), end; at != end; ++at) known.insert((*at)[1]);
  const std::regex placeholder("\\{([a-z][a-z0-9_-]*)(\\|[a-z0-9|]+)?\\}");
  for (std::sregex_iterator at(readme.begin(), readme.end(), placeholder), end; at != end; ++at) {
    CAPTURE(at->str());
    CHECK(known.contains((*at)[1].str()));
  }
}

TEST_CASE("keys: placeholders have different names and one sentence each") {
  std::set<std::string_view> names;
  for (const auto& one : scenario::reply_placeholders()) {
    CHECK(names.insert(one.name).second);
    CHECK_FALSE(one.about.empty());
  }
}

TEST_CASE("keys: the words of the table stand in the order of the enumerators they become") {
  struct Row {
    const char* when;
    scenario::When want;
  };
  const auto when = [](auto change) {
    scenario::When made;
    change(made);
    return made;
  };
  using scenario::When;
  for (const Row& row : {
           Row{"on = 'auth'\nwhen = { password = 'right' }",
               when([](When& w) { w.ask("password", scenario::Word(scenario::PasswordUsed::kRight)); })},
           Row{"on = 'auth'\nwhen = { password = 'web' }",
               when([](When& w) { w.ask("password", scenario::Word(scenario::PasswordUsed::kWeb)); })},
           Row{"on = 'auth'\nwhen = { password = 'newline' }",
               when([](When& w) { w.ask("password", scenario::Word(scenario::PasswordUsed::kNewline)); })},
           Row{"on = 'auth'\nwhen = { password = 'empty' }",
               when([](When& w) { w.ask("password", scenario::Word(scenario::PasswordUsed::kEmpty)); })},
           Row{"on = 'auth'\nwhen = { password = 'wrong' }",
               when([](When& w) { w.ask("password", scenario::Word(scenario::PasswordUsed::kWrong)); })},
           Row{"on = 'challenge'\nwhen = { wants = 'user' }",
               when([](When& w) { w.ask("wants", scenario::Word(sasl::Wants::kUser)); })},
           Row{"on = 'challenge'\nwhen = { wants = 'password' }",
               when([](When& w) { w.ask("wants", scenario::Word(sasl::Wants::kPassword)); })},
           Row{"on = 'challenge'\nwhen = { wants = 'response' }",
               when([](When& w) { w.ask("wants", scenario::Word(sasl::Wants::kResponse)); })},
           Row{"on = 'MAIL'\nwhen = { hello = 'none' }", when([](When& w) { w.ask("hello", scenario::Name{"none"}); })},
           Row{"on = 'MAIL'\nwhen = { hello = 'HELO' }", when([](When& w) { w.ask("hello", scenario::Name{"HELO"}); })},
           Row{"on = 'MAIL'\nwhen = { hello = 'EHLO' }", when([](When& w) { w.ask("hello", scenario::Name{"EHLO"}); })},
           Row{"on = 'connect'\nwhen = { tls = true }", when([](When& w) { w.ask("tls", true); })},
           Row{"on = 'BDAT'\nwhen = { tls = false }", when([](When& w) { w.ask("tls", false); })},
           Row{"on = 'MAIL'\nwhen = { order = 'wrong' }", when([](When& w) { w.order = scenario::Wanted::kWrong; })},
           Row{"on = 'MAIL'\nwhen = { order = 'any' }", when([](When& w) { w.order = scenario::Wanted::kAny; })},
       }) {
    CAPTURE(row.when);
    const auto loaded = scenario_test::load_text("[[rule]]\nreply = '550 no'\n" + std::string(row.when) + "\n");
    REQUIRE(loaded.has_value());
    const When& got = loaded->rules.front().when;
    CHECK(got.conditions == row.want.conditions);
    CHECK(got.order == row.want.order);
  }
  const auto ends = scenario_test::load_text(
      "server = { line_ends = 'lenient' }\n[[step]]\nsend = 'x'\nend = 'lf'\nexpect = 250\nsay = { en = 'e', zh = '中' }\n");
  REQUIRE(ends.has_value());
  CHECK(ends->server.line_ends == protocol::LineEnds::kLenient);
  CHECK(ends->steps.front().line_end == protocol::LineEnd::kLf);
}

TEST_CASE("keys: the words of states, of what is counted for whom, and of what then becomes, stand in the enumerators' order") {
  const auto first = [](const std::string& rule) {
    const auto loaded = scenario_test::load_text("[[rule]]\nreply = '550 no'\n" + rule + "\n");
    REQUIRE_MESSAGE(loaded.has_value(), core::describe(loaded.error(), core::Language::kEnglish));
    return loaded->rules.front();
  };
  const scenario::KeyRow* const state = scenario::find_key("rule.when", "state");
  REQUIRE(state != nullptr);
  const auto words = scenario::words_of(state->allowed);
  REQUIRE(words.size() > smtp::kStateCount);  // those of other protocols behind them
  for (std::size_t i = 0; i < smtp::kStateCount; ++i) CHECK(words[i] == smtp::name(static_cast<smtp::State>(i)));
  using scenario::Per;
  for (const auto& [word, want] :
       {std::pair("all", Per::kAll), std::pair("connection", Per::kConnection), std::pair("client-ip", Per::kClientIp),
        std::pair("sender", Per::kSender), std::pair("recipient", Per::kRecipient), std::pair("user", Per::kUser),
        std::pair("triplet", Per::kTriplet)}) {
    CHECK(first("on = 'RCPT'\nwhen = { nth = 2, per = '" + std::string(word) + "' }").when.counting.value().per == want);
  }
  using scenario::Then;
  for (const auto& [word, want] :
       {std::pair("close", Then::kClose), std::pair("reset", Then::kReset), std::pair("stall", Then::kStall)}) {
    CHECK(first("on = 'RCPT'\nthen = '" + std::string(word) + "'").effects.then == want);
  }
}

TEST_CASE("keys: the words of [tls] stand in the order of the enumerators they become") {
  struct Row {
    const char* word;
    tls::Flaw want;
  };
  for (const Row& row : {Row{"valid", tls::Flaw::kNone}, Row{"expired", tls::Flaw::kExpired},
                         Row{"not-yet-valid", tls::Flaw::kNotYetValid}, Row{"wrong-host", tls::Flaw::kWrongHost},
                         Row{"self-signed", tls::Flaw::kSelfSigned}, Row{"unknown-authority", tls::Flaw::kUnknownAuthority}}) {
    CAPTURE(row.word);
    CHECK(scenario_test::load_text("tls = { certificate = '" + std::string(row.word) + "' }\n")->tls.certificate == row.want);
  }
  struct HandshakeRow {
    const char* word;
    scenario::Handshake want;
  };
  using scenario::Handshake;
  for (const HandshakeRow& row : {HandshakeRow{"complete", Handshake::kComplete}, HandshakeRow{"alert", Handshake::kAlert},
                                  HandshakeRow{"garbage", Handshake::kGarbage}, HandshakeRow{"close", Handshake::kClose},
                                  HandshakeRow{"stall", Handshake::kStall}}) {
    CAPTURE(row.word);
    CHECK(scenario_test::load_text("tls = { handshake = '" + std::string(row.word) + "' }\n")->tls.handshake == row.want);
  }
  const auto versions = scenario_test::load_text("tls = { oldest = '1.0', newest = '1.1' }\n");
  CHECK(versions->tls.oldest == tls::Version::kTls10);
  CHECK(versions->tls.newest == tls::Version::kTls11);
  const auto one = scenario_test::load_text("tls = { oldest = '1.2', newest = '1.2' }\n");
  CHECK(one->tls.newest == tls::Version::kTls12);
}
