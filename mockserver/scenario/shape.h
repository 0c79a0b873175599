// Compares a file with the table of keys: unknown and missing keys, wrong types, words that are not allowed.
#pragma once

#include "mockserver/scenario/keys.h"
#include "mockserver/scenario/problems.h"
#include "mockserver/scenario/toml_document.h"

namespace scenario {

// Adds everything that does not fit to `problems`. What it leaves unmentioned may be read without further ado.
void check_shape(const Document& document, FileKind kind, Problems& problems);

}  // namespace scenario
