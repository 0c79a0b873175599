// Compares a file with the table of keys: unknown and missing keys, wrong types, words that are not allowed.
#pragma once

#include <span>

#include "document/document.h"
#include "document/problems.h"
#include "mockserver/scenario/keys.h"

namespace scenario {

// Adds everything that does not fit these rows, the keys() of some protocol, to `problems`. What it leaves unmentioned may be
// read without further ado.
void check_shape(const document::Document& document, FileKind kind, std::span<const KeyRow> rows, document::Problems& problems);

}  // namespace scenario
