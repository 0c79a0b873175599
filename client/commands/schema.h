// `smtplab scenarios schema`: the keys of a scenario or provider file as a JSON Schema, for editors and other programs.
#pragma once

#include <ostream>

#include "mockserver/scenario/keys.h"

namespace commands {

// A schema (draft 2020-12) made from the table of keys: types, allowed words, ranges, what is required, one sentence for each.
// It knows the form alone: what only makes sense together (a reply that exists, a rule that can be reached) `check` knows.
// Gives the exit status.
int print_schema(scenario::FileKind kind, std::ostream& out);

}  // namespace commands
