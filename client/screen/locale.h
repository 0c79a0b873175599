// The character set of the terminal.
#pragma once

namespace screen {

// Takes the character set from the environment (LC_ALL, LC_CTYPE, LANG); when that is not UTF-8, takes C.UTF-8. Only LC_CTYPE
// changes, so numbers stay as C writes them. Gives whether the locale is UTF-8 now. Call it once, before width() and draw().
[[nodiscard]] bool use_utf8_locale();

}  // namespace screen
