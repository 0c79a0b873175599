#include "client/program/plan.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/program/ways.h"

namespace {

const program::Plan kPlan{
    {{"127.1.1.1", 25, false}, {"127.1.2.1", 53, true}}, {"/etc/ssl/certs"}, {{"/etc/hosts", "a b"}, {"/a path", "c"}}};

TEST_CASE("closed network: the plan reaches the process that carries it out") {
  program::Plan told = kPlan;
  for (program::Overlay& overlay : told.overlays) overlay.content.clear();  // in descriptors of their own
  CHECK(program::plan_from(program::as_text(kPlan)) == told);
  CHECK(program::plan_from("") == program::Plan{});
}

TEST_CASE("closed network: bubblewrap makes nothing outside") {
  for (const program::Way& way : program::all_ways(false)) {
    if (way.by != program::Way::By::kBubblewrap) continue;
    const std::vector<std::string> words = program::command_line(way, kPlan, "/bin/smtplab", {"python3", "--", "a.py"});
    const auto at = [&](const std::string& word) { return std::find(words.begin(), words.end(), word) - words.begin(); };
    CHECK(at("--tmpfs") < at("--ro-bind-data"));  // a file within a covered folder comes after it
    const std::vector<std::string> end(words.end() - 7, words.end());
    CHECK(end == std::vector<std::string>{"--", "/bin/smtplab", "--closed-network", "inside", "python3", "--", "a.py"});
  }
}

TEST_CASE("closed network: root keeps its rights where that is possible") {
  CHECK_FALSE(program::all_ways(true).front().is_user);
  for (const program::Way& way : program::all_ways(false)) CHECK(way.is_user);
}

TEST_CASE("closed network: why a way was not gone") {
  const program::Way way;
  CHECK(program::refusal(way, "first\nbwrap: No permissions\x1b[2J\n").en == "bubblewrap: bwrap: No permissions\\x1b[2J");
  CHECK(program::refusal(way, "\n").en == "bubblewrap ended without a word");
  CHECK(program::refusal(program::Step::kMapping, EACCES).en ==
        "the system does not let a user namespace be used: Permission denied");
}

}  // namespace
