// What kind of thing a file is (RFC 2046).
#pragma once

#include <string>
#include <string_view>

namespace mime {

// "image/png" for "a.png". Goes by the end of the name; a text file whose octets are UTF-8 says so in a parameter
// ("text/plain; charset=utf-8"), another one, and whatever is not known, is "application/octet-stream".
[[nodiscard]] std::string guess_type(std::string_view file_name, std::string_view octets);

}  // namespace mime
