// Header fields as octets: folded, and in 7 bits whatever they say (RFC 5322 §2.2.3, RFC 2047).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mime/address_list.h"

namespace mime {

// "Content-Type: image/png; name=cat.png" CRLF: a field with one parameter more. Short ASCII as a token or quoted-string;
// anything else by RFC 2231, in several pieces where it is long, no character broken in two. REQUIRES: valid UTF-8 without
// control characters.
[[nodiscard]] std::string parameter_field(std::string_view name, std::string_view value, std::string_view parameter,
                                          std::string_view text);

// `text` in encoded-words (RFC 2047 §2), each short enough to stand behind the name of a field on a line of 76 characters, no
// character broken in two. Q or B, whatever is shorter. REQUIRES: valid UTF-8.
[[nodiscard]] std::vector<std::string> encoded_words(std::string_view text);

// "Subject: …" CRLF, on as many lines as it takes. Plain ASCII stays as it is. REQUIRES: valid UTF-8 without control
// characters.
[[nodiscard]] std::string text_field(std::string_view name, std::string_view text);

// "To: Alice <a@b.example>, …" CRLF. Mailboxes stand there as they are, names quoted or encoded where it takes that.
// REQUIRES: as text_field.
[[nodiscard]] std::string address_field(std::string_view name, const std::vector<Address>& addresses);

}  // namespace mime
