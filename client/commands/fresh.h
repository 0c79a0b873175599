// Words that nobody has used before.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace commands {

// Small letters and digits that nobody can foretell.
[[nodiscard]] std::string fresh_word(std::size_t letters);

// For a Message-ID, without brackets, in the sender's domain (RFC 5322 §3.6.4).
[[nodiscard]] std::string fresh_message_id(std::string_view sender);

}  // namespace commands
