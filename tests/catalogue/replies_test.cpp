// Every reply that any provider is known to give, heard by a client: PROVIDER#REPLY is walked with a client session in memory,
// and what comes at its step are the octets of the provider's file, no more and no less.
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/scenario/catalogue.h"
#include "tests/scenario/talk.h"
#include "tests/stepper/in_memory.h"

namespace {

using scenario::ReplyEntry;

// How many replies the providers' files have, those of the RFCs with them. Replies are added, not lost.
constexpr std::size_t kVerbatim = 1202;
constexpr std::size_t kReported = 191;

// What a placeholder stands for in this dialogue; of the others it is not known beforehand.
std::map<std::string, std::string, std::less<>> known_values(const scenario::Scenario& scenario) {
  return {{"server", scenario.server.name}, {"client-ip", "192.0.2.1"},
          {"server-ip", "192.0.2.2"},       {"id", "SESSION"},
          {"timestamp", "1513650000"},      {"date", "Tue, 19 Dec 2017 02:20:00 +0000"}};
}

// A line of the vocabulary as the pieces that have to come in this order: what stands between two of them is what a
// placeholder was filled with: one word or none, between quotes any number.
std::vector<std::string> pieces_of(std::string_view line, const scenario::Scenario& scenario) {
  const auto known = known_values(scenario);
  std::vector<std::string> pieces(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool doubled = i + 1 < line.size() && line[i] == line[i + 1];
    if ((line[i] == '{' || line[i] == '}') && doubled) {
      pieces.back() += line[i++];
    } else if (line[i] == '{') {
      const std::size_t end = line.find('}', i);
      const auto value = known.find(line.substr(i + 1, end - i - 1));
      if (value != known.end()) pieces.back() += value->second;
      if (value == known.end()) pieces.emplace_back();
      i = end;
    } else {
      pieces.back() += line[i];
    }
  }
  return pieces;
}

bool is_line(std::string_view heard, std::string_view line, const scenario::Scenario& scenario) {
  const std::vector<std::string> pieces = pieces_of(line, scenario);
  if (!heard.starts_with(pieces.front()) || !heard.ends_with(pieces.back())) return false;
  std::size_t at = pieces.front().size();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool is_last = i + 1 == pieces.size();
    const std::size_t hit = is_last ? std::max(at, heard.size() - pieces[i].size()) : heard.find(pieces[i], at);
    const bool is_quoted = pieces[i - 1].ends_with('"');
    if (hit == std::string_view::npos) return false;
    if (!is_quoted && heard.substr(at, hit - at).find(' ') != std::string_view::npos) return false;
    at = hit + pieces[i].size();
  }
  return at == heard.size();
}

// The last line of IMAP is said behind what is due in this mailbox: that of the vocabulary was another one's.
bool is_last_line(std::string_view heard, const ReplyEntry& entry, const scenario::Scenario& scenario) {
  const std::size_t last = heard.ends_with("\r\n") ? heard.rfind("\r\n", heard.size() - 3) : std::string_view::npos;
  const std::string_view line = last == std::string_view::npos ? heard : heard.substr(last + 2);
  return line.size() > 2 && is_line(line.substr(0, line.size() - 2), entry.lines.back(), scenario);
}

// Whether these octets are the reply and nothing else; behind one line of POP3 what the mailbox holds, up to its end mark.
bool is_reply(std::string_view heard, const ReplyEntry& entry, const scenario::Scenario& scenario) {
  if (entry.code.text == "OK" && is_last_line(heard, entry, scenario)) return true;
  for (const std::string& line : entry.lines) {
    const std::size_t end = heard.find("\r\n");
    if (end == std::string_view::npos || !is_line(heard.substr(0, end), line, scenario)) return false;
    heard.remove_prefix(end + 2);
  }
  const bool goes_on = entry.lines.size() == 1 && entry.code.text == "+OK" && heard.ends_with(".\r\n");
  return heard.empty() || goes_on;
}

// The octets of the first reply after `before` events, with the untagged data before it; empty when there is none.
std::string heard_since(const test::InMemory& dialogue, std::size_t before) {
  const bool has_tags = dialogue.spoken().name() == "imap";
  std::string heard;
  for (std::size_t i = before; i < dialogue.log->events().size(); ++i) {
    const dialogue::Event& event = dialogue.log->events()[i];
    if (!event.reply) continue;
    heard += event.bytes;
    if (!has_tags || !event.reply->tag.empty() || event.reply->is_more()) break;
  }
  return heard;
}

// What the server says at the step that the reply is about, the greeting where no step is.
std::string heard_at_its_step(test::InMemory& dialogue) {
  dialogue.answer();
  const scenario::Values values = scenario::step_values(dialogue.scenario);
  std::string heard = heard_since(dialogue, 0);
  const std::optional<std::size_t> at = dialogue.scenario.called.value().at;
  for (std::size_t i = 0; i < dialogue.scenario.steps.size(); ++i) {
    const scenario::Step& step = dialogue.scenario.steps[i];
    const std::size_t before = dialogue.log->events().size();
    dialogue.running += step.wait;
    if (step.connects) dialogue.connect();
    if (!step.connects) dialogue.send(scenario::octets_of(*dialogue.scenario.protocol, step, values));
    dialogue.answer();
    if (at == i) heard = heard_since(dialogue, before);
  }
  return heard;
}

// Everything that both sides say along the guided path.
std::string whole_dialogue(const std::string& id) {
  test::InMemory dialogue(id);
  dialogue.answer();
  scenario_test::Responder responder(dialogue.scenario);
  std::string answer = heard_since(dialogue, 0);
  for (const scenario::Step& step : dialogue.scenario.steps) {
    scenario::Values values = scenario::step_values(scenario::server_of(dialogue.scenario, step.server));
    values["response"] = responder.response_for(step, answer);
    dialogue.running += step.wait;
    const std::size_t before = dialogue.log->events().size();
    if (step.connects) dialogue.connect(step.server);
    if (!step.connects) dialogue.send(scenario::octets_of(dialogue.spoken(), step, values));
    dialogue.answer();
    answer = heard_since(dialogue, before);
  }
  std::string all;
  for (const dialogue::Event& event : dialogue.log->events()) all += event.bytes;
  return all;
}

}  // namespace

TEST_CASE("catalogue: a client hears every reply of every provider, octet for octet") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  std::size_t verbatim = 0;
  std::size_t reported = 0;
  for (const std::string& provider : catalogue.provider_names()) {
    const auto whole = catalogue.load(provider);
    REQUIRE(whole);
    for (const ReplyEntry& entry : whole->replies) {
      if (entry.explanation == nullptr) continue;  // written in place by a rule
      const std::string id = provider + "#" + entry.id;
      CAPTURE(id);
      test::InMemory dialogue(id);
      const std::string heard = heard_at_its_step(dialogue);
      CAPTURE(heard);
      CHECK(is_reply(heard, entry, dialogue.scenario));
      (entry.reported ? reported : verbatim) += 1;
    }
  }
  CHECK(verbatim >= kVerbatim);
  CHECK(reported >= kReported);
}

TEST_CASE("catalogue: the comparison of a reply with its words takes nothing else") {
  ReplyEntry entry;
  entry.lines = {"250-{server} {{a}} <{recipient}>...", "250 OK: {n}"};
  scenario::Scenario scenario;
  scenario.server.name = "mx.example";
  CHECK(is_reply("250-mx.example {a} <b@c.d>...\r\n250 OK: 7\r\n", entry, scenario));
  for (const char* const other :
       {"250-mx.example {a} <b@c.d>...\r\n250 OK: 7", "250-mx.example {a} <b@c.d>..\r\n250 OK: 7\r\n",
        "250-my.example {a} <b@c.d>...\r\n250 OK: 7\r\n", "250-mx.example {a} <b@c.d>...\r\n250 ok: 7\r\n",
        "250-mx.example {a} <b@c.d>...\r\n250 OK: 7\r\n250 OK\r\n", "250-mx.example {a} <b@c.d>...\r\n250 OK: 7 \r\n",
        "250-mx.example {a} <b@ c.d>...\r\n250 OK: 7\r\n", "250-mx.example {a}...\r\n250 OK: 7\r\n",
        "250-mx.example {a} <b@c.d>...\r\n", ""}) {
    CAPTURE(other);
    CHECK_FALSE(is_reply(other, entry, scenario));
  }
}

TEST_CASE("catalogue: two walks along a scenario are the same octets") {
  const scenario::Catalogue catalogue = scenario::Catalogue::embedded();
  REQUIRE(catalogue.ids().size() > 100);
  for (const std::string& id : catalogue.ids()) {
    CAPTURE(id);
    const std::string first = whole_dialogue(id);
    CHECK_FALSE(first.empty());
    CHECK(first == whole_dialogue(id));
  }
}
