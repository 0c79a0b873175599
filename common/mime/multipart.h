// Where the entities of a message begin and end, without a look at what they say (RFC 5322 §2.1, RFC 2046 §5.1).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mime {

// The header of an entity with the empty line that ends it, and what is left. Where there is no such line, the first that is no
// field ends it, and belongs to the rest (RFC 5322 §2.2). CRLF and LF.
[[nodiscard]] std::string_view header_of(std::string_view entity);
[[nodiscard]] bool ends_with_empty_line(std::string_view header);
[[nodiscard]] std::string_view body_of(std::string_view entity);

// The first lines of a text, at most so many, whole but for one that is longer than the octets it may have.
[[nodiscard]] std::string_view first_lines(std::string_view text, std::size_t most_lines, std::size_t most_octets);

// The parts of a multipart's body, in their order, at most `most` of them; what stands before the first and behind the last is
// left out. A last one that nothing ends counts. The views lie within `body`. REQUIRES: the boundary is not empty.
[[nodiscard]] std::vector<std::string_view> body_parts(std::string_view body, std::string_view boundary, std::size_t most);

}  // namespace mime
