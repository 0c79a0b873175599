// Words of the scenario language that stand in the tables of the protocols.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/protocol.h"

namespace scenario {

// Of one protocol, in the order of its tables, each once. kind: "(states)", "(hellos)" with "none" before them, "(verbs)",
// "(quirks)", "(stages)"; no words for any other.
[[nodiscard]] std::vector<std::string_view> words_of(const protocol::Protocol& protocol, std::string_view kind);

// What a key allows ("connect|(verbs)|any"), with the words of these protocols in place of their kind; "(protocols)" are the
// names of all that this program knows.
[[nodiscard]] std::string with_protocol_words(std::string_view allowed, std::span<const protocol::Protocol* const> protocols);

// What `word` names behind rule.on: a verb, or by its name something else that a client says, as "literal" and "done" of IMAP.
[[nodiscard]] std::optional<protocol::Input> input_named(const protocol::Protocol& protocol, std::string_view word);

// The command that begins TLS, in capitals: what a server offers in clear only. Empty where the protocol has none.
[[nodiscard]] std::string_view starttls_word(const protocol::Protocol& protocol);

}  // namespace scenario
