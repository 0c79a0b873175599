// A JSON file (RFC 8259) as a plain tree with positions. The only door to the JSON library: it stays inside json_document.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "document/document.h"

namespace send {

// Parses `text`, whose root has to be an object. A byte order mark is taken; a key whose value is null counts as absent. Errors
// (Blame::kInput) have the form of document/problems.h and name what people mostly get wrong: comments, a comma too many,
// single quotes, full-width punctuation, no UTF-8, a key that stands twice.
// No message shows a value but those of the keys in `shown`, since any other may be the password under a misspelt name.
core::Result<document::Document> parse_json(std::string path, std::string_view text,
                                            const std::vector<std::string_view>& shown = {});

}  // namespace send
