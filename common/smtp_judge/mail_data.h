// The end of mail data: what it looks like where it is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "findings/finding.h"

namespace smtp_judge {

// What the client took for the end, at the end of data that no CRLF.CRLF has ended: a dot between other line ends, a dot that
// stands behind text, the characters \r\n instead of the octets. Spans in `data`. Nothing: nothing there looks like an end.
// silent: nothing has come for a while; otherwise only what is an end beyond doubt is named, with QUIT behind it.
[[nodiscard]] std::optional<findings::Sight> mistaken_end(std::string_view data, bool silent);

// A message that the server took for complete although it did not end in CRLF.CRLF, or the CRLF before the dot is none.
[[nodiscard]] std::optional<findings::Sight> lenient_end(std::string_view data);

// Line ends of a message that has come: bare LF, bare CR, the empty line between header and body made of LFs, single header
// lines that end otherwise than the rest. Spans in `message`, which is the mail data without its end.
[[nodiscard]] std::vector<findings::Sight> line_end_flaws(std::string_view message);

// A line of the text that begins with a dot which nobody has doubled: RFC 5321 §4.5.2 takes it away. Of a lone dot, and of
// several, nobody can tell. dots: before which octets of `message` one was taken out.
[[nodiscard]] std::optional<findings::Sight> undoubled_dot(std::string_view message, const std::vector<std::size_t>& dots);

}  // namespace smtp_judge
