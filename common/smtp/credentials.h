// Where passwords stand in octets that are no AUTH as RFC 4954 §4 has it: an AUTH that stands in the wrong place, a reply that
// repeats one, lines behind a login that is over. What is in doubt counts as a password. See sasl/login_words.h too.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace smtp {

struct ParsedCommand;

// Behind "AUTH mechanism " wherever it stands in these octets, up to the end of the line, a quotation mark or a literal \r.
[[nodiscard]] std::vector<core::Span> auth_arguments(std::string_view octets);

// The same in a reply, which may be a list of mechanisms: from the first word on that is no name of one. Nothing where the
// reply speaks of the command itself ("AUTH PLAIN is not supported").
[[nodiscard]] std::vector<core::Span> repeated_auths(std::string_view reply);

// In a reply that repeats a line with an AUTH or with such parameters.
[[nodiscard]] std::vector<core::Span> repeated_secrets(std::string_view reply);

// In the parameters of MAIL or RCPT: values of PASS= and its kind, and of AUTH= where it is no address (RFC 4954 §5).
[[nodiscard]] std::vector<core::Span> parameter_secrets(std::string_view parameters);

// A login does not end where the server refuses it: clients go on with its lines, which are no commands then. Behind an AUTH,
// or what looks like one, such a line counts as a password until a command comes that is known.
// Whether `line`, without its end, is such a one, when it stands there.
[[nodiscard]] bool is_login_line(const ParsedCommand& parsed, std::string_view line);
// Whether the line behind it stands there too. after_login: whether it does itself.
[[nodiscard]] bool login_goes_on(const ParsedCommand& parsed, bool after_login);

// In lines that nobody has read yet, line ends included. after_login: they stand behind an AUTH; goes_on, when it is not null,
// hears whether what follows them does.
[[nodiscard]] std::vector<core::Span> secrets_in_lines(std::string_view octets, bool after_login, bool* goes_on = nullptr);

}  // namespace smtp
