// SSLKEYLOGFILE: the secrets of the TLS sessions of this program, so that Wireshark can show what a capture holds.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tls {

// Appends each line to `file`, at once and whole. An empty name gives an empty function. Errors (Blame::kInput): the file
// cannot be written.
core::Result<std::function<void(std::string_view)>> key_log(const std::string& file);

}  // namespace tls
