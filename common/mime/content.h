// What a person gets to see of a message: its text, and what was sent along with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mime {

// A part that is not the text. The views lie within the message.
struct Enclosed {
  std::string name;         // as its sender called it, decoded: nothing that may be used as a path; empty: it has none
  std::string type;         // "image/png", lower case
  std::string_view entity;  // its header and its body, for octets_of()
};

struct Content {
  std::string text;           // UTF-8 but for what cannot be decoded, line ends as they stand there
  bool is_from_html = false;  // … which was all there was
  std::vector<Enclosed> enclosed;
};

// The text is the first text/plain that is no attachment; without one, or where that says nothing, the first text/html, as
// html_text() reads it. What says the same once more (multipart/alternative) is left out; everything else is enclosed, messages
// in the message too. Reads anything, as read() does, with the same bounds on parts.
[[nodiscard]] Content read_content(std::string_view message);

// Of a part: its transfer encoding undone.
[[nodiscard]] std::string octets_of(const Enclosed& part);

}  // namespace mime
