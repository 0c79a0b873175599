// The fields of a header as they stand there (RFC 5322 §2.2), without a look at what they say.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mime {

struct RawField {
  std::string_view name;   // as written
  std::string_view value;  // behind the colon, with its folding and the line end
};

// "Subject: Hello", "Subject : Hello" (§4.5.8): a name of printable ASCII, then a colon.
[[nodiscard]] bool is_field(std::string_view line);

// At most `most` of them. The views lie within `header`. REQUIRES: what header_of (multipart.h) gives.
[[nodiscard]] std::vector<RawField> fields_in(std::string_view header, std::size_t most);

// The first of that name in any letter case; null when there is none.
[[nodiscard]] bool has_name(const RawField& field, std::string_view name);
[[nodiscard]] const RawField* find_field(const std::vector<RawField>& fields, std::string_view name);

// The message without the line "From alice Mon …" that separates messages in a mailbox file (RFC 4155), if it begins with one.
[[nodiscard]] std::string_view without_mbox_line(std::string_view message);

}  // namespace mime
