// How text of others is written: NIL, quoted or as a literal (RFC 9051 §4.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imap {

// What may stand between quotes.
enum class Quoted : std::uint8_t {
  kAscii,  // IMAP4rev1: anything beyond ASCII has to be a literal
  kUtf8,   // valid UTF-8, too, once the client has enabled IMAP4rev2 or UTF8=ACCEPT (RFC 9051 §6.3.1, RFC 6855 §3)
};

// quoted = DQUOTE *QUOTED-CHAR DQUOTE. REQUIRES: no line end and no octet of value 0 is in it.
void append_quoted(std::string& out, std::string_view text);

// string = quoted / literal: quoted where that can be, not longer than a line that clients take; otherwise {n} CRLF and the
// octets. No client takes an octet of value 0: it is written as U+FFFD.
void append_string(std::string& out, std::string_view text, Quoted quoted = Quoted::kAscii);

// nstring: NIL for nothing. What is there and empty is "".
void append_nstring(std::string& out, std::optional<std::string_view> text, Quoted quoted = Quoted::kAscii);

// astring: as an atom where every octet can be in one, otherwise as a string. For names of mailboxes and fields.
void append_astring(std::string& out, std::string_view text, Quoted quoted = Quoted::kAscii);

}  // namespace imap
