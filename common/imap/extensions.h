// What a command says that not every server knows: words of extensions that have no command of their own.
#pragma once

#include <string_view>

#include "imap/command.h"
#include "imap/server_config.h"

namespace imap {

// It asks for mod-sequences, and so for being told of them from then on (RFC 7162 §3.1).
[[nodiscard]] bool uses_mod_sequences(const Command& command);

// The extension that it needs and that is not among these; empty: there is none. ENABLE needs nothing (RFC 5161 §3.1).
[[nodiscard]] std::string_view lacking(const Command& command, const Capabilities& offered);

// What is not known, or not offered, is as if ENABLE had not said it (RFC 5161 §3.1).
void leave_out_unknown(Enable& words, const Capabilities& offered);

}  // namespace imap
