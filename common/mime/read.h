// What a message says, whoever made it: its fields and its text, decoded (RFC 5322, RFC 2045 to 2047).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

// One header field. UTF-8 but for what cannot be decoded.
struct Field {
  std::string name;   // as written
  std::string value;  // unfolded, encoded-words decoded, without spaces around it
  std::string raw;    // as it stands there, for mailboxes_in()
};

struct Read {
  std::vector<Field> fields;       // of the message itself; at most kMostFields
  std::vector<std::string> texts;  // its text parts, transfer encoding and charset undone; together at most kLongestText
};

inline constexpr std::size_t kMostFields = 1000;
inline constexpr std::size_t kLongestHeader = std::size_t{1} << 20;  // octets of it that are read …
inline constexpr std::size_t kMostHeaderLines = 10'000;              // … and lines, of the message and of all its parts
inline constexpr std::size_t kLongestText = std::size_t{1} << 20;

// Reads anything, loses nothing and makes up nothing: a message without a single field is all text, so is a multipart whose
// boundary never comes, and what stands behind the header without an empty line between; what is not in the charset it names
// is read as mime/charset.h says, NUL stays where it is. A line of a mailbox file before the header is passed over. Parts of
// multiparts are read to a depth and in a number that no honest message has; messages in messages and attachments that are no
// text are passed over.
[[nodiscard]] Read read(std::string_view message);
// Its fields alone.
[[nodiscard]] std::vector<Field> read_fields(std::string_view message);

// One value of a field as people read it: unfolded, encoded-words decoded, without spaces around it.
[[nodiscard]] std::string decoded_value(std::string_view raw);

// The octets behind a transfer encoding: base64, quoted-printable, uuencode; others are as they are. What is damaged is decoded
// as far as that goes. encoding: any letter case.
[[nodiscard]] std::string transfer_decoded(std::string_view octets, std::string_view encoding);

inline constexpr std::size_t kLongestAddressList = std::size_t{16} * 1024;

// The addresses in the raw value of a From, To, Cc … field, without names and brackets (an encoded-word may decode to
// anything), comments left out; none when it cannot be read, is longer than kLongestAddressList, or has a parenthesis that may
// not be closed.
[[nodiscard]] std::vector<std::string> mailboxes_in(std::string_view value);

}  // namespace mime
