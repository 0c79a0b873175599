#include "imap/string_form.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace imap {
namespace {

constexpr std::size_t kLongestQuoted = 4096;
constexpr std::string_view kInPlaceOfNul = "\xEF\xBF\xBD";

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
bool fits_quoted(std::string_view text, Quoted quoted) {
  if (text.size() > kLongestQuoted || text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return false;
  return quoted == Quoted::kUtf8 ? core::is_utf8(text) : std::none_of(text.begin(), text.end(), core::is_high);
}

void append_literal(std::string& out, std::string_view text) {
  out.append("{").append(std::to_string(text.size())).append("}\r\n").append(text);
}

// ASTRING-CHAR = ATOM-CHAR / resp-specials. "]" is legal, and quoted all the same: it would end the name in BODY[…].
bool stands_bare(char c) { return c > ' ' && c < '\x7F' && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos; }

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t special = text.find_first_of("\"\\"); special != std::string_view::npos;
       special = text.find_first_of("\"\\")) {
    out.append(text.substr(0, special)).append({'\\', text[special]});
    text.remove_prefix(special + 1);
  }
  out.append(text) += '"';
}

void append_string(std::string& out, std::string_view text, Quoted quoted) {
  if (fits_quoted(text, quoted)) return append_quoted(out, text);
  if (text.find('\0') == std::string_view::npos) return append_literal(out, text);
  append_literal(out, core::replace_all(text, std::string_view("\0", 1), kInPlaceOfNul));
}

void append_nstring(std::string& out, std::optional<std::string_view> text, Quoted quoted) {
  if (text) return append_string(out, *text, quoted);
  out += "NIL";
}

void append_astring(std::string& out, std::string_view text, Quoted quoted) {
  const bool is_atom = !text.empty() && text.size() <= kLongestQuoted && !core::equals_ignoring_case(text, "NIL") &&
                       std::all_of(text.begin(), text.end(), stands_bare);
  if (!is_atom) return append_string(out, text, quoted);
  out += text;
}

}  // namespace imap
