// Text for machines: UTF-8 without what changes how a terminal draws.
#pragma once

#include <string>
#include <string_view>

namespace reports {

// `text` as UTF-8: as it is where it is that, otherwise as core::show_bytes, line by line.
[[nodiscard]] std::string as_utf8(std::string_view text);

// A JSON text in which what core::show_bytes would not show stands as \uXXXX instead (RFC 8259 §7), which means the same.
// REQUIRES: UTF-8 of a JSON writer, in which such characters stand in strings only.
[[nodiscard]] std::string escape_hidden(std::string_view json);

// One JSON string with its quotes, hidden characters escaped.
[[nodiscard]] std::string json_string(std::string_view text);

// For XML 1.0: safe() of told.h, which leaves nothing that XML does not allow (§2.2), with & < > " escaped.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace reports
