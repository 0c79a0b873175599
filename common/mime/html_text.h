// The words of a page of HTML, for people who read plain text.
#pragma once

#include <string>
#include <string_view>

namespace mime {

// UTF-8 in, UTF-8 out, lines ending in LF. Tags are left out, blocks and rows begin new lines, what is between <script>,
// <style>, <head> and <title> tags is no text, character references are resolved. Reads anything, in time that grows with its
// length.
[[nodiscard]] std::string html_text(std::string_view html);

}  // namespace mime
