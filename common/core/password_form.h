// What passwords look like that a provider makes for its users.
#pragma once

#include <string_view>

namespace core {

// Whether a text may be another one of the same make: as long, and of no other kinds of characters, which are capital letters,
// small ones, digits and others. Blanks do not count, since Google shows its own with some. Where there are capitals, small
// letters and digits may be as well: NetEase has made codes of capitals alone, and of all three (a guess: only their length is
// told anywhere).
[[nodiscard]] bool has_form_of(std::string_view text, std::string_view sample);

}  // namespace core
