// Which TLS library this program runs with.
#pragma once

#include <string>

namespace tls {

// Name and version of the library that is loaded, as it writes them: "mbed TLS 2.28.3".
[[nodiscard]] std::string library_version();

// The same for --version, with what people ask first: "mbed TLS 2.28.3 without TLS 1.3".
[[nodiscard]] std::string library_summary();

}  // namespace tls
