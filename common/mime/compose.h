// Makes the octets of a message (RFC 5322, RFC 2045 to 2047, RFC 2231) that go anywhere: 7-bit, short lines, CRLF.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mime/address_list.h"

namespace mime {

// A file that goes with a message.
struct Attachment {
  std::string name;    // without folders, UTF-8
  std::string octets;  // as they are in the file; outline() does not look at them where the type is known
  std::string type;    // "image/png"; empty: guess_type()
};

// A part of a message: text as it goes out, and behind it perhaps one of the attachments as base64_lines().
struct Piece {
  std::string text;
  std::optional<std::size_t> attachment = {};
};

// What a message says. Texts are UTF-8; line ends of the body may be any.
struct Message {
  Address from;
  std::vector<Address> to;
  std::string subject;
  std::string body;
  std::vector<Attachment> attachments;
  std::chrono::sys_seconds date;
  std::chrono::minutes zone{};  // east of Greenwich, for the Date field
  std::string id;               // "unique@host", without brackets
};

// The message as SMTP carries it, dots not yet stuffed: subject, names and file names encoded, the body as text/plain
// (charset utf-8 where it is not ASCII), quoted-printable or base64 where it is not plain short lines; multipart/mixed with the
// attachments in base64. It is 7-bit except for addresses with other letters than ASCII, which need SMTPUTF8 (RFC 6531).
//
// Errors (Blame::kInput): nobody to send it to, a text that is not UTF-8, a line end or another control character in a header.
[[nodiscard]] core::Result<std::string> compose(const Message& message);

// The same without the attachments, for whoever has them in files and does not want them all in memory.
[[nodiscard]] core::Result<std::vector<Piece>> outline(const Message& message);

// Octets in base64, in lines of 76 that end in CRLF (RFC 2045 §6.8). Pieces of kOctetsOfLine, or multiples of it, come to the
// same as the whole.
inline constexpr std::size_t kOctetsOfLine = 57;
[[nodiscard]] std::string base64_lines(std::string_view octets);
// How long that is.
[[nodiscard]] std::size_t base64_lines_size(std::size_t octets);

}  // namespace mime
