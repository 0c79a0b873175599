// Makes the octets of a message (RFC 5322, RFC 2045 to 2047, RFC 2231) that go anywhere: 7-bit, short lines, CRLF.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/result.h"
#include "mime/address_list.h"

namespace mime {

// A file that goes with a message.
struct Attachment {
  std::string name;    // without folders, UTF-8
  std::string octets;  // as they are in the file
  std::string type;    // "image/png"; empty: guess_type()
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

}  // namespace mime
