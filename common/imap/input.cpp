#include "imap/input.h"

#include "protocol/rows.h"

namespace imap {

static_assert(protocol::stand_in_order(kInputs));

std::optional<Input> find_command(std::string_view verb) { return protocol::find_verb(kInputs, verb); }

}  // namespace imap
