#include "client/command_table.h"

#include <string>

#include <doctest/doctest.h>

#include "protocol/known.h"
#include "tests/usage/soundness.h"

TEST_CASE("command line: the table of this program is sound, and its examples are good") {
  usage_test::check_table(client::command_table());
}

TEST_CASE("command line: --protocol takes every protocol that there is") {
  const usage::Program& program = client::command_table();
  const usage::Option* const option = usage::find_option(program, *usage::find_command(program, "step"), "--protocol");
  REQUIRE(option != nullptr);
  std::string known;
  for (const protocol::Protocol* const one : protocol::known()) known += (known.empty() ? "" : "|") + std::string(one->name());
  CHECK(option->allowed == known);
  CHECK(option->preset == protocol::known().front()->name());
}
