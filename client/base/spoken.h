// Words that name commands and ports, in the terms of the protocol that is spoken.
#pragma once

#include <optional>
#include <string>

#include "client/base/words.h"
#include "core/text.h"
#include "protocol/protocol.h"

namespace client {

// The command to whose answer the server lists what it offers: EHLO, CAPA; nothing where there is none.
[[nodiscard]] std::optional<protocol::Input> offers_input(const protocol::Protocol& spoken);

// The word with its {starttls}, {hello} (the command of offers_input()), {port} and {tls-port} filled.
[[nodiscard]] std::string word(Word which, const protocol::Protocol& spoken, core::Language language);
[[nodiscard]] core::Text words_of(Word which, const protocol::Protocol& spoken);

}  // namespace client
