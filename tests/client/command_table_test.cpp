#include "client/command_table.h"

#include <string>

#include <doctest/doctest.h>

#include "protocol/known.h"
#include "tests/usage/soundness.h"

TEST_CASE("command line: the table of this program is sound, and its examples are good") {
  usage_test::check_table(client::command_table());
}

TEST_CASE("command line: --protocol takes every protocol that can be stepped through") {
  const usage::Program& program = client::command_table();
  const usage::Option* const option = usage::find_option(program, *usage::find_command(program, "step"), "--protocol");
  REQUIRE(option != nullptr);
  std::string known;
  for (const protocol::Protocol* const one : protocol::known()) {
    if (one->name() == "imap") continue;  // the mock speaks it; nobody is led through it
    known += (known.empty() ? "" : "|") + std::string(one->name());
  }
  CHECK(option->allowed == known);
  CHECK(option->preset == protocol::known().front()->name());
}
