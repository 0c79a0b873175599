// The files of a lab: what they hold, octet for octet.
#pragma once

#include "client/labs/lab.h"
#include "document/document.h"
#include "document/problems.h"

namespace lab {

// A [[file]]: `text`, in UTF-8 or in the charset that `encoding` names, or `base64`. A name that is no plain one, and a text
// that the charset does not have, are problems.
[[nodiscard]] GivenFile read_file(const document::Node& node, document::Problems& problems);

// What stands in it when these are given.
// Whether its charset has all the letters of its text.
[[nodiscard]] bool can_be_written(const GivenFile& file, const Given& given);

// REQUIRES: can_be_written().
[[nodiscard]] std::string octets_of(const GivenFile& file, const Given& given);

}  // namespace lab
