#include "net/process.h"

#include <csignal>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/net/peer.h"

namespace {

TEST_CASE("net process: how it ended, and what it was given") {
  struct Row {
    std::string name;
    std::vector<std::string> command;
    int status;
    int signal;
    std::string says;
  };
  const std::vector<Row> rows{
      {"a status", {"sh", "-c", "exit 7"}, 7, 0, ""},
      {"a signal", {"sh", "-c", "kill -TERM $$"}, 0, SIGTERM, ""},
      {"an environment of its own", {"sh", "-c", "echo $WORD >&3"}, 0, 0, "given\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    net::Loop loop;
    test::Patience patience(loop);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    int status = -1;
    int signal = -1;
    const auto process = net::Process::start(loop, {row.command, {0, 1, 2, ends[1]}, {"WORD=given", "PATH=/usr/bin:/bin"}},
                                             [&](int said, int by) { status = said, signal = by; });
    close(ends[1]);
    REQUIRE(process);
    CHECK(patience.run_until([&] { return status != -1; }));
    CHECK(status == row.status);
    CHECK(signal == row.signal);
    std::string said(16, '\0');
    said.resize(static_cast<std::size_t>(read(ends[0], said.data(), said.size())));
    CHECK(said == row.says);
    close(ends[0]);
  }
}

TEST_CASE("net process: what does not exist cannot be started") {
  net::Loop loop;
  const auto process = net::Process::start(loop, {{"/nowhere/at/all"}, {0, 1, 2}, {}}, {});
  REQUIRE_FALSE(process);
  CHECK(core::describe(process.error(), core::Language::kEnglish) == "/nowhere/at/all: No such file or directory");
}

TEST_CASE("net process: nobody's program does not go on") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  {
    net::Loop loop;
    const auto process = net::Process::start(loop, {{"sleep", "600"}, {0, 1, 2, ends[1]}, {"PATH=/usr/bin:/bin"}}, {});
    close(ends[1]);
    REQUIRE(process);
  }
  char octet = 0;
  CHECK(read(ends[0], &octet, 1) == 0);  // the other end is closed: it is gone
  close(ends[0]);
}

}  // namespace
