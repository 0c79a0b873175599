// Letters of other alphabets where TOML allows only ASCII: everywhere but in texts and comments (TOML 1.0, "Keys", "String",
// "Comment").
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace document {

// The offset of the first such octet; nothing when there is none, or where the file is wrong in another way before it (a text
// that its line does not close, octets that are not UTF-8). A byte order mark at the beginning is none.
[[nodiscard]] std::optional<std::size_t> stray_letter(std::string_view text);

}  // namespace document
