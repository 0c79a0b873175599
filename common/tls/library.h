// Which TLS library this program runs with.
#pragma once

#include <string>

namespace tls {

// Name and version of the library that is loaded, as it writes them: "mbed TLS 2.28.3".
[[nodiscard]] std::string library_version();

}  // namespace tls
