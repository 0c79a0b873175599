// What is wrong with a message as its readers will see it: told without decoding more than its header.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mime {

enum class Flaw : std::uint8_t {
  kNulInText,             // an octet of value 0: many programs end the text there
  kCharsetMismatch,       // text that goes as it is, not in the charset it names
  kMultipartBoundary,     // a multipart in which no line is its boundary
  kNoBlankLine,           // a line that is no field ends the header
  kMboxFromLine,          // "From alice Mon …" of a mailbox file before the header (RFC 4155)
  kEncodedWordCut,        // one ends inside a character (RFC 2047 §5)
  kAddressInEncodedWord,  // the only address of a field is part of one (RFC 2047 §5 (3))
};

// The name of the mistake in scenarios/knowledge/mistakes.toml, kebab case. In the order of Flaw.
inline constexpr auto kFlawIds = std::to_array<std::string_view>({
    "nul-in-text",
    "charset-mismatch",
    "multipart-boundary",
    "no-blank-line",
    "mbox-from-line",
    "encoded-word-cut",
    "address-in-encoded-word",
});
constexpr std::string_view id(Flaw flaw) { return kFlawIds[static_cast<std::size_t>(flaw)]; }

// Each at most once, in the order above. Costs no more than a few looks at each octet.
[[nodiscard]] std::vector<Flaw> flaws_in(std::string_view message);

}  // namespace mime
