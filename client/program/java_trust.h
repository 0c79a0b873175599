// The certificates that Java believes, in the file that it keeps them in.
#pragma once

#include <string>
#include <string_view>

namespace program {

// A key store of the kind JKS, as sun.security.provider.JavaKeyStore writes it, with every certificate of `pem` in it, and the
// password that those of all systems have, "changeit". What is no base64 in there is left out.
[[nodiscard]] std::string java_trust(std::string_view pem);

}  // namespace program
