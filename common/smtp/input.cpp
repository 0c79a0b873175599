#include "smtp/input.h"

#include "protocol/rows.h"

namespace smtp {

static_assert(protocol::stand_in_order(kCommands));

std::optional<Input> find_command(std::string_view verb) { return protocol::find_verb(kCommands, verb); }

}  // namespace smtp
