// A JSON file (RFC 8259) as a plain tree with positions. The only door to the JSON library: it stays inside json_document.cpp.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "document/document.h"

namespace send {

// Parses `text`, whose root has to be an object. A byte order mark is taken; a key whose value is null counts as absent. Errors
// (Blame::kInput) have the form of document/problems.h and name what people mostly get wrong: comments, a comma too many,
// single quotes, full-width punctuation, no UTF-8, a key that stands twice.
core::Result<document::Document> parse_json(std::string path, std::string_view text);

}  // namespace send
