// What is told depends on what was said, not on how the log cuts it.
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "dialogue/text_reader.h"
#include "findings/judge.h"
#include "tests/findings/cases.h"

namespace {

using dialogue::Event;

// A case and who judges it.
struct Row {
  std::string protocol;
  test::Case one;
};

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const std::string protocol : {"smtp", "pop3"}) {
    for (test::Case& one : test::all_cases(protocol + "_judge")) rows.push_back({protocol, std::move(one)});
  }
  return rows;
}

std::string told(const std::vector<Event>& events, const Row& row) {
  const auto judge = findings::make_judge(row.protocol, row.one.server);
  for (const Event& event : events) judge->take(event);
  std::string ids;
  for (const findings::Finding& finding : judge->take_findings()) ids += finding.id + (finding.certain ? " " : "? ");
  return ids;
}

// Each event of the client octet by octet, all at the same time.
std::vector<Event> bytewise(const std::vector<Event>& events) {
  std::vector<Event> out;
  for (const Event& event : events) {
    if (event.kind != dialogue::Kind::kClient) {
      out.push_back(event);
      continue;
    }
    for (const char c : event.bytes) {
      Event& one = out.emplace_back(event);
      one.bytes = std::string(1, c);
      one.pieces = {{1, event.at}};
    }
  }
  return out;
}

// As a server tells it that looks at a line when it comes, and at the next one when the reply has left.
std::vector<Event> without_pieces(std::vector<Event> events) {
  for (Event& event : events) {
    if (event.pieces.size() == 1) event.pieces.clear();
  }
  return events;
}

}  // namespace

TEST_CASE("findings: the same whether octets come in lines or one by one") {
  for (const Row& row : all_rows()) {
    CAPTURE(row.one.place);
    CAPTURE(row.one.name);
    const auto events = dialogue::events_from_text(row.one.dialogue);
    REQUIRE(events);
    const std::string whole = told(*events, row);
    CHECK(told(bytewise(*events), row) == whole);
    CHECK(told(without_pieces(*events), row) == whole);
  }
}

TEST_CASE("findings: told live is what is told in the end") {
  for (const Row& row : all_rows()) {
    CAPTURE(row.one.place);
    CAPTURE(row.one.name);
    const auto events = dialogue::events_from_text(row.one.dialogue);
    REQUIRE(events);
    const auto judge = findings::make_judge(row.protocol, row.one.server);
    std::string ids;
    std::uint64_t last = 0;
    for (const Event& event : *events) {
      judge->take(event);
      for (const findings::Finding& finding : judge->take_findings()) {
        ids += finding.id + (finding.certain ? " " : "? ");
        CHECK(finding.number == last + 1);
        last = finding.number;
        if (finding.follows) CHECK(*finding.follows < finding.number);
        for (const std::uint64_t number : finding.events) CHECK(number <= event.number);
        for (const findings::Octets& octets : finding.octets) {
          REQUIRE(octets.event - 1 < events->size());
          CHECK(octets.begin < octets.end);
          CHECK(octets.end <= (*events)[octets.event - 1].bytes.size());
        }
      }
    }
    CHECK(ids == told(*events, row));
  }
}

TEST_CASE("findings: any prefix of a dialogue may be all there is") {
  for (const Row& row : all_rows()) {
    const auto events = dialogue::events_from_text(row.one.dialogue);
    REQUIRE(events);
    for (std::size_t most = 0; most < events->size(); ++most) {
      std::vector<Event> part(events->begin(), events->begin() + static_cast<std::ptrdiff_t>(most));
      Event closed;
      closed.kind = dialogue::Kind::kClosed;
      closed.number = most + 1;
      closed.at = part.empty() ? std::chrono::microseconds(0) : part.back().at;
      part.push_back(closed);
      CHECK(told(part, row).size() < 2000);
    }
  }
}
