// Text on a page: escaped, and in both languages.
#pragma once

#include <string>
#include <string_view>

#include "core/phrase.h"
#include "core/text.h"

namespace reports {

// For content and for attributes in double quotes; line ends stay.
[[nodiscard]] std::string html(std::string_view text);

// Both languages, each in an element that the page shows or hides; where they are the same, the text alone.
[[nodiscard]] std::string html(const core::Text& words);
[[nodiscard]] std::string html(const core::Phrase& words);

// "<tag class="name">…</tag>\n" around HTML. An empty `content` gives nothing.
[[nodiscard]] std::string element(std::string_view tag, std::string_view name, std::string_view content);

// A paragraph "Label: text"; nothing when there is no text.
[[nodiscard]] std::string labelled(const core::Phrase& label, const core::Text& words);

}  // namespace reports
