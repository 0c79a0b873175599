// Words that give away a password in octets that are no proper login: those of other protocols, and names of mechanisms. What
// is in doubt counts as a password.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace sasl {

// The next octet that is neither blank nor one of : = " ' , - { from `at` on; the size of the text when there is none.
[[nodiscard]] std::size_t skip_separators(std::string_view text, std::size_t at);

// Length of the name of a mechanism that stands at `at`, in any letter case; 0 when none does.
[[nodiscard]] std::size_t mechanism_length(std::string_view text, std::size_t at);

// The word that stands at `at` and announces a password ("AUTH", "pass", "授权码"); empty when none does.
[[nodiscard]] std::string_view announcing_word(std::string_view line, std::size_t at);

// A line that begins with no verb that is known, and has something of a login: "AUTHPLAIN AGFs…", "a1 LOGIN u x", "PASS x",
// "Authorization: Basic …". Everything behind the word that says so is secret; that may be nothing. Nothing: no such word.
[[nodiscard]] std::optional<std::vector<core::Span>> foreign_login(std::string_view line);

// Whether what stands behind such a word goes on as a server's sentence about it ("AUTH PLAIN is not supported", "PASS 失败"),
// and is no argument that a client gave. Also when nothing does.
[[nodiscard]] bool is_said_about(std::string_view behind);

// In the word behind AUTH: all of it that is no name of a mechanism ("AGFs…", "PLAIN<TAB>AGFs…"). Nothing when it is one.
[[nodiscard]] std::optional<core::Span> mechanism_secret(std::string_view word);

}  // namespace sasl
