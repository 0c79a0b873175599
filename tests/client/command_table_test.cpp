#include "client/command_table.h"

#include "tests/usage/soundness.h"

TEST_CASE("command line: the table of this program is sound, and its examples are good") {
  usage_test::check_table(client::command_table());
}
